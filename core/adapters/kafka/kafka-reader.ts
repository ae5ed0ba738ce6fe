import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { BatchHandler, LogEntry } from '../../log.ts';
import { Unreadable } from '../../errors.ts';
import { connectKafka, LogUnavailable, METADATA_AGE_MS, type KafkaServers } from './connect.ts';
import { answering } from './answering.ts';

export interface ReaderParts {
  readonly servers: KafkaServers;
  readonly topic: string;
  readonly groupId: string;
  readonly handle: BatchHandler;
  readonly batchSize: number;
  readonly onError: (error: unknown) => void;
  /** What the group has not committed and where it stands; rejects while the brokers do not say. */
  readonly standing: () => Promise<Standing>;
  /** Nothing read for so long, though something waits, is a stall; ms. */
  readonly stallMs: number;
}

export interface Standing {
  readonly lag: number;
  /** Sum of the committed offsets: it moves when any member of the group gets on. */
  readonly committed: number;
}

const SESSION_MS = 15_000;
const HEARTBEAT_MS = 3_000;
/** Closing waits for a fetch that is under way. */
const FETCH_WAIT_MS = 500;
const AGAIN_AFTER_MS = 500;

const EnvelopeSchema = z.object({ id: z.string(), key: z.string(), body: z.unknown() });

/** An entry as the value of a message. */
export const toMessage = ({ id, key, body }: LogEntry) => ({
  key,
  value: JSON.stringify({ id, key, body }),
});

/** One member of a group: handles, commits, goes on; built anew by the watchdog when it stands still. */
export class KafkaReader {
  readonly #parts: ReaderParts;
  readonly #stop = new AbortController();
  #consumer: Consumer | undefined;
  #watching: Promise<void> = Promise.resolve();
  #building: Promise<void> = Promise.resolve();
  /** Chunks committed, and whether one is in hand: the watchdog's signs of life. */
  #commits = 0;
  #inHand = 0;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#building = this.#build(this.#parts.servers.brokers);
    this.#watching = this.#watch();
  }

  /** Waits for the chunk in hand, then leaves the group. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
    await this.#building;
    await this.#consumer?.disconnect();
  }

  async #build(brokers: readonly string[]): Promise<void> {
    const { servers, topic, groupId, onError } = this.#parts;
    for (;;) {
      const consumer = connectKafka(servers, brokers).consumer({
        groupId,
        sessionTimeout: SESSION_MS,
        heartbeatInterval: HEARTBEAT_MS,
        maxWaitTimeInMs: FETCH_WAIT_MS,
        metadataMaxAge: METADATA_AGE_MS,
        allowAutoTopicCreation: false,
        // Without it some failures end the reading for good.
        retry: { initialRetryTime: 300, maxRetryTime: 3_000, restartOnFailure: async () => true },
      });
      consumer.on(consumer.events.CRASH, ({ payload }) =>
        onError(new LogUnavailable('读取中断，正在重来', payload.error)),
      );
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        this.#consumer = consumer;
        return await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: 1,
          eachBatch: async (payload) => await this.#take(payload),
        });
      } catch (error) {
        onError(new LogUnavailable('暂时不能读取', error));
        await consumer.disconnect().catch(() => undefined);
      }
      if (this.#stop.signal.aborted) return;
      await this.#pause(AGAIN_AFTER_MS);
      if (this.#stop.signal.aborted) return;
    }
  }

  async #take(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    for (let at = 0; at < messages.length; at += this.#parts.batchSize) {
      if (at > 0 && (!payload.isRunning() || payload.isStale())) return;
      const chunk = messages.slice(at, at + this.#parts.batchSize);
      const last = chunk.at(-1)?.offset ?? '0';
      if (!(await this.#handle(payload, chunk))) return;
      const next = String(BigInt(last) + 1n);
      // Stored first, then committed, then passed; committed also while closing, which `consumer.commitOffsets` is not.
      await payload.commitOffsetsIfNecessary({
        topics: [{ topic, partitions: [{ partition, offset: next }] }],
      });
      payload.resolveOffset(last);
      this.#commits += 1;
    }
  }

  /** Handles a chunk until it is handled. @returns false when somebody else is to do it */
  async #handle(payload: EachBatchPayload, chunk: readonly KafkaMessage[]): Promise<boolean> {
    const entries = chunk.map(toEntry);
    this.#inHand += 1;
    // However long the handling takes, the group must not think that this member died.
    let lost: unknown;
    const beats = setInterval(() => {
      void payload.heartbeat().catch((error: unknown) => (lost ??= error));
    }, HEARTBEAT_MS);
    try {
      for (;;) {
        try {
          await this.#parts.handle(entries);
          return true;
        } catch (error) {
          this.#parts.onError(error);
        }
        await this.#pause(AGAIN_AFTER_MS);
        if (lost !== undefined) throw lost;
        const isOver = this.#stop.signal.aborted || !payload.isRunning() || payload.isStale();
        if (isOver) return false;
      }
    } finally {
      clearInterval(beats);
      this.#inHand -= 1;
    }
  }

  /**
   * A broker that coordinates the group and is frozen stalls the library until it wakes: when something waits and
   * nothing moves, neither here nor in the group, a new client is built that does not begin at the silent broker.
   */
  async #watch(): Promise<void> {
    const { stallMs, standing, servers, topic, onError } = this.#parts;
    let seen = '';
    let movedAt = performance.now();
    while (!this.#stop.signal.aborted) {
      await this.#pause(stallMs / 4);
      const now = await standing().catch(() => undefined);
      const sign = `${this.#commits} ${now?.committed ?? seen.split(' ')[1]}`;
      if (sign !== seen || this.#inHand > 0 || now?.lag === 0) {
        seen = sign;
        movedAt = performance.now();
        continue;
      }
      if (performance.now() - movedAt < stallMs) continue;
      onError(new LogUnavailable(`停住了：${topic} 有条目在等，没有读到，正在换一个连接`));
      const brokers = await answering(servers);
      await this.#rebuild(brokers.length > 0 ? brokers : servers.brokers);
      movedAt = performance.now();
    }
  }

  async #rebuild(brokers: readonly string[]): Promise<void> {
    const old = this.#consumer;
    this.#consumer = undefined;
    // One that hangs on a frozen broker may not end for long; its session does, and its commits are refused then.
    void old?.disconnect().catch(() => undefined);
    this.#building = this.#build(brokers);
    await Promise.race([this.#building, this.#pause(this.#parts.stallMs)]);
  }

  async #pause(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

function toEntry({ value }: KafkaMessage): LogEntry {
  const parsed = EnvelopeSchema.safeParse(JSON.parse(value?.toString('utf8') ?? 'null'));
  if (!parsed.success) throw new Unreadable('记录流条目', parsed.error);
  return parsed.data;
}
