import { idOf, laterOf, MACHINE, type Effect } from '#core';
import type { Terms } from './assign-event.ts';
import { figuresHistory } from './figures-history.ts';
import type { Lead, LeadPost } from './lead.ts';
import { interactionsAt } from './lead.ts';
import { keepStanding, type Standing } from './keep-standing.ts';
import type { EventRecord, GradingContext } from '../grade/event-meter.ts';
import {
  GradedEventSchema,
  OPINION_EVENTS_TOPIC,
  type GradeChange,
  type OpinionEvent,
  type ProvenMoment,
} from './opinion-event.ts';
import { isTierAtLeast } from '../grade/propose-grade.ts';
import { replayGrade, type Replay } from '../grade/replay-grade.ts';

/** All that an event is made of. */
export interface EventParts {
  readonly leads: readonly Lead[];
  /** The heaviest terms of the leads together. */
  readonly terms: Terms;
}

/** What an event is judged by after a regrouping: the leads it has then. */
export interface Judging {
  readonly parts: EventParts;
  readonly context: GradingContext;
  readonly until: Date;
}

/** An event as its leads make it for the first time; `until` as in `EventHistory`. */
export function openEvent(
  id: string,
  parts: EventParts,
  context: GradingContext,
  { isDrill, until }: { readonly isDrill: boolean; readonly until?: Date },
): OpinionEvent {
  const records = recordsOf(parts.leads);
  const replay = replayGrade({ records, findings: [], ...(until && { until }) }, context);
  const first = earliestPublic(records);
  const event: OpinionEvent = {
    id,
    revision: 1,
    effects: [],
    title: '',
    state: 'registered',
    isDrill,
    watchIds: [],
    regionCodes: [],
    topTerms: [],
    entities: [],
    evaluatedAt: replay.evaluatedAt,
    firstPublicAt: first.publishedAt,
    firstPostId: first.postId,
    lastPostAt: first.publishedAt,
    postCount: 0,
    outletCount: 0,
    interactions: 0,
    knownAt: replay.knownAt,
    figures: [],
    findings: [],
    proposal: replay.proposal,
    gradeHistory: [],
    responseValue: 'none',
    mustRespondReasons: [],
    kept: [],
  };
  return withEffect(applyReplay(event, parts, records, replay, context));
}

/** An event with what its leads and findings hold now; undefined when nothing is new to it. */
export function updateEvent(
  event: OpinionEvent,
  parts: EventParts,
  context: GradingContext,
  until?: Date,
): OpinionEvent | undefined {
  const records = recordsOf(parts.leads);
  const { findings } = event;
  const history = { records, findings, ...(until && { until }) };
  const judged = records.filter(({ post }) => post.fetchedAt <= event.evaluatedAt).length;
  const isLate = judged !== event.postCount;
  // A record from before the ones already judged: judge all of them again, in order.
  const found = replayGrade(history, context, isLate ? undefined : previousReplay(event));
  const replay = keepStanding(found, event.kept);
  const next = applyReplay(event, parts, records, replay, context);
  const isSame =
    next.postCount === event.postCount &&
    next.interactions === event.interactions &&
    replay.proposal.grade === event.proposal.grade &&
    replay.proposal.sentence === event.proposal.sentence;
  return isSame ? undefined : withEffect({ ...next, revision: event.revision + 1 });
}

/**
 * An event whose leads are others than before, with everything judged again from the first record on.
 *
 * @param floor what it may not fall below now, beside what it keeps for good
 */
export function judgeAnew(
  event: OpinionEvent,
  { parts, context, until }: Judging,
  floor: readonly Standing[] = [],
): OpinionEvent {
  const records = recordsOf(parts.leads);
  const history = { records, findings: event.findings, until };
  const replay = keepStanding(replayGrade(history, context), [...event.kept, ...floor]);
  const judged = applyReplay(event, parts, records, replay, context);
  return withEffect({ ...judged, revision: event.revision + 1 });
}

/** The event with the news of itself for those on the right; its id is the revision's. */
export function withEffect(event: OpinionEvent): OpinionEvent {
  const effect: Effect = {
    topic: OPINION_EVENTS_TOPIC,
    id: idOf('graded', event.id, String(event.revision)),
    key: event.id,
    body: GradedEventSchema.parse(event),
  };
  return { ...event, effects: [...event.effects, effect] };
}

export function recordsOf(leads: readonly Lead[]): EventRecord[] {
  return leads.flatMap((lead) => lead.posts.map((post) => ({ leadId: lead.id, post })));
}

function previousReplay(event: OpinionEvent): Replay {
  const { evaluatedAt, proposal, knownAt, triggeredAt, mustRespondAt, mustRespondReasons } = event;
  return {
    evaluatedAt,
    proposal,
    rises: [],
    knownAt,
    mustRespondReasons,
    ...(triggeredAt && { triggeredAt }),
    ...(mustRespondAt && { mustRespondAt }),
  };
}

function applyReplay(
  event: OpinionEvent,
  { leads, terms }: EventParts,
  records: readonly EventRecord[],
  replay: Replay,
  context: GradingContext,
): OpinionEvent {
  const posts = records.map(({ post }) => post);
  const first = earliestPublic(records);
  const known = new Set(event.gradeHistory.map((row) => row.at.getTime()));
  const rises: GradeChange[] = replay.rises
    .filter(({ at }) => !known.has(at.getTime()))
    .map(({ at, grade, sentence }) => ({
      at,
      actor: MACHINE,
      kind: 'proposed',
      to: grade,
      reason: sentence,
    }));
  const lastPostAt = posts.map(({ publishedAt }) => publishedAt).reduce(laterOf);
  return {
    ...event,
    title: titleOf(records, context),
    watchIds: distinct(leads.flatMap((lead) => lead.watchIds)),
    regionCodes: distinct(posts.flatMap((post) => post.regionCodes)),
    topTerms: terms.map(([term, weight]) => [term, weight]),
    entities: distinct(leads.flatMap((lead) => lead.entities)).slice(0, 60),
    evaluatedAt: replay.evaluatedAt,
    firstPublicAt: first.publishedAt,
    firstPostId: first.postId,
    lastPostAt,
    postCount: posts.length,
    outletCount: new Set(posts.map((post) => post.outlet)).size,
    interactions: posts.reduce((sum, post) => sum + interactionsAt(post, replay.evaluatedAt), 0),
    knownAt: replay.knownAt,
    ...earliest('triggeredAt', event, replay),
    ...earliest('mustRespondAt', event, replay),
    ...occurredAtOf(event, posts),
    figures: figuresHistory(posts, ({ mediaTier }) =>
      isTierAtLeast(mediaTier, context.pack.floors.credibleTier),
    ),
    proposal: replay.proposal,
    gradeHistory: [...event.gradeHistory, ...rises],
    mustRespondReasons: [...replay.mustRespondReasons],
    responseValue: responseValueOf(event, replay),
  };
}

/** A person's earlier decision on the value stays with the confirmed grade; the rules only add duties. */
function responseValueOf(event: OpinionEvent, replay: Replay): OpinionEvent['responseValue'] {
  if (replay.mustRespondAt || event.responseValue === 'must') return 'must';
  return replay.proposal.grade === 'L4' ? 'should' : 'none';
}

function earliestPublic(records: readonly EventRecord[]): EventRecord['post'] {
  return records
    .map(({ post }) => post)
    .reduce((first, post) => (post.publishedAt < first.publishedAt ? post : first));
}

/**
 * The event's name: that of the earliest report of the gravest credible figures, so that no title says
 * 一人受伤 over three dead; without figures the earliest institution's, which names a matter more soberly
 * than a post on a board.
 */
function titleOf(records: readonly EventRecord[], { pack }: GradingContext): string {
  const posts = records.map(({ post }) => post);
  const credible = posts.filter(({ mediaTier }) =>
    isTierAtLeast(mediaTier, pack.floors.credibleTier),
  );
  const most = Math.max(0, ...credible.map(({ dead = 0 }) => dead));
  const groups = [
    most > 0 ? credible.filter(({ dead }) => dead === most) : [],
    posts.filter(({ outletKind }) => outletKind === 'institution'),
    posts,
  ];
  const named = groups.find((group) => group.length > 0) ?? [];
  return named.reduce((first, post) => (post.fetchedAt < first.fetchedAt ? post : first)).title;
}

/** When it happened, as the first record that says so has it; what a person entered stays. */
function occurredAtOf(
  event: OpinionEvent,
  posts: readonly LeadPost[],
): Pick<OpinionEvent, 'occurredAt'> {
  const { occurredAt } = event;
  if (occurredAt) return { occurredAt };
  const telling = posts.filter((post) => post.occurredAt !== undefined);
  const institutions = telling.filter(({ outletKind }) => outletKind === 'institution');
  const [first] = (institutions.length > 0 ? institutions : telling).toSorted(
    (a, b) => a.fetchedAt.getTime() - b.fetchedAt.getTime(),
  );
  if (!first?.occurredAt) return {};
  const { outlet, occurredWords = '', postId: recordId, url } = first;
  return {
    occurredAt: { at: first.occurredAt, recordId, reason: `${outlet}：${occurredWords}`, url },
  };
}

/** A start moves only earlier, whoever found it. */
function earliest<Key extends 'triggeredAt' | 'mustRespondAt'>(
  key: Key,
  ...found: readonly { readonly [K in Key]?: ProvenMoment | undefined }[]
): { [K in Key]?: ProvenMoment } {
  const moments = found.flatMap((one) => one[key] ?? []);
  const first = moments.sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  return (first ? { [key]: first } : {}) as { [K in Key]?: ProvenMoment };
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
