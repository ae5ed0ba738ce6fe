import { z } from 'zod';
import { ActorSchema, EffectSchema, GradeSchema, graverOf, Refused, type Grade } from '#core';
import { FIGURE_KINDS } from '../facts/tally-figures.ts';
import { FindingSchema } from '../grade/finding.ts';
import { GradeProposalSchema } from '../grade/grade-proposal.ts';
import { MustRespondReasonSchema } from '../grade/must-respond-reason.ts';

export const EventStateSchema = z.enum([
  'registered',
  'assessing',
  'graded',
  'consulting',
  'handling',
  'responding',
  'observing',
  'tracking',
  'evaluating',
  'closed',
  'reopened',
  'merged',
  'archived',
]);

export const EVENT_STATE_NAMES: Readonly<Record<z.infer<typeof EventStateSchema>, string>> = {
  registered: '登记',
  assessing: '研判',
  graded: '已定级',
  consulting: '会商',
  handling: '处置',
  responding: '回应',
  observing: '跟踪观察',
  tracking: '事后监测',
  evaluating: '评估',
  closed: '结案',
  reopened: '重启',
  merged: '已合并',
  archived: '归档',
};

/** A moment together with the record that proves it. */
export const ProvenMomentSchema = z.object({
  at: z.coerce.date(),
  /** The post or act that proves it. */
  recordId: z.string(),
  /** What the record said, in one sentence. */
  reason: z.string(),
  url: z.string().optional(),
});
export type ProvenMoment = Readonly<z.infer<typeof ProvenMomentSchema>>;

/** A row of the grade's history; nothing is ever removed from it. */
export const GradeChangeSchema = z.object({
  at: z.coerce.date(),
  actor: ActorSchema,
  kind: z.enum(['proposed', 'confirmed', 'raised', 'lowerRequested', 'lowered']),
  from: GradeSchema.optional(),
  to: GradeSchema,
  reason: z.string(),
  /** The fact cited as the ground, where there is one. */
  citedFact: z.string().optional(),
  /** The event it was made on, when that one was merged into this. */
  ofEventId: z.string().optional(),
});
export type GradeChange = Readonly<z.infer<typeof GradeChangeSchema>>;

export const ResponseValueSchema = z.enum(['must', 'should', 'observe', 'none']);

/** Figures of the incident as reported, every version kept. */
export const ReportedFiguresSchema = z.object({
  at: z.coerce.date(),
  dead: z.int().min(0).optional(),
  injured: z.int().min(0).optional(),
  missing: z.int().min(0).optional(),
  seriouslyInjured: z.int().min(0).optional(),
  poisoned: z.int().min(0).optional(),
  evacuated: z.int().min(0).optional(),
  lossYuan: z.number().min(0).optional(),
  /** Kinds that are the least only. */
  leastFigures: z.array(z.enum(FIGURE_KINDS)).readonly().optional(),
  isCredible: z.boolean(),
  /** The post whose figures these take the place of. */
  corrects: z.string().optional(),
  postId: z.string(),
  url: z.string(),
  outlet: z.string(),
  words: z.string(),
});
export type ReportedFigures = Readonly<z.infer<typeof ReportedFiguresSchema>>;

/**
 * How an event stood when a regrouping changed what it is made of: no grade falls by it, no start moves later
 * (domain 3.9).
 */
export const KeptStandingSchema = z.object({
  regroupingId: z.string(),
  /** Whose standing it was: the event's own, or that of one merged into it. */
  eventId: z.string(),
  proposal: GradeProposalSchema,
  knownAt: ProvenMomentSchema,
  triggeredAt: ProvenMomentSchema.optional(),
  mustRespondAt: ProvenMomentSchema.optional(),
  mustRespondReasons: z.array(MustRespondReasonSchema),
});
export type KeptStanding = Readonly<z.infer<typeof KeptStandingSchema>>;

/** 舆情事件: leads about one happening, handled as one. */
export const OpinionEventSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  title: z.string(),
  state: EventStateSchema,
  isDrill: z.boolean(),
  watchIds: z.array(z.string()),
  regionCodes: z.array(z.string()),
  /** The heaviest terms, for finding the event a new lead belongs to. */
  topTerms: z.array(z.tuple([z.string(), z.number()])),
  entities: z.array(z.string()),
  /** Newest record the replay has evaluated. */
  evaluatedAt: z.coerce.date(),
  firstPublicAt: z.coerce.date(),
  firstPostId: z.string(),
  lastPostAt: z.coerce.date(),
  postCount: z.int(),
  outletCount: z.int(),
  interactions: z.int(),
  knownAt: ProvenMomentSchema,
  triggeredAt: ProvenMomentSchema.optional(),
  /** First record that made the answer mandatory. */
  mustRespondAt: ProvenMomentSchema.optional(),
  occurredAt: ProvenMomentSchema.optional(),
  figures: z.array(ReportedFiguresSchema),
  /** What named persons found out beside the posts, oldest first; nothing is ever removed. */
  findings: z.array(FindingSchema).default([]),
  proposal: GradeProposalSchema,
  confirmedGrade: GradeSchema.optional(),
  /** A lowering of L1/L2 that waits for a second person. */
  lowering: z
    .object({
      to: GradeSchema,
      by: ActorSchema,
      at: z.coerce.date(),
      reason: z.string(),
      citedFact: z.string(),
    })
    .optional(),
  gradeHistory: z.array(GradeChangeSchema),
  responseValue: ResponseValueSchema,
  mustRespondReasons: z.array(MustRespondReasonSchema),
  /** The event that its leads went to; only of one whose state is `merged`. */
  mergedInto: z.string().optional(),
  kept: z.array(KeptStandingSchema).default([]),
});
export type OpinionEvent = Readonly<z.infer<typeof OpinionEventSchema>>;

const DECISIONS: readonly GradeChange['kind'][] = ['confirmed', 'raised', 'lowered'];

/** The grade in force: what a person decided, unless the rules proposed a graver one since. */
export function gradeOf(
  event: Pick<OpinionEvent, 'confirmedGrade' | 'proposal' | 'gradeHistory'>,
): Grade {
  const { confirmedGrade, proposal, gradeHistory } = event;
  if (!confirmedGrade) return proposal.grade;
  const decided = gradeHistory.findLastIndex(({ kind }) => DECISIONS.includes(kind));
  return gradeHistory
    .slice(decided + 1)
    .filter(({ kind }) => kind === 'proposed')
    .reduce((gravest, { to }) => graverOf(gravest, to), confirmedGrade);
}

/** Whether the grade in force is one that a person decided. */
export function isGradeConfirmed(
  event: Pick<OpinionEvent, 'confirmedGrade' | 'proposal' | 'gradeHistory'>,
): boolean {
  return event.confirmedGrade !== undefined && event.confirmedGrade === gradeOf(event);
}

/** @throws {Refused} when the event goes on under another one: nothing is decided on it any more */
export function demandUnmerged({ state, title }: Pick<OpinionEvent, 'state' | 'title'>): void {
  if (state !== 'merged') return;
  throw new Refused('EVENT_MERGED', `《${title}》已并入另一事件，请在并入后的事件上办理`);
}

/** The events that were merged into this one. */
export function mergedFrom({ id, kept }: Pick<OpinionEvent, 'id' | 'kept'>): readonly string[] {
  return [...new Set(kept.map(({ eventId }) => eventId).filter((eventId) => eventId !== id))];
}

/** Topic of graded events, keyed by event: what alerting and the screens follow. */
export const OPINION_EVENTS_TOPIC = 'opinion-events';

/** What an event looks like to those on the right of it, at one revision. */
export const GradedEventSchema = OpinionEventSchema.omit({
  effects: true,
  topTerms: true,
  entities: true,
});
export type GradedEvent = Readonly<z.infer<typeof GradedEventSchema>>;

/** The gravest grade that an event had so far in the eyes of machine and people. */
export function gravestOf(event: Pick<OpinionEvent, 'gradeHistory' | 'proposal'>): Grade {
  return event.gradeHistory.reduce(
    (gravest, change) => graverOf(gravest, change.to),
    event.proposal.grade,
  );
}
