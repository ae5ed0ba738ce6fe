import { z } from 'zod';
import { Moment } from './common.ts';

export const CountdownParams = z.object({ countdownId: z.string().min(1) });

const Reason = z.string().trim().min(10, '理由至少写10个字').max(500);

/** POST /api/v1/countdowns/:countdownId/adjustments: asks for a later managed due time. */
export const AskForTimeBody = z.object({ until: Moment, reason: Reason });
export type AskForTimeBody = z.infer<typeof AskForTimeBody>;

/** POST /api/v1/countdowns/:countdownId/adjustments/:adjustmentId: the answer of another person. */
export const AnswerTimeBody = z.object({
  isApproved: z.boolean(),
  reason: z.string().trim().min(2).max(500),
});
export type AnswerTimeBody = z.infer<typeof AnswerTimeBody>;
export const AdjustmentParams = CountdownParams.extend({ adjustmentId: z.string().min(1) });

/** POST /api/v1/countdowns/:countdownId/waiver */
export const WaiveBody = z.object({ reason: Reason });
export type WaiveBody = z.infer<typeof WaiveBody>;

/** POST /api/v1/countdowns/:countdownId/causes: why it was missed. */
export const CauseBody = z.object({
  /** One of the `causeReasons` of the countdown. */
  reason: z.string().min(1, '选一种原因'),
  words: z.string().trim().min(10, '情况说明至少写10个字').max(500),
});
export type CauseBody = z.infer<typeof CauseBody>;

export const DutyActKindView = z.enum([
  'firstReportPhone',
  'firstReportWritten',
  'planStarted',
  'progressLogged',
  'transferReplied',
]);
export type DutyActKindView = z.infer<typeof DutyActKindView>;

/** POST /api/v1/events/:eventId/duty-acts: what was done for a duty, by whom, when. */
export const DutyActBody = z.object({
  kind: DutyActKindView,
  doneAt: Moment,
  /** To whom it was reported; empty where it is no report. */
  receiver: z.string().trim().max(200).default(''),
  what: z.string().trim().min(2, '写明内容').max(500),
  lateReason: z.string().trim().max(500).optional(),
});
export type DutyActBody = z.input<typeof DutyActBody>;

export const DutyActView = z.object({
  id: z.string(),
  kindName: z.string(),
  doneAt: Moment,
  receiver: z.string(),
  what: z.string(),
  lateReason: z.string().optional(),
  by: z.string(),
  recordedAt: Moment,
});
export type DutyActView = z.infer<typeof DutyActView>;
