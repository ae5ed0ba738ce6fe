import type { Admin } from 'kafkajs';

export interface TopicShape {
  /** Keys spread over so many; fixed once a topic is there, for order per key rests on it. */
  readonly partitions: number;
  /** Brokers that hold each entry. */
  readonly replicas: number;
}

/** Whole posts travel, with their texts. */
const LARGEST_ENTRY_BYTES = '10485760';

/** Creates a topic unless it is there. @returns how many partitions it has */
export async function ensureTopic(admin: Admin, topic: string, shape: TopicShape): Promise<number> {
  const known = await partitionsOf(admin, topic);
  if (known > 0) return known;
  // False when another instance was first.
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic,
        numPartitions: shape.partitions,
        replicationFactor: shape.replicas,
        configEntries: [
          { name: 'min.insync.replicas', value: String(shape.replicas > 2 ? 2 : 1) },
          { name: 'max.message.bytes', value: LARGEST_ENTRY_BYTES },
          // Dropped once every group has read it, never by age.
          { name: 'retention.ms', value: '-1' },
        ],
      },
    ],
  });
  const created = await partitionsOf(admin, topic);
  if (created === 0) throw new Error(`topic ${topic} is not there yet`);
  return created;
}

async function partitionsOf(admin: Admin, topic: string): Promise<number> {
  if (!(await admin.listTopics()).includes(topic)) return 0;
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
}
