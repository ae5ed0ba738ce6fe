import { HOUR_MS, isAbove, isAtLeast, MINUTE_MS, type Grade } from '#core';
import type { ProvenMoment } from '../events/opinion-event.ts';
import { incidentGradeBy } from './incident-grade.ts';
import { EventMeter, type EventRecord, type GradingContext } from './event-meter.ts';
import { findingWords, type Finding } from './finding.ts';
import type { GradeProposal } from './grade-proposal.ts';
import type { GradingPack } from './grading-pack.ts';
import type { MustRespondReason } from './must-respond-reason.ts';
import { isTierAtLeast, proposeGrade, type GradeMeasures } from './propose-grade.ts';
import { whatChanged } from './what-changed.ts';

/** What replaying an event's records gives; the same records and rules give the same answer. */
export interface Replay {
  /** Newest record evaluated. */
  readonly evaluatedAt: Date;
  /** The proposal in force: the machine proposes only upwards. */
  readonly proposal: GradeProposal;
  /** Each rise, oldest first. */
  readonly rises: readonly GradeProposal[];
  readonly knownAt: ProvenMoment;
  readonly triggeredAt?: ProvenMoment;
  readonly mustRespondAt?: ProvenMoment;
  readonly mustRespondReasons: readonly MustRespondReason[];
}

/** What grading an event goes by: its posts, and what people found out beside them. */
export interface EventHistory {
  readonly records: readonly EventRecord[];
  readonly findings: readonly Finding[];
  /** Up to where the quarter hours are looked at; the newest record when absent. */
  readonly until?: Date;
}

/**
 * Evaluates the rules at each record, at each finding, and at each quarter of an hour within the hour after
 * one (a rate may come to count only as time passes), oldest first: no tick that came late or was missed and
 * no person's delay moves a start.
 *
 * @param history of one event, in any order
 * @param previous an earlier replay over a part of it; only what is later is evaluated then
 * Source: docs/adr/0002-countdown-start.md; domain rule: T is the first moment at which the records then
 * held made the event L1/L2.
 */
export function replayGrade(
  history: EventHistory,
  context: GradingContext,
  previous?: Replay,
): Replay {
  const entries = toEntries(history);
  const meter = new EventMeter(context);
  let added = 0;
  const addUntil = (at: number): void => {
    for (; (entries[added]?.at ?? Infinity) <= at; added += 1) entries[added]?.addTo(meter);
  };
  let replay = previous;
  for (const [at, proof] of momentsOf(entries, history)) {
    if (replay && at <= replay.evaluatedAt.getTime()) continue;
    addUntil(at);
    replay = evaluate(meter, context, proof, new Date(at), replay);
  }
  if (!replay) throw new RangeError('an event has at least one record');
  return replay;
}

/** What proves a moment: a post, or a person's finding. */
interface Proof {
  readonly recordId: string;
  readonly who: string;
  readonly url?: string | undefined;
  /** The incident's own grade by this record alone, with the words that show it. */
  readonly incident?: { readonly grade: Grade; readonly words: string } | undefined;
}

/** Something that came to be known, and all moments at which it changed. */
interface Entry {
  readonly at: number;
  readonly id: string;
  readonly moments: readonly number[];
  readonly addTo: (meter: EventMeter) => void;
  readonly proofUnder: (context: GradingContext) => Proof;
}

function toEntries({ records, findings }: EventHistory): Entry[] {
  const posts = records.map((record): Entry => {
    const { post } = record;
    const at = post.fetchedAt.getTime();
    return {
      at,
      id: post.postId,
      moments: [at, ...post.snapshots.map((snapshot) => snapshot.at.getTime())],
      addTo: (meter) => meter.add(record),
      proofUnder: (context) => {
        const grade = incidentGradeOf(record, context);
        const incident = grade && { grade, words: `事件伤亡数字达到重大标准：${post.figureWords}` };
        return { recordId: post.postId, who: post.outlet, url: post.url, incident };
      },
    };
  });
  const found = findings.map((finding): Entry => {
    const at = finding.at.getTime();
    return {
      at,
      id: finding.id,
      moments: [at],
      addTo: (meter) => meter.addFinding(finding),
      proofUnder: ({ pack }) => {
        const grade = incidentGradeFound(finding, pack);
        const incident = grade && { grade, words: findingWords(finding) };
        return { recordId: finding.id, who: finding.actor.name, url: finding.url, incident };
      },
    };
  });
  return [...posts, ...found].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

const QUARTER_MS = 15 * MINUTE_MS;

/** The moments to look at, oldest first, each with the entry that was news then or last. */
function momentsOf(entries: readonly Entry[], { until }: EventHistory): [number, Entry][] {
  const moments = new Map<number, Entry>();
  for (const entry of entries) {
    moments.set(entry.at, entry);
    for (const at of entry.moments) if (!moments.has(at)) moments.set(at, entry);
  }
  const news = [...moments].sort(([a], [b]) => a - b);
  const last = Math.max(news.at(-1)?.[0] ?? 0, until?.getTime() ?? 0);
  return news.flatMap(([at, entry], index) => {
    const next = news[index + 1]?.[0] ?? last + 1;
    // An hour after the last news every window only empties: nothing can rise any more.
    const end = Math.min(next, at + HOUR_MS + 1);
    const quarters: [number, Entry][] = [];
    for (let quarter = nextQuarter(at); quarter < end; quarter += QUARTER_MS) {
      quarters.push([quarter, entry]);
    }
    return [[at, entry] as [number, Entry], ...quarters];
  });
}

const nextQuarter = (at: number): number => (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS;

function evaluate(
  meter: EventMeter,
  context: GradingContext,
  entry: Entry,
  at: Date,
  before: Replay | undefined,
): Replay {
  const { pack } = context;
  const measures = meter.measuresAt(at);
  const bare = proposeGrade(measures, pack, at);
  const changed = before && (whatChanged(before.proposal, bare) ?? before.proposal.changed);
  const fresh = { ...bare, ...(changed && { changed }) };
  const rises = !before || isAbove(fresh.grade, before.proposal.grade);
  // At the same grade the newest explanation is shown; a lower one never replaces a higher grade.
  const proposal = rises || fresh.grade === before.proposal.grade ? fresh : before.proposal;
  const proof = entry.proofUnder(context);
  const reasons = mustRespondReasons(proposal.grade, measures, context);
  const triggeredAt = before?.triggeredAt ?? triggerOf(fresh, proof, at, context);
  const mustRespondAt =
    before?.mustRespondAt ??
    (reasons.length > 0 || isAtLeast(proposal.grade, pack.mustRespond.atLeast)
      ? moment(proof, at, proposal.sentence)
      : undefined);
  return {
    evaluatedAt: at,
    proposal,
    rises: rises ? [...(before?.rises ?? []), proposal] : before.rises,
    knownAt: before?.knownAt ?? moment(proof, at, '本单位系统最早采集到的一条'),
    ...(triggeredAt && { triggeredAt }),
    ...(mustRespondAt && { mustRespondAt }),
    mustRespondReasons: [...new Set([...(before?.mustRespondReasons ?? []), ...reasons])],
  };
}

function triggerOf(
  fresh: GradeProposal,
  proof: Proof,
  at: Date,
  context: GradingContext,
): ProvenMoment | undefined {
  const { incident } = proof;
  if (incident && isAtLeast(incident.grade, 'L2')) return moment(proof, at, incident.words);
  if (context.countdownProfile === 'strict' && isAtLeast(fresh.grade, 'L2')) {
    return moment(proof, at, fresh.sentence);
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

/** The incident's grade as a person found it: by the authority's word, or by checked figures. */
function incidentGradeFound(finding: Finding, pack: GradingPack): Grade | undefined {
  if (finding.kind === 'incidentGrade') return finding.grade;
  if (finding.kind !== 'figures') return undefined;
  return incidentGradeBy({ dead: finding.dead }, pack);
}

function mustRespondReasons(
  grade: Grade,
  { content, upperOrder }: GradeMeasures,
  { pack }: GradingContext,
): MustRespondReason[] {
  const byClass = pack.mustRespond.reasons
    .filter(({ classes, atLeast }) => classes.includes(content.class) && isAtLeast(grade, atLeast))
    .map(({ reason }) => reason);
  return upperOrder ? [...byClass, 'upperOrder'] : byClass;
}

function moment({ recordId, who, url }: Proof, at: Date, reason: string): ProvenMoment {
  return { at, recordId, reason: `${who}：${reason}`, ...(url && { url }) };
}
