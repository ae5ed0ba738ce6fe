import { z } from 'zod';
import { GradeView, Moment } from './common.ts';

const Day = z.iso.date();

/** GET /api/v1/measures and /api/v1/measures.csv; days of Beijing, both ends counted; this month when absent. */
export const MeasuresQuery = z.object({ from: Day.optional(), to: Day.optional() });
export type MeasuresQuery = z.infer<typeof MeasuresQuery>;

export const MeasureView = z.object({
  code: z.string(),
  group: z.string(),
  name: z.string(),
  /** How it is counted. */
  counting: z.string(),
  notes: z.array(z.string()),
  kind: z.enum(['share', 'durations', 'count', 'changes', 'notRecorded']),
  /** In words: 10/12，83.3% */
  result: z.string(),
  /** Of a share; the others stand beside it. */
  counts: z
    .object({
      numerator: z.int(),
      denominator: z.int(),
      share: z.number().optional(),
      waived: z.int(),
      cancelled: z.int(),
      open: z.int(),
      unknown: z.int(),
    })
    .optional(),
  /** 按等级: 重大3项，中位数41分钟 */
  groups: z.array(z.string()),
  lines: z.array(
    z.object({
      cite: z.string(),
      eventId: z.string().optional(),
      words: z.string(),
      says: z.string(),
    }),
  ),
});
export type MeasureView = z.infer<typeof MeasureView>;

export const OutsideWayView = z.enum([
  'transfer',
  'mediaCall',
  'hotline',
  'superior',
  'sampling',
  'other',
]);

export const OutsideNoticeView = z.object({
  id: z.string(),
  way: OutsideWayView,
  wayName: z.string(),
  from: z.string(),
  learnedAt: Moment,
  what: z.string(),
  eventId: z.string().optional(),
  eventTitle: z.string(),
  gradeName: z.string(),
  isInPlan: z.boolean(),
  by: z.string(),
  recordedAt: Moment,
});
export type OutsideNoticeView = z.infer<typeof OutsideNoticeView>;

export const MeasuresView = z.object({
  from: Day,
  to: Day,
  readAt: Moment,
  isDrill: z.boolean(),
  leastForShare: z.int(),
  measures: z.array(MeasureView),
  /** 外来线索 learned in the period, newest first. */
  notices: z.array(OutsideNoticeView),
  mayRecordNotice: z.boolean(),
});
export type MeasuresView = z.infer<typeof MeasuresView>;

/** POST /api/v1/outside-notices → 204: entered once, never changed. */
export const OutsideNoticeBody = z.strictObject({
  way: OutsideWayView,
  from: z.string().trim().min(1).max(100),
  learnedAt: Moment,
  what: z.string().trim().min(1).max(500),
  eventId: z.string().min(1).max(100).optional(),
  grade: GradeView.optional(),
  isInPlan: z.boolean(),
});
export type OutsideNoticeBody = z.infer<typeof OutsideNoticeBody>;
