import { z } from 'zod';
import { ActorSchema, EffectSchema, GradeSchema, type Documents } from '#core';

/** How the office heard of it. */
export const OutsideWaySchema = z.enum([
  'transfer',
  'mediaCall',
  'hotline',
  'superior',
  'sampling',
  'other',
]);
export type OutsideWay = z.infer<typeof OutsideWaySchema>;

export const OUTSIDE_WAY_NAMES: Readonly<Record<OutsideWay, string>> = {
  transfer: '转办',
  mediaCall: '媒体来电',
  hotline: '热线',
  superior: '上级告知',
  sampling: '抽查倒查',
  other: '其他',
};

/**
 * 外来线索: something the office first heard of from outside its own monitoring. Written once, never changed; a wrong
 * one is followed by another that says so.
 */
export const OutsideNoticeSchema = z.object({
  /** Digest of what was learned, when and how: recording it twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  isDrill: z.boolean(),
  way: OutsideWaySchema,
  /** The office or medium it came from; never a private person. */
  from: z.string().min(1),
  learnedAt: z.coerce.date(),
  what: z.string().min(1),
  /** The event it is about; absent where there is none. */
  eventId: z.string().optional(),
  /** Where there is no event: the grade that the matter would have had. */
  grade: GradeSchema.optional(),
  /** Whether the monitoring plan should have found it. */
  isInPlan: z.boolean(),
  actor: ActorSchema,
  recordedAt: z.coerce.date(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
});
export type OutsideNotice = Readonly<z.infer<typeof OutsideNoticeSchema>>;

/** Append-only by use: nothing replaces one. Adapters pass tests/contracts/documents.contract.ts. */
export interface OutsideNoticeStore extends Documents<OutsideNotice> {
  /** Newest first by when it was learned. */
  listAll(): Promise<readonly OutsideNotice[]>;
}
