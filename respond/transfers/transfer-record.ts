import { z } from 'zod';
import { ActorSchema, EffectSchema, type Documents } from '#core';

export const TRANSFER_STATES = ['received', 'inHand', 'replied', 'closed'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

const By = { at: z.coerce.date(), by: ActorSchema };

/** 转办登记: a matter that another body handed to this office, until it has its reply. */
export const TransferRecordSchema = z.object({
  /** Digest of who sent what and when: entering it twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  isDrill: z.boolean(),
  eventId: z.string().optional(),
  /** The body that handed it down; never a private person. */
  fromBody: z.string().min(1),
  /** Number of its paper; empty where it has none. */
  theirNo: z.string(),
  receivedAt: z.coerce.date(),
  requirement: z.string().min(1),
  /** The reply's date as the paper has it; absent: by working days. */
  dueAt: z.coerce.date().optional(),
  /** Where a finding on the event's record told of it before: its duty began with that. */
  finding: z.object({ id: z.string(), at: z.coerce.date() }).optional(),
  registered: z.object(By),
  /** Units it was handed to, oldest first; the last one has it in hand. */
  assigned: z.array(z.object({ ...By, unit: z.string().min(1), told: z.array(z.string()) })),
  reply: z
    .object({
      /** When the sender had it: the time that counts. */
      ...By,
      enteredAt: z.coerce.date(),
      text: z.string().min(1),
      /** Number or address of the reply; empty where it has none. */
      ref: z.string(),
      /** Why it was entered late (补录). */
      lateReason: z.string().optional(),
    })
    .optional(),
  closed: z.object(By).optional(),
  state: z.enum(TRANSFER_STATES),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type TransferRecord = Readonly<z.infer<typeof TransferRecordSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface TransferStore extends Documents<TransferRecord> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly TransferRecord[]>;
  /** Newest received first. */
  listNewest(limit: number): Promise<readonly TransferRecord[]>;
}

/** What its countdown is about, where no finding began it. */
export const transferTarget = ({ id }: Pick<TransferRecord, 'id'>): string => `transfer:${id}`;

/** How long the sender waited; undefined while it waits. */
export const replyMs = ({ reply, receivedAt }: TransferRecord): number | undefined =>
  reply && reply.at.getTime() - receivedAt.getTime();
