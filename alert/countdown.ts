import { z } from 'zod';
import { ActorSchema, EffectSchema, GradeSchema, RoleSchema } from '#core';
import { ProvenMomentSchema } from '#analyze';

export const CountdownStateSchema = z.enum([
  'provisional',
  'running',
  'satisfied',
  'satisfiedLate',
  'breached',
  'cancelled',
  'waived',
]);

export const MilestoneSchema = z.object({
  /** Share of the period, 0 to 1; 0 is the start. */
  ratio: z.number(),
  at: z.coerce.date(),
  firedAt: z.coerce.date().optional(),
  /** A fixed warning: so long before the end; ms. */
  beforeMs: z.int().optional(),
  /** Told already, while a jump of the clock left it open whether it is due. */
  toldAt: z.coerce.date().optional(),
});
export type Milestone = Readonly<z.infer<typeof MilestoneSchema>>;

/** A later managed due time that somebody asked for; nothing moves before another person agreed. */
export const AdjustmentSchema = z.object({
  id: z.string(),
  until: z.coerce.date(),
  requestedBy: ActorSchema,
  requestedAt: z.coerce.date(),
  reason: z.string(),
  decidedBy: ActorSchema.optional(),
  decidedAt: z.coerce.date().optional(),
  isApproved: z.boolean().optional(),
  answer: z.string().optional(),
});

/** 超时原因: why a due time was missed, by a named person; a later one stands beside the earlier, none is taken away. */
export const BreachCauseSchema = z.object({
  /** One of the pack's reasons, and its name as it was then. */
  reason: z.string(),
  reasonName: z.string(),
  words: z.string(),
  by: ActorSchema,
  at: z.coerce.date(),
});
export type BreachCause = Readonly<z.infer<typeof BreachCauseSchema>>;

/** One run of the command ladder: the step owed is not done, so the next above is told. */
export const CommandRunSchema = z.object({
  /** Number of the next step. */
  nextStep: z.int(),
  /** Absent when there is nobody further to tell. */
  nextAt: z.coerce.date().optional(),
  steps: z.array(
    z.object({
      step: z.int(),
      at: z.coerce.date(),
      /** Whom it called. */
      names: z.array(z.string()),
      roles: z.array(RoleSchema),
      /** Roles nobody holds or who cannot be reached. */
      empty: z.array(RoleSchema),
    }),
  ),
});
export type CommandRun = Readonly<z.infer<typeof CommandRunSchema>>;

/** 时限: a duty with start, due time and proof. */
export const CountdownSchema = z.object({
  /** Digest of event, code and cycle, or of the act that began it: arming twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  /** Absent when the duty belongs to no event. */
  eventId: z.string().optional(),
  /** What the duty is about where it is not the event itself: order:…, document:…, transfer:… */
  target: z.string().optional(),
  /** Whose duty it is, where it is one unit's: of roles that every unit has, that unit's are told. */
  unit: z.string().optional(),
  /** Title of the event, or of what it is about. */
  eventTitle: z.string(),
  isDrill: z.boolean(),
  /** 试跑: the product's trial of itself; nobody's duty, in no list. */
  isTrial: z.boolean().optional(),
  code: z.string(),
  /** Of a duty in parts, such as the report by phone and the one on paper. */
  part: z.string().optional(),
  /** 5小时发布, 24小时发布会, 48小时回应, … */
  name: z.string(),
  /** The paper it comes from: 国办发〔2016〕80号 …; never called 法定. */
  basis: z.string(),
  ruleVersion: z.string(),
  /** First day of the rule by which it is judged for good, whatever rules come later. */
  ruleValidFrom: z.string().optional(),
  calendar: z.enum(['hours24x7', 'workingDays']),
  start: ProvenMomentSchema,
  /** The act that began it; it can never be the one that meets it. */
  startActId: z.string().optional(),
  /** Where the organisation was late, it shows between these and the start. */
  shadow: z.object({
    occurredAt: z.coerce.date().optional(),
    firstPublicAt: z.coerce.date().optional(),
    knownAt: z.coerce.date().optional(),
  }),
  statutoryDueAt: z.coerce.date(),
  managedDueAt: z.coerce.date(),
  state: CountdownStateSchema,
  milestones: z.array(MilestoneSchema),
  armedAt: z.coerce.date(),
  satisfiedAt: z.coerce.date().optional(),
  /** The act that satisfied it: release:…, conference:… */
  satisfiedBy: z.string().optional(),
  breachedAt: z.coerce.date().optional(),
  /** Due already when armed; said plainly instead of pretending to have time. */
  isBornBreached: z.boolean(),
  /** Oldest first; only of one that was breached. */
  causes: z.array(BreachCauseSchema).optional(),
  cancelReason: z.string().optional(),
  adjustments: z.array(AdjustmentSchema).optional(),
  /** 豁免: counted apart from the rates. */
  waiver: z.object({ by: ActorSchema, at: z.coerce.date(), reason: z.string() }).optional(),
  /** Begins with the breach, ends with the duty. */
  command: CommandRunSchema.optional(),
  /** The event's revision that armed or last changed it; an older one changes nothing. */
  eventRevision: z.int().optional(),
  /** The grade in force when it was armed or last changed; for messages. */
  grade: GradeSchema.optional(),
  /** The event under which the duty goes on, after a merge; it runs there and asks for nothing here. */
  continuedUnder: z.string().optional(),
  history: z.array(z.object({ at: z.coerce.date(), what: z.string() })),
});
export type Countdown = Readonly<z.infer<typeof CountdownSchema>>;

/** Topic of acts that begin, shorten, meet or end duties, keyed by what they are about. */
export const ACTS_TOPIC = 'acts';

/** What people do that a duty may ask for or begin with; the rules of the pack name them. */
export const DUTY_ACT_KINDS = [
  'release',
  'followUp',
  'finalRelease',
  'pressConference',
  'firstReportPhone',
  'firstReportWritten',
  'planStarted',
  'progressLogged',
  'documentPublished',
  'interpretationPublished',
  'orderIssued',
  'orderAccepted',
  'orderReturned',
  'orderDone',
  'transferReceived',
  'transferReplied',
  'intakeReceived',
  'intakeAcknowledged',
  'intakeReplied',
  'siteIssueFound',
  'graveSiteIssueFound',
  'siteIssueFixed',
  'trackingEnded',
  'evaluated',
  'reopened',
  'assessmentConfirmed',
  'reportPeriodEnded',
  'reportSent',
] as const;
export const DutyActKindSchema = z.enum(DUTY_ACT_KINDS);
export type DutyActKind = z.infer<typeof DutyActKindSchema>;

/** 办理记录: what somebody did, with its evidence. */
export const DutyActSchema = z.object({
  id: z.string(),
  /** Absent when it belongs to no event. */
  eventId: z.string().optional(),
  /** order:…, document:…; absent when it is about the event itself. */
  target: z.string().optional(),
  /** Rules name the kinds that begin and satisfy them. */
  kind: DutyActKindSchema,
  /** When it was done, by the server's time. */
  doneAt: z.coerce.date(),
  /** The record that proves it: release:…, report:… */
  ref: z.string(),
  /** What it was, in words. */
  what: z.string(),
  /** Of what it is about; for duties that begin with it. */
  title: z.string().optional(),
  /** A due time of its own: the sender's date, the one set in an order. */
  dueAt: z.coerce.date().optional(),
  /** Whose the duty is that begins with it. */
  unit: z.string().optional(),
  /** Which length a rule gives: suggestion, complaint, urgent, L2, … */
  variant: z.string().optional(),
  isDrill: z.boolean().optional(),
});
export type DutyAct = Readonly<z.infer<typeof DutyActSchema>>;
