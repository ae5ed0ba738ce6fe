import type { Admin } from 'kafkajs';
import type { BatchHandler, Log, LogEntry, LogReader } from '../../log.ts';
import { connectKafka, type KafkaServers } from './connect.ts';
import { KafkaReader, toMessage, type Standing } from './kafka-reader.ts';
import { partitionOf } from './partition-of.ts';
import { Sender } from './sender.ts';
import { ensureTopic, type TopicShape } from './topics.ts';
import { untilItWorks } from './until-it-works.ts';

export interface KafkaLogOptions extends TopicShape {
  readonly servers: KafkaServers;
  /** Stands before the names of topics and groups, so that several offices can share brokers. */
  readonly prefix: string;
  readonly batchSize?: number;
  readonly stallMs?: number;
  /** Told of what goes wrong and is tried again. */
  readonly onError: (error: unknown) => void;
}

/** A broker takes no more in one request than about 10 MB; sends stay far below. */
const MOST_SEND_BYTES = 800_000;
const BATCH_SIZE = 500;
const STALL_MS = 12_000;

/** The log as Kafka topics: a key's partition is the order, the groups' offsets are Kafka's own. */
export class KafkaLog implements Log {
  readonly #options: KafkaLogOptions;
  readonly #closed = new AbortController();
  readonly #sender: Sender;
  readonly #admin: Admin;
  readonly #topics = new Map<string, Promise<number>>();
  #connected: Promise<void> | undefined;

  constructor(options: KafkaLogOptions) {
    this.#options = options;
    const signal = this.#closed.signal;
    this.#sender = new Sender(options.servers, { signal, onError: options.onError });
    this.#admin = connectKafka(options.servers).admin();
  }

  /** Waits as long as the brokers take; what could not be sent is reported and tried again. */
  async append(topic: string, entries: readonly LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const name = this.#nameOf(topic);
    const count = await this.#partitions(name);
    const parts = Map.groupBy(entries, ({ key }) => partitionOf(key, count));
    const sending = [...parts].map(async ([partition, ofPartition]) => {
      for (const chunk of chunksOf(ofPartition.map(toMessage))) {
        await this.#sender.send(name, partition, chunk);
      }
    });
    await Promise.all(sending);
  }

  async follow(topic: string, group: string, handle: BatchHandler): Promise<LogReader> {
    const name = this.#nameOf(topic);
    const groupId = this.#nameOf(`${group}.${topic}`);
    await this.#partitions(name);
    const standing = async () => await this.#standing(name, groupId);
    const reader = new KafkaReader({
      servers: this.#options.servers,
      topic: name,
      groupId,
      handle,
      batchSize: this.#options.batchSize ?? BATCH_SIZE,
      stallMs: this.#options.stallMs ?? STALL_MS,
      onError: this.#options.onError,
      standing,
    });
    reader.start();
    return {
      lag: async () => (await standing()).lag,
      close: async () => await reader.close(),
    };
  }

  /** Gives up what is still being tried; readers are closed before. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#sender.close();
    await this.#connected?.catch(() => undefined);
    await this.#admin.disconnect();
  }

  #nameOf(name: string): string {
    return `${this.#options.prefix}${name}`;
  }

  async #partitions(topic: string): Promise<number> {
    const known =
      this.#topics.get(topic) ??
      untilItWorks(
        '打开',
        async () => await ensureTopic(await this.#asking(), topic, this.#options),
        { signal: this.#closed.signal, onError: this.#options.onError },
      );
    this.#topics.set(topic, known);
    known.catch(() => this.#topics.delete(topic));
    return await known;
  }

  async #standing(topic: string, groupId: string): Promise<Standing> {
    const admin = await this.#asking();
    const [ends, [ofTopic]] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId, topics: [topic] }),
    ]);
    let lag = 0;
    let committed = 0;
    for (const { partition, low, high } of ends) {
      const found = ofTopic?.partitions.find((one) => one.partition === partition);
      // -1 before the first commit: the group begins at the beginning.
      const offset = Math.max(Number(found?.offset ?? -1), Number(low));
      lag += Number(high) - offset;
      committed += offset;
    }
    return { lag, committed };
  }

  async #asking(): Promise<Admin> {
    this.#connected ??= this.#admin.connect();
    try {
      await this.#connected;
    } catch (error) {
      this.#connected = undefined;
      throw error;
    }
    return this.#admin;
  }
}

function* chunksOf<T extends { readonly value: string }>(messages: readonly T[]): Generator<T[]> {
  let chunk: T[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value);
    if (chunk.length > 0 && bytes + size > MOST_SEND_BYTES) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(message);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}
