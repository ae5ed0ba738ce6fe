import { z } from 'zod';
import { Moment } from './common.ts';

export const ReportParams = z.object({ reportId: z.string().min(1) });
export const ReportFileParams = ReportParams.extend({
  format: z.enum(['pdf', 'docx', 'html', 'txt']),
});
export const ReportStepParams = ReportParams.extend({ step: z.enum(['review', 'sign', 'send']) });

export const ReportRow = z.object({
  id: z.string(),
  title: z.string(),
  /** 日报, 快报, … */
  kindName: z.string(),
  /** 〔2026〕第12期 */
  number: z.string(),
  /** Of 快报: 首报, 续报, 终报. */
  stage: z.enum(['first', 'followUp', 'final']).optional(),
  eventId: z.string().optional(),
  period: z.string(),
  state: z.string(),
  stateName: z.string(),
  dueAt: Moment,
  createdAt: Moment,
  /** Digest of what was read; a step under another one is refused. */
  contentDigest: z.string(),
  isDrill: z.boolean(),
  sentTo: z.array(z.string()),
  history: z.array(z.object({ at: Moment, who: z.string(), what: z.string() })),
  /** The step that is next, and whether this person may do it; absent after the last. */
  next: z
    .object({
      step: z.enum(['review', 'sign', 'send']),
      name: z.string(),
      isAllowed: z.boolean(),
      whyNot: z.string(),
    })
    .optional(),
});
export type ReportRow = z.infer<typeof ReportRow>;

/** 出一份早报、日报或周报, of the day named in Beijing or its week; the next 快报, or a 专报, on an event. */
export const MakeReportBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['morning', 'daily', 'weekly']), day: z.iso.date() }),
  z.strictObject({
    kind: z.literal('flash'),
    eventId: z.string().min(1).max(100),
    isFinal: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('special'), eventId: z.string().min(1).max(100) }),
]);
export type MakeReportBody = z.infer<typeof MakeReportBody>;

const ReportsOnEvent = z.object({
  reports: z.array(ReportRow),
  /** Whether the person who asks may make the next. */
  mayMake: z.boolean(),
});

/** GET /api/v1/events/:eventId/reports: 快报 and 专报 on one event, each in order. */
export const EventReportsView = z.object({ flash: ReportsOnEvent, special: ReportsOnEvent });
export type EventReportsView = z.infer<typeof EventReportsView>;

export const PassReportBody = z.strictObject({ contentDigest: z.string().min(1) });
