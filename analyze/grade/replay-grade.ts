import { isAbove, isAtLeast, type Grade } from '#core';
import type { GradeProposal } from './grade-proposal.ts';
import { incidentGradeBy } from './incident-grade.ts';
import { EventMeter, type EventRecord, type GradingContext } from './event-meter.ts';
import type { MustRespondReason, ProvenMoment } from '../events/opinion-event.ts';
import { isTierAtLeast, proposeGrade } from './propose-grade.ts';

/** What replaying an event's records gives; the same records and rules give the same answer. */
export interface Replay {
  /** Newest record evaluated. */
  readonly evaluatedAt: Date;
  /** The proposal in force: the machine proposes only upwards. */
  readonly proposal: GradeProposal;
  /** Each rise, oldest first. */
  readonly rises: readonly { readonly proposal: GradeProposal; readonly record: EventRecord }[];
  readonly knownAt: ProvenMoment;
  readonly triggeredAt?: ProvenMoment;
  readonly mustRespondAt?: ProvenMoment;
  readonly mustRespondReasons: readonly MustRespondReason[];
}

/**
 * Evaluates the rules at each record, oldest first, so that no tick and no person's delay moves a start.
 *
 * @param records of one event, any order
 * @param previous an earlier replay over a part of them; only later records are evaluated then
 * Source: docs/adr/0002-countdown-start.md; domain rule: T is the first moment at which the records then
 * held made the event L1/L2.
 */
export function replayGrade(
  records: readonly EventRecord[],
  context: GradingContext,
  previous?: Replay,
): Replay {
  const ordered = [...records].sort(
    (a, b) =>
      a.post.fetchedAt.getTime() - b.post.fetchedAt.getTime() ||
      (a.post.postId < b.post.postId ? -1 : 1),
  );
  const meter = new EventMeter(context);
  let added = 0;
  const addUntil = (at: number): void => {
    for (; (ordered[added]?.post.fetchedAt.getTime() ?? Infinity) <= at; added += 1) {
      const record = ordered[added];
      if (record) meter.add(record);
    }
  };
  let replay = previous;
  for (const [at, record] of momentsOf(ordered)) {
    if (replay && at <= replay.evaluatedAt.getTime()) continue;
    addUntil(at);
    replay = evaluate(meter, context, record, new Date(at), replay);
  }
  if (!replay) throw new RangeError('an event has at least one record');
  return replay;
}

/** The moments at which the records held changed, each with the record that changed them. */
function momentsOf(ordered: readonly EventRecord[]): [number, EventRecord][] {
  const moments = new Map<number, EventRecord>();
  for (const record of ordered) {
    moments.set(record.post.fetchedAt.getTime(), record);
    for (const { at } of record.post.snapshots) {
      if (!moments.has(at.getTime())) moments.set(at.getTime(), record);
    }
  }
  return [...moments].sort(([a], [b]) => a - b);
}

function evaluate(
  meter: EventMeter,
  context: GradingContext,
  record: EventRecord,
  at: Date,
  before: Replay | undefined,
): Replay {
  const { pack } = context;
  const measures = meter.measuresAt(at);
  const fresh = proposeGrade(measures, pack, at);
  const rises = !before || isAbove(fresh.grade, before.proposal.grade);
  // At the same grade the newest explanation is shown; a lower one never replaces a higher grade.
  const proposal = rises || fresh.grade === before.proposal.grade ? fresh : before.proposal;
  const reasons = mustRespondReasons(proposal.grade, measures.content.class, context);
  const triggeredAt = before?.triggeredAt ?? triggerOf(fresh, record, at, context);
  const mustRespondAt =
    before?.mustRespondAt ??
    (reasons.length > 0 || isAtLeast(proposal.grade, pack.mustRespond.atLeast)
      ? moment(record, at, proposal.sentence)
      : undefined);
  return {
    evaluatedAt: at,
    proposal,
    rises: rises ? [...(before?.rises ?? []), { proposal: fresh, record }] : before.rises,
    knownAt: before?.knownAt ?? moment(record, at, '本单位系统最早采集到的一条'),
    ...(triggeredAt && { triggeredAt }),
    ...(mustRespondAt && { mustRespondAt }),
    mustRespondReasons: [...new Set([...(before?.mustRespondReasons ?? []), ...reasons])],
  };
}

function triggerOf(
  fresh: GradeProposal,
  record: EventRecord,
  at: Date,
  context: GradingContext,
): ProvenMoment | undefined {
  const byFigures = incidentGradeOf(record, context);
  if (byFigures && isAtLeast(byFigures, 'L2')) {
    return moment(record, at, `事件伤亡数字达到重大标准：${record.post.figureWords}`);
  }
  if (context.countdownProfile === 'strict' && isAtLeast(fresh.grade, 'L2')) {
    return moment(record, at, fresh.sentence);
  }
  return undefined;
}

/** Suggested grade of the incident itself, from one credible record's figures that are no mere claim. */
export function incidentGradeOf(
  { post }: EventRecord,
  { pack }: Pick<GradingContext, 'pack'>,
): Grade | undefined {
  if (!isTierAtLeast(post.mediaTier, pack.floors.credibleTier)) return undefined;
  return incidentGradeBy(post, pack);
}

function mustRespondReasons(
  grade: Grade,
  contentClass: EventRecord['post']['contentClass'],
  { pack }: GradingContext,
): MustRespondReason[] {
  return pack.mustRespond.reasons
    .filter(({ classes, atLeast }) => classes.includes(contentClass) && isAtLeast(grade, atLeast))
    .map(({ reason }) => reason);
}

function moment({ post }: EventRecord, at: Date, reason: string): ProvenMoment {
  return { at, recordId: post.postId, reason: `${post.outlet}：${reason}`, url: post.url };
}
