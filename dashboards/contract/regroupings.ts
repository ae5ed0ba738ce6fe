import { z } from 'zod';
import { EventParams, GradeView, Moment } from './common.ts';

/** 归并调整: a merge or split that was proposed, done or undone. */
export const RegroupingView = z.object({
  id: z.string(),
  kind: z.enum(['merge', 'split']),
  state: z.enum(['proposed', 'declined', 'begun', 'done', 'undoing', 'undone']),
  /** What happened or is proposed, in one sentence. */
  what: z.string(),
  /** The event on the other side. */
  otherId: z.string(),
  by: z.string(),
  at: Moment,
  reason: z.string(),
  /** What the person who asks may do: answer, undo. */
  may: z.array(z.enum(['answer', 'undo'])),
});
export type RegroupingView = z.infer<typeof RegroupingView>;

const Reason = z.string().trim().min(2, '写明理由').max(500);

/** POST /api/v1/events/:eventId/merge: its leads go to another event. */
export const MergeEventBody = z.object({ intoId: z.string(), reason: Reason });
export type MergeEventBody = z.infer<typeof MergeEventBody>;

/** POST /api/v1/events/:eventId/split: the leads chosen become an event of their own. */
export const SplitEventBody = z.object({
  leadIds: z.array(z.string()).min(1).max(1_000),
  reason: Reason,
});
export type SplitEventBody = z.infer<typeof SplitEventBody>;

/** GET /api/v1/events/:eventId/merge?into=…: the other event as the merge would leave it. */
export const MergePreviewQuery = z.object({ into: z.string() });
export const MergePreviewView = z.object({
  title: z.string(),
  grade: GradeView,
  sentence: z.string(),
  knownAt: Moment,
  triggeredAt: Moment.optional(),
  postCount: z.int(),
});
export type MergePreviewView = z.infer<typeof MergePreviewView>;

export const RegroupingParams = EventParams.extend({ regroupingId: z.string() });
/** POST /api/v1/events/:eventId/regroupings/:regroupingId/undo */
export const UndoRegroupingBody = z.object({ reason: Reason });
export type UndoRegroupingBody = z.infer<typeof UndoRegroupingBody>;
/** POST /api/v1/events/:eventId/regroupings/:regroupingId/answer: to what the machine proposed. */
export const AnswerRegroupingBody = z.object({ isAccepted: z.boolean(), reason: Reason });
export type AnswerRegroupingBody = z.infer<typeof AnswerRegroupingBody>;
