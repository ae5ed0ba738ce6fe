import { z } from 'zod';
import { ActorSchema, GradeSchema, RoleSchema, EffectSchema } from '#core';

export const ChannelKindSchema = z.enum([
  'email',
  'wecom',
  'dingtalk',
  'feishu',
  'govIm',
  'sms',
  'voice',
  'webhook',
  'screen',
  // 回环: reaches nobody. Trials of the product end here, and nothing else comes this way.
  'loopback',
]);
export type ChannelKind = z.infer<typeof ChannelKindSchema>;

/** Countdowns speak for themselves; what else fires comes with its rule. */
export const AlertRuleSchema = z.enum(['gradeProposal', 'sourceSilent', 'countdown', 'system']);

/** What an alert is about. */
export const AlertSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), eventId: z.string().min(1) }),
  z.object({ kind: z.literal('source'), sourceId: z.string().min(1) }),
  /** A duty that belongs to no event. */
  z.object({ kind: z.literal('countdown'), countdownId: z.string().min(1) }),
  /** A part of the product that its operator must look at. */
  z.object({ kind: z.literal('system'), part: z.string().min(1) }),
]);
export type AlertSubject = Readonly<z.infer<typeof AlertSubjectSchema>>;

/** Who was called at one step, and by which way. */
export const LadderCallSchema = z.object({
  /** Empty for a group or the desk. */
  personId: z.string(),
  name: z.string(),
  /** Absent for a group or the desk. */
  role: RoleSchema.optional(),
  /** Of those on duty the one in charge: 带班领导. */
  isLeader: z.boolean().optional(),
  channels: z.array(
    z.object({
      kind: ChannelKindSchema,
      /** notSetUp is shown as such: the way does not exist here, nothing was sent on it. */
      state: z.enum(['queued', 'notSetUp']),
      noticeId: z.string().optional(),
    }),
  ),
});

export const LadderStepSchema = z.object({
  step: z.int(),
  round: z.int(),
  at: z.coerce.date(),
  calls: z.array(LadderCallSchema),
  /** Roles nobody holds or who cannot be reached; the step went on at once. */
  empty: z.array(RoleSchema),
});
export type LadderStep = Readonly<z.infer<typeof LadderStepSchema>>;

/** One run of the acknowledgement ladder for one alert. */
export const LadderRunSchema = z.object({
  policyVersion: z.string(),
  grade: GradeSchema,
  startedAt: z.coerce.date(),
  /** Number of the next step; steps repeat in rounds after the last. */
  nextStep: z.int(),
  round: z.int(),
  /** calling: nobody acknowledged; reminding and returning: somebody did, and the next step is still open. */
  phase: z.enum(['calling', 'reminding', 'returning', 'ended']),
  /** Absent when the ladder stands still. */
  nextAt: z.coerce.date().optional(),
  steps: z.array(LadderStepSchema),
});
export type LadderRun = Readonly<z.infer<typeof LadderRunSchema>>;

/** Those who each must acknowledge, whoever else did. */
export const EveryoneSchema = z.object({
  people: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      role: RoleSchema,
      acknowledgedAt: z.coerce.date().optional(),
    }),
  ),
  /** Absent once all have. */
  nextAt: z.coerce.date().optional(),
  round: z.int(),
});
export type Everyone = Readonly<z.infer<typeof EveryoneSchema>>;

const AlertFieldsSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  rule: AlertRuleSchema,
  subject: AlertSubjectSchema,
  title: z.string(),
  grade: GradeSchema,
  isDrill: z.boolean(),
  /** Why a phone rings: the proposal's sentence, the milestone passed, … */
  reason: z.string(),
  /** Whether a person decided the grade; until then messages say 待确认. */
  isGradeConfirmed: z.boolean().optional(),
  /** The event's revision this alert has seen; an older one changes nothing. */
  eventRevision: z.int().optional(),
  /** The record by which the office came to know, for the message. */
  firstRecord: z.object({ words: z.string(), url: z.string().optional() }).optional(),
  state: z.enum(['fired', 'acknowledged', 'handled', 'falseAlarm']),
  firedAt: z.coerce.date(),
  acknowledgedAt: z.coerce.date().optional(),
  acknowledgedBy: ActorSchema.optional(),
  /** The event under whose alert people are called on, after a merge. */
  continuedUnder: z.string().optional(),
  /** 代确认: who recorded the acknowledgement of the person who gave it by other means. */
  acknowledgedThrough: ActorSchema.optional(),
  everyone: EveryoneSchema.optional(),
  /** The event was closed: nobody is called until it is opened again or its grade rises. */
  isEventClosed: z.boolean().optional(),
  /** Posts of the event as this alert last saw it. */
  postCount: z.int().optional(),
  /** 只在变坏时再叫我: who asked for it, and what it is measured against. */
  rest: z.object({ by: ActorSchema, at: z.coerce.date(), postCount: z.int() }).optional(),
  ladder: LadderRunSchema.optional(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
});

/** 预警: a fact that a person must look at. One per subject and rule; repeats are folded into it. */
export const AlertSchema = z.preprocess(withSubject, AlertFieldsSchema);
export type Alert = Readonly<z.infer<typeof AlertSchema>>;

/** Alerts of older releases named an event or a source, and an empty event where it was a source. */
function withSubject(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || 'subject' in stored) return stored;
  const { eventId, sourceId, ...rest } = stored as Record<string, unknown>;
  const subject = sourceId ? { kind: 'source', sourceId } : { kind: 'event', eventId };
  return { ...rest, subject };
}

/** The event an alert is about; undefined when it is about something else. */
export const eventIdOf = ({ subject }: Pick<Alert, 'subject'>): string | undefined =>
  subject.kind === 'event' ? subject.eventId : undefined;

/** Topic of notices on their way to the outbox. */
export const NOTICES_TOPIC = 'notices';

/** 通知: one message of one alert to one receiver on one channel. A document of the outbox. */
export const NoticeSchema = z.object({
  /** The idempotency key: alert, step, round, milestone, receiver, channel. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(z.never()),
  alertId: z.string(),
  /** Absent when it is about no event; older releases left it empty. */
  eventId: z.preprocess((id) => (id === '' ? undefined : id), z.string().optional()),
  /** What is told, within the alert: with alert, person and channel it makes the id. */
  key: z.string().optional(),
  receiver: z.object({
    /** Empty for a group. */
    personId: z.string(),
    name: z.string(),
    address: z.string(),
    /** By which the other channels reach the same person. */
    email: z.string().optional(),
    phone: z.string().optional(),
  }),
  /** Mobile numbers to be called by name in a group. */
  mentions: z.array(z.string()).optional(),
  channel: ChannelKindSchema,
  /** 0 statutory to 9 digest. */
  priority: z.int().min(0).max(9),
  /** Lets people recognise a repeat: 舆情#3f2a·第2步·第1次 */
  shortCode: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** What a short message must keep: the nearest deadline in words, and the link. */
  deadline: z.string().optional(),
  link: z.string().optional(),
  isDrill: z.boolean(),
  /** 发测试: goes the real way, and no other. */
  isTest: z.boolean().optional(),
  /** Names what was merged into it; never merged itself. */
  isDigest: z.boolean().optional(),
  /** The far side refused the content once: this time as short as it can be. */
  isShort: z.boolean().optional(),
  state: z.enum(['pending', 'leased', 'sent', 'unknown', 'dead', 'merged']),
  /** Real time, not the drill's: I/O and leases live there. */
  nextAt: z.coerce.date(),
  leaseBy: z.string().optional(),
  leaseUntil: z.coerce.date().optional(),
  createdAt: z.coerce.date(),
  /** When it came into the outbox, in real time. */
  queuedAt: z.coerce.date().optional(),
  /** After this moment it is of no use to anybody. */
  expiresAt: z.coerce.date().optional(),
  /** The digest that names it, when it was merged. */
  mergedInto: z.string().optional(),
  /** The receiver's next way was added; none when there was no other. */
  fallback: z.object({ at: z.coerce.date(), channel: ChannelKindSchema.optional() }).optional(),
  /** Why it waits or ended, where that is no answer of a far side. */
  stateReason: z.string().optional(),
  /** 已提交、已送达、已读、已确认 are four facts; each stands only where it is proved. */
  submittedAt: z.coerce.date().optional(),
  deliveredAt: z.coerce.date().optional(),
  readAt: z.coerce.date().optional(),
  acknowledgedAt: z.coerce.date().optional(),
  attempts: z.array(
    z.object({
      at: z.coerce.date(),
      result: z.enum(['ok', 'rate', 'temporary', 'unknown', 'config', 'content']),
      detail: z.string(),
    }),
  ),
});
export type Notice = Readonly<z.infer<typeof NoticeSchema>>;
