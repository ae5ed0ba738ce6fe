import { connectElastic, toOurs, type ElasticServers } from './connect.ts';

/** @returns how many nodes there are and how its indices are @throws {DocumentsUnavailable} when none answers */
export async function askElastic(
  servers: ElasticServers,
): Promise<{ readonly nodes: number; readonly status: 'green' | 'yellow' | 'red' }> {
  const client = connectElastic(servers);
  try {
    const { number_of_nodes: nodes, status } = await client.cluster.health();
    return { nodes, status: status.toLowerCase() as 'green' | 'yellow' | 'red' };
  } catch (error) {
    throw toOurs(error);
  } finally {
    await client.close();
  }
}
