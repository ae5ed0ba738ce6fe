import { z } from 'zod';
import { Moment } from './common.ts';

export const ReportParams = z.object({ reportId: z.string().min(1) });
export const ReportFileParams = ReportParams.extend({
  format: z.enum(['pdf', 'docx', 'html', 'txt']),
});
export const ReportStepParams = ReportParams.extend({ step: z.enum(['review', 'sign', 'send']) });

/** 收件人 of a report that was sent, and what came back. */
export const ReaderView = z.object({
  personId: z.string(),
  name: z.string(),
  linkUntil: Moment,
  /** 已阅 */
  readAt: Moment.optional(),
  urgedAt: Moment.optional(),
  /** 收回 */
  revoked: z.object({ at: Moment, by: z.string(), reason: z.string() }).optional(),
});
export type ReaderView = z.infer<typeof ReaderView>;

/** 批示 */
export const InstructionView = z.object({
  id: z.string(),
  at: Moment,
  leader: z.string(),
  text: z.string(),
  track: z.enum(['fact', 'response']),
  /** Absent while matter or unit is open: it waits to be routed. */
  orderId: z.string().optional(),
  eventId: z.string().optional(),
  eventTitle: z.string().optional(),
  unit: z.string().optional(),
  dueAt: Moment,
  /** Who registered or routed it for the leader. */
  through: z.string().optional(),
  paper: z.object({ by: z.string(), day: z.iso.date(), hasPicture: z.boolean() }).optional(),
});
export type InstructionView = z.infer<typeof InstructionView>;

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
  readers: z.array(ReaderView),
  instructions: z.array(InstructionView),
  /** Whether this person takes links back, sends them again, registers instructions; routes them. */
  mayKeep: z.boolean(),
  mayRoute: z.boolean(),
  history: z.array(z.object({ at: Moment, who: z.string(), what: z.string() })),
  /** 第n稿: more than 1 where a person changed the machine's. */
  draft: z.int(),
  mayEdit: z.boolean(),
  mayReturn: z.boolean(),
  /** 更正: the issue that this one corrects, and the one that corrects this. */
  corrects: z.object({ id: z.string(), name: z.string(), reason: z.string() }).optional(),
  correctedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  mayCorrect: z.boolean(),
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

/** 出一份早报、日报、周报或月报, of the day named in Beijing, its week or the month before; the next 快报, or a 专报, on an event. */
export const MakeReportBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['morning', 'daily', 'weekly', 'monthly']), day: z.iso.date() }),
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

export const ReportReaderParams = ReportParams.extend({ personId: z.string().min(1).max(100) });
export const RevokeLinkBody = z.strictObject({ reason: z.string().trim().min(1).max(200) });

/** GET /api/v1/reports/:reportId/matters: what a form for an instruction chooses from. */
export const ReportMattersView = z.object({
  matters: z.array(z.object({ id: z.string(), title: z.string(), unit: z.string() })),
  leaders: z.array(z.object({ id: z.string(), name: z.string() })),
  units: z.array(z.string()),
  mostPictureBytes: z.int(),
});
export type ReportMattersView = z.infer<typeof ReportMattersView>;

const Unit = z.string().trim().max(100);

/** POST /api/v1/reports/:reportId/instructions: 批示 written on paper; matter and unit may be left open. */
export const RegisterInstructionBody = z.strictObject({
  leaderId: z.string().min(1).max(100),
  text: z.string().trim().min(1).max(2_000),
  track: z.enum(['fact', 'response']).default('fact'),
  eventId: z.string().max(100).default(''),
  unit: Unit.default(''),
  dueAt: Moment,
  /** The day written on the paper. */
  day: z.iso.date(),
  /** Its photograph, jpeg or png. */
  picture: z.base64().optional(),
});
export type RegisterInstructionBody = z.input<typeof RegisterInstructionBody>;

export const InstructionParams = ReportParams.extend({
  instructionId: z.string().min(1).max(100),
});

/** POST /api/v1/reports/:reportId/instructions/:instructionId/order: 交办. */
export const RouteInstructionBody = z.strictObject({
  eventId: z.string().min(1).max(100),
  unit: Unit.min(1),
  track: z.enum(['fact', 'response']).default('fact'),
  dueAt: Moment,
});
export type RouteInstructionBody = z.input<typeof RouteInstructionBody>;
