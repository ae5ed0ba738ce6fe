import { z } from 'zod';
import { AlertView } from './alerts.ts';
import { GradeView, Moment, ProvenMomentView } from './common.ts';

export const CountdownView = z.object({
  id: z.string(),
  eventId: z.string(),
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
    firstPublicAt: Moment,
    knownAt: Moment,
  }),
  statutoryDueAt: Moment,
  managedDueAt: Moment,
  milestones: z.array(z.object({ ratio: z.number(), at: Moment, firedAt: Moment.optional() })),
  satisfiedAt: Moment.optional(),
  satisfiedBy: z.string().optional(),
  breachedAt: Moment.optional(),
  isBornBreached: z.boolean(),
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
  ruleVersion: z.string(),
  at: Moment,
});
export type ProposalView = z.infer<typeof ProposalView>;

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

export const TimelineEntry = z.object({
  at: Moment,
  /** post, proposal, grade, alert, ladder, notice, acknowledgement, countdown, release, act */
  kind: z.string(),
  who: z.string(),
  what: z.string(),
  url: z.string().optional(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

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
  /** Every countdown, ended ones too. */
  allCountdowns: z.array(CountdownView),
  figures: z.array(
    z.object({
      at: Moment,
      dead: z.int().optional(),
      injured: z.int().optional(),
      missing: z.int().optional(),
      isCredible: z.boolean(),
      /** Takes the place of an earlier version, which stays in the list. */
      isCorrection: z.boolean(),
      outlet: z.string(),
      url: z.string(),
      words: z.string(),
    }),
  ),
  leads: z.array(LeadView),
  /** Alerts on this event with their ladder and notices, newest first. */
  alerts: z.array(AlertView),
  timeline: z.array(TimelineEntry),
  /** What the person who asks may do here: confirmGrade, approveLowering, draftRelease, recordConference. */
  may: z.array(z.string()),
});
export type EventView = z.infer<typeof EventView>;

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
