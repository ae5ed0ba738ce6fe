import { connectKafka, type KafkaServers } from './connect.ts';

/** The brokers that answer now, each asked by itself. A frozen one takes connections and says nothing. */
export async function answering(servers: KafkaServers): Promise<string[]> {
  const asked = servers.brokers.map(async (broker) => {
    const admin = connectKafka(servers, [broker]).admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await admin.describeCluster();
      return [broker];
    } catch {
      return [];
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  });
  return (await Promise.all(asked)).flat();
}
