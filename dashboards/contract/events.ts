import { z } from 'zod';
import { AlertView } from './alerts.ts';
import { GradeView, Moment, ProvenMomentView } from './common.ts';
import { RegroupingView } from './regroupings.ts';
import { DutyActKindView } from './countdowns.ts';

export const BreachCauseView = z.object({
  reasonName: z.string(),
  words: z.string(),
  by: z.string(),
  at: Moment,
});
export type BreachCauseView = z.infer<typeof BreachCauseView>;

export const CountdownView = z.object({
  id: z.string(),
  /** Absent when the duty belongs to no event. */
  eventId: z.string().optional(),
  eventTitle: z.string(),
  code: z.string(),
  name: z.string(),
  basis: z.string(),
  ruleVersion: z.string(),
  state: z.enum([
    'provisional',
    'running',
    'satisfied',
    'satisfiedLate',
    'breached',
    'cancelled',
    'waived',
  ]),
  start: ProvenMomentView,
  shadow: z.object({
    occurredAt: Moment.optional(),
    firstPublicAt: Moment.optional(),
    knownAt: Moment.optional(),
  }),
  statutoryDueAt: Moment,
  managedDueAt: Moment,
  milestones: z.array(z.object({ ratio: z.number(), at: Moment, firedAt: Moment.optional() })),
  satisfiedAt: Moment.optional(),
  satisfiedBy: z.string().optional(),
  breachedAt: Moment.optional(),
  isBornBreached: z.boolean(),
  /** Asked for, granted and refused, oldest first. */
  adjustments: z.array(
    z.object({
      id: z.string(),
      until: Moment,
      by: z.string(),
      at: Moment,
      reason: z.string(),
      answer: z
        .object({ isApproved: z.boolean(), by: z.string(), at: Moment, reason: z.string() })
        .optional(),
    }),
  ),
  waiver: z.object({ by: z.string(), at: Moment, reason: z.string() }).optional(),
  /** 超时原因, oldest first. */
  causes: z.array(BreachCauseView),
  /** Whether the event cannot be closed before somebody says why it was missed. */
  owesCause: z.boolean(),
  /** Reasons the person who asks may record. */
  causeReasons: z.array(z.object({ code: z.string(), name: z.string() })),
  /** Levels of the command ladder that were told. */
  command: z.object({
    steps: z.array(
      z.object({
        step: z.int(),
        at: Moment,
        names: z.array(z.string()),
        empty: z.array(z.string()),
      }),
    ),
    nextAt: Moment.optional(),
  }),
  /** What the person who asks may do: askForTime, answerTime, waive. */
  may: z.array(z.string()),
});
export type CountdownView = z.infer<typeof CountdownView>;

export const EvidenceView = z.object({
  postId: z.string().optional(),
  url: z.string().optional(),
  outlet: z.string().optional(),
  at: Moment.optional(),
  words: z.string(),
});

export const ProposalView = z.object({
  grade: GradeView,
  sum: z.number(),
  points: z.array(
    z.object({
      indicator: z.string(),
      /** 内容, 量, 速, 媒体, 敏感, 范围, 不实 */
      name: z.string(),
      most: z.number(),
      band: z.string(),
      points: z.number(),
      reason: z.string(),
      evidence: z.array(EvidenceView),
    }),
  ),
  floors: z.array(
    z.object({
      code: z.string(),
      atLeast: GradeView,
      reason: z.string(),
      isPending: z.boolean(),
      evidence: z.array(EvidenceView),
    }),
  ),
  toNext: z.object({ grade: GradeView, points: z.number() }).optional(),
  sentence: z.string(),
  /** What moved since the proposal before. */
  changed: z.string().optional(),
  ruleVersion: z.string(),
  at: Moment,
});
export type ProposalView = z.infer<typeof ProposalView>;

/** One field of the judgement: what the machine proposes with its words, or what a person put in its place. */
export const FieldProposalView = z.object({
  field: z.enum(['contentClass', 'topic', 'sentiment', 'focus', 'mustRespond', 'unit']),
  name: z.string(),
  value: z.string(),
  /** Empty: it cannot tell; the note says why. */
  valueName: z.string(),
  /** 0 to 1; absent where a person spoke or rules alone decide. */
  confidence: z.number().optional(),
  because: z.array(z.object({ words: z.string(), weight: z.number() })),
  note: z.string(),
  madeBy: z.string(),
  correction: z
    .object({ by: z.string(), at: Moment, reason: z.string(), proposed: z.string() })
    .optional(),
  /** Empty: any name. */
  options: z.array(z.object({ value: z.string(), name: z.string() })),
  isSeveral: z.boolean(),
});
export type FieldProposalView = z.infer<typeof FieldProposalView>;

/** POST /api/v1/events/:eventId/corrections: a person's word in the place of a proposal. */
export const CorrectProposalBody = z.object({
  field: FieldProposalView.shape.field,
  /** A code, a unit's name, or codes with commas. */
  value: z.string().trim().max(100),
  reason: z.string().trim().min(2).max(500),
});
export type CorrectProposalBody = z.infer<typeof CorrectProposalBody>;

/** An event as a row of the desk. */
export const EventRow = z.object({
  id: z.string(),
  title: z.string(),
  grade: GradeView,
  isConfirmed: z.boolean(),
  state: z.string(),
  stateName: z.string(),
  isDrill: z.boolean(),
  postCount: z.int(),
  outletCount: z.int(),
  firstPublicAt: Moment,
  lastPostAt: Moment,
  /** Open countdowns, nearest due first. */
  countdowns: z.array(CountdownView),
});
export type EventRow = z.infer<typeof EventRow>;

export const PostView = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  url: z.string(),
  /** Name of the institution, or 个人 for individuals. */
  outlet: z.string(),
  sourceName: z.string(),
  mediaTier: z.string(),
  publishedAt: Moment,
  fetchedAt: Moment,
  interactions: z.int().optional(),
});
export type PostView = z.infer<typeof PostView>;

export const LeadView = z.object({
  id: z.string(),
  title: z.string(),
  /** The original first, then its copies. */
  posts: z.array(PostView),
});
export type LeadView = z.infer<typeof LeadView>;

/** 传播路径: one outlet, by the first text with which it carried the matter. */
export const SpreadStepView = z.object({
  /** Name of the institution, or 个人 for all individuals together. */
  outlet: z.string(),
  mediaTier: z.string(),
  title: z.string(),
  url: z.string(),
  publishedAt: Moment,
  /** 首发, 自采, 转载, 摘录, 汇编, 更新 */
  kindName: z.string(),
  isOrigin: z.boolean(),
  /** Why the time is not sure, in words; absent when it is. */
  unsure: z.string().optional(),
  /** True when it may have come before the origin for all we know. */
  mayBeEarlier: z.boolean(),
  postCount: z.int(),
});
export type SpreadStepView = z.infer<typeof SpreadStepView>;

export const TimelineEntry = z.object({
  at: Moment,
  /** post, proposal, grade, alert, ladder, notice, acknowledgement, countdown, release, act */
  kind: z.string(),
  who: z.string(),
  what: z.string(),
  url: z.string().optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const FindingKindView = z.enum([
  'incidentGrade',
  'figures',
  'interactions',
  'upperOrder',
  'namedCriticism',
]);
export type FindingKindView = z.infer<typeof FindingKindView>;

export const EventView = EventRow.extend({
  proposal: ProposalView,
  confirmedGrade: GradeView.optional(),
  lowering: z
    .object({
      to: GradeView,
      by: z.string(),
      at: Moment,
      reason: z.string(),
      citedFact: z.string(),
    })
    .optional(),
  responseValue: z.string(),
  responseValueName: z.string(),
  mustRespondReasons: z.array(z.string()),
  /** 知悉, 触发, 首发, 发生 with their proof. */
  knownAt: ProvenMomentView,
  triggeredAt: ProvenMomentView.optional(),
  occurredAt: ProvenMomentView.optional(),
  interactions: z.int(),
  /** 热度: ranks and draws, never grades. */
  heat: z.object({
    /** 0 to 100. */
    value: z.number(),
    changeLastHour: z.number(),
    parts: z.array(z.object({ name: z.string(), value: z.number() })),
  }),
  /** Posts by ten minutes over the last day, oldest first, beside what was usual for the event. */
  volume: z.array(
    z.object({
      at: Moment,
      posts: z.int(),
      /** Absent while too little was seen to know. */
      usualUpTo: z.number().optional(),
      isBurst: z.boolean(),
    }),
  ),
  /** Every countdown, ended ones too. */
  allCountdowns: z.array(CountdownView),
  figures: z.array(
    z.object({
      at: Moment,
      dead: z.int().optional(),
      injured: z.int().optional(),
      /** Part of the injured. */
      seriouslyInjured: z.int().optional(),
      missing: z.int().optional(),
      poisoned: z.int().optional(),
      evacuated: z.int().optional(),
      lossYuan: z.number().optional(),
      /** Names of the fields above that are only the least: 10余人, 至少5人. */
      leastKinds: z.array(z.string()),
      isCredible: z.boolean(),
      /** Takes the place of an earlier version, which stays in the list. */
      isCorrection: z.boolean(),
      outlet: z.string(),
      url: z.string(),
      words: z.string(),
    }),
  ),
  /** Words that look like figures and were not counted, with the reason, newest first. */
  setAside: z.array(
    z.object({ words: z.string(), reason: z.string(), outlet: z.string(), url: z.string() }),
  ),
  /** What named persons found out beside the posts, newest first. */
  findings: z.array(
    z.object({ at: Moment, by: z.string(), words: z.string(), url: z.string().optional() }),
  ),
  /** Kinds of finding that the person who asks may put on record. */
  mayFind: z.array(FindingKindView),
  /** 内容类别、诉求类别、情感、收集重点、应回应情形、责任单位. */
  fieldProposals: z.array(FieldProposalView),
  /** Acts that the person who asks may put on record. */
  mayRecord: z.array(DutyActKindView),
  leads: z.array(LeadView),
  /** The origin first, then outlets in order of publication. */
  spread: z.array(SpreadStepView),
  /** Alerts on this event with their ladder and notices, newest first. */
  alerts: z.array(AlertView),
  timeline: z.array(TimelineEntry),
  /** The event it was merged into. */
  mergedInto: z.string().optional(),
  /** Merges and splits proposed, done and undone, newest first. */
  regroupings: z.array(RegroupingView),
  /** Why the event may have drawn in what does not belong to it, in words. */
  growthAlarm: z.string().optional(),
  /** What the person who asks may do here: confirmGrade, approveLowering, correctProposal, draftRelease,
   * recordConference, planConference, issueOrders, supervise, regroup. */
  may: z.array(z.string()),
});
export type EventView = z.infer<typeof EventView>;

const FindingSource = {
  source: z.string().trim().min(2, '写明从哪里核实到的').max(200),
  url: z.url({ protocol: /^https?$/ }).optional(),
};
/** POST /api/v1/events/:eventId/findings: what a person found out beside the posts. */
export const FindingBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incidentGrade'), ...FindingSource, grade: GradeView }),
  z.object({ kind: z.literal('figures'), ...FindingSource, dead: z.int().min(0).max(1_000_000) }),
  z.object({ kind: z.literal('interactions'), ...FindingSource, isGenuine: z.boolean() }),
  z.object({ kind: z.literal('upperOrder'), ...FindingSource }),
  z.object({ kind: z.literal('namedCriticism'), ...FindingSource }),
]);
export type FindingBody = z.infer<typeof FindingBody>;

/** POST /api/v1/events/:eventId/grade: confirm, raise, or ask to lower. */
export const DecideGradeBody = z.object({
  grade: GradeView,
  reason: z.string().trim().min(2).max(500),
  citedFact: z.string().trim().max(1000).optional(),
});
export type DecideGradeBody = z.infer<typeof DecideGradeBody>;

/** POST /api/v1/events/:eventId/lowering: the second person's answer. */
export const DecideLoweringBody = z.object({
  isApproved: z.boolean(),
  reason: z.string().trim().min(2).max(500),
});
export type DecideLoweringBody = z.infer<typeof DecideLoweringBody>;
