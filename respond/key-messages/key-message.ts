import { z } from 'zod';
import { ActorSchema, type Documents } from '#core';
import { NotedSchema } from '../noted.ts';

const Line = z.string().trim().min(1);

export const KeyMessageDraftSchema = z.object({
  facts: z.array(z.object({ text: Line, source: Line })).min(1),
  stance: Line,
  measures: z.array(Line),
  qa: z.array(z.object({ question: Line, answer: Line })),
  doNotSay: z.array(z.object({ text: Line, why: Line })),
});
export type KeyMessageDraft = Readonly<z.infer<typeof KeyMessageDraftSchema>>;

/** 应对口径: one version of what the office says of an event. */
export const KeyMessageSchema = NotedSchema.extend({
  ...KeyMessageDraftSchema.shape,
  version: z.int().min(1),
  /** What an approval is bound to. */
  contentDigest: z.string(),
  writer: ActorSchema,
  editors: z.array(ActorSchema),
  approved: z.object({ by: ActorSchema, at: z.coerce.date() }).optional(),
});
export type KeyMessage = Readonly<z.infer<typeof KeyMessageSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface KeyMessageStore extends Documents<KeyMessage> {
  /** Oldest version first. */
  listByEvent(eventId: string): Promise<readonly KeyMessage[]>;
}
