import type { Message, Producer } from 'kafkajs';
import { Turns } from '../../turns.ts';
import { connectKafka, METADATA_AGE_MS, type KafkaServers } from './connect.ts';
import { untilItWorks } from './until-it-works.ts';

/** What makes a producer's numbering useless; a new one begins again. */
const NUMBERING_ENDED = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
]);

/**
 * Sends so that nothing acknowledged is lost: idempotent, one partition in a send, one send at a time per partition.
 * (Several partitions in one send were seen to lose: a partition that moves between two tries is skipped.)
 */
export class Sender {
  readonly #servers: KafkaServers;
  readonly #signal: AbortSignal;
  readonly #onError: (error: unknown) => void;
  readonly #turns = new Map<string, Turns>();
  #producer: Promise<Producer> | undefined;

  constructor(
    servers: KafkaServers,
    parts: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
  ) {
    this.#servers = servers;
    this.#signal = parts.signal;
    this.#onError = parts.onError;
  }

  /** Resolves once the brokers have them. @throws what no second try mends */
  async send(topic: string, partition: number, messages: readonly Message[]): Promise<void> {
    const place = `${topic}/${partition}`;
    const turns = this.#turns.get(place) ?? new Turns();
    this.#turns.set(place, turns);
    await turns.run(async () => {
      // The same messages each time: by their numbers the broker knows what it has already.
      await untilItWorks('写入', async () => await this.#sendOnce(topic, partition, messages), {
        signal: this.#signal,
        onError: this.#onError,
      });
    });
  }

  async close(): Promise<void> {
    const producer = await this.#producer?.catch(() => undefined);
    await producer?.disconnect();
  }

  async #sendOnce(topic: string, partition: number, messages: readonly Message[]): Promise<void> {
    const using = (this.#producer ??= this.#open());
    try {
      const producer = await using;
      const replies = await producer.send({
        topic,
        acks: -1,
        messages: messages.map((message) => ({ ...message, partition })),
      });
      // A send that reached nobody resolves with no reply.
      const isThere = replies.some(
        (reply) => reply.partition === partition && reply.errorCode === 0,
      );
      if (!isThere) throw new Error(`no broker answered for partition ${partition} of ${topic}`);
    } catch (error) {
      const { type = '' } = error as { readonly type?: string };
      const producer = await using.catch(() => undefined);
      if (this.#producer === using && (!producer || NUMBERING_ENDED.has(type))) {
        this.#producer = undefined;
        await producer?.disconnect().catch(() => undefined);
      }
      throw error;
    }
  }

  async #open(): Promise<Producer> {
    const producer = connectKafka(this.#servers).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      metadataMaxAge: METADATA_AGE_MS,
    });
    await producer.connect();
    return producer;
  }
}
