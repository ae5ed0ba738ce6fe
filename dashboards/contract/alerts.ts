import { z } from 'zod';
import { GradeView, Moment } from './common.ts';

export const NoticeView = z.object({
  id: z.string(),
  receiver: z.string(),
  channel: z.string(),
  channelName: z.string(),
  state: z.string(),
  /** 待发送, 已提交, 结果不明, 未送出 … with the reason, in words. */
  stateName: z.string(),
  shortCode: z.string(),
  createdAt: Moment,
  /** Four facts, each only where it is proved. */
  submittedAt: Moment.optional(),
  deliveredAt: Moment.optional(),
  readAt: Moment.optional(),
  acknowledgedAt: Moment.optional(),
  attempts: z.int(),
  lastDetail: z.string().optional(),
});
export type NoticeView = z.infer<typeof NoticeView>;

export const LadderStepView = z.object({
  /** Counted from 1, as people do. */
  step: z.int(),
  round: z.int(),
  at: Moment,
  calls: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      channels: z.array(z.object({ name: z.string(), state: z.enum(['queued', 'notSetUp']) })),
    }),
  ),
  /** Roles that nobody holds or who cannot be reached. */
  empty: z.array(z.string()),
});

export const AlertView = z.object({
  id: z.string(),
  about: z.enum(['event', 'source', 'countdown', 'system']),
  /** Of the event or the source it is about. */
  eventId: z.string().optional(),
  sourceId: z.string().optional(),
  rule: z.string(),
  ruleName: z.string(),
  title: z.string(),
  grade: GradeView,
  reason: z.string(),
  state: z.enum(['fired', 'acknowledged', 'handled', 'falseAlarm']),
  stateName: z.string(),
  isDrill: z.boolean(),
  firedAt: Moment,
  acknowledgedAt: Moment.optional(),
  acknowledgedBy: z.string().optional(),
  /** 代确认: who recorded it for the person above. */
  acknowledgedThrough: z.string().optional(),
  /** 只在变坏时再叫: who asked for it. */
  restingFor: z.string().optional(),
  /** Those who each must acknowledge. */
  everyone: z.array(
    z.object({ name: z.string(), role: z.string(), acknowledgedAt: Moment.optional() }),
  ),
  /** When and to whom the ladder goes next; absent when it stands still. */
  next: z.object({ at: Moment, roles: z.array(z.string()) }).optional(),
  steps: z.array(LadderStepView),
  notices: z.array(NoticeView),
});
export type AlertView = z.infer<typeof AlertView>;

/** POST /api/v1/alerts/:alertId/acknowledgement; with a person's id: for one who said so by phone (代确认). */
export const AcknowledgeBody = z.object({ forPersonId: z.string().min(1).optional() }).nullish();
