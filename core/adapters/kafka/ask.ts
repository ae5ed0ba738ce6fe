import { connectKafka, type KafkaServers } from './connect.ts';

/** @returns how many brokers there are @throws when none answers in some seconds */
export async function askKafka(servers: KafkaServers): Promise<number> {
  const admin = connectKafka(servers).admin({ retry: { retries: 1 } });
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
