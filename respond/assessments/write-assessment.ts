import { actorOf, amend, idOf, Refused } from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import type { JudgingPack } from '../judging-pack.ts';
import { demandRole } from '../judging-pack.ts';
import { newNoted, notedAs, type ActOf, type ActOnEvent } from '../noted.ts';
import type { Assessment, AssessmentDraft, AssessmentStore } from './assessment.ts';
import { findQuestions, type AskingPost } from './find-questions.ts';

const noted = notedAs('assessment');

export interface AssessmentRequest extends ActOnEvent {
  readonly draft: AssessmentDraft;
  /** The event's posts, oldest first. */
  readonly posts: readonly AskingPost[];
}

export interface AssessmentDeps {
  readonly assessments: AssessmentStore;
  readonly pack: JudgingPack;
}

/**
 * The judgement as a person wrote it, on the open round or, where the last one is confirmed, on the next.
 *
 * @throws {Refused} when the role is missing or a quotation stands in no post
 */
export function writtenAssessment(
  last: Assessment | undefined,
  request: AssessmentRequest,
  pack: JudgingPack,
): Assessment {
  const { draft, actor, event, posts } = request;
  demandRole(actor, pack.assessments.assessors, '拟写研判');
  for (const { quotes } of draft.camps) quotes.forEach((quote) => demandVerbatim(quote, posts));
  const found = new Map(
    findQuestions(posts, pack.questions).map(({ text, postIds }) => [text, [...postIds]]),
  );
  const text = {
    ...draft,
    focusQuestions: draft.focusQuestions.map((asked) => ({
      text: asked,
      postIds: found.get(asked) ?? keptIds(last, asked),
      foundBy: found.has(asked) || keptIds(last, asked).length > 0 ? 'machine' : 'person',
    })) satisfies Assessment['focusQuestions'],
  };
  const by = actorOf(actor);
  if (last && !last.confirmed) {
    const isKnown = [last.writer, ...last.editors].some(({ personId }) => personId === actor.id);
    const editors = isKnown ? last.editors : [...last.editors, by];
    return noted({ ...last, ...text, editors }, request, `改写第${last.round}轮研判`);
  }
  const round = (last?.round ?? 0) + 1;
  const first = newNoted(request, idOf('assessment', event.id, String(round)));
  return noted(
    { ...first, ...text, round, writer: by, editors: [] },
    request,
    `拟写第${round}轮研判`,
  );
}

/**
 * The assessment with a name beneath it.
 *
 * @throws {Refused} when a rule forbids it
 */
export function confirmedAssessment(
  assessment: Assessment,
  request: ActOf,
  pack: JudgingPack,
): Assessment {
  const { actor, at } = request;
  demandRole(actor, pack.assessments.confirmers, '确认研判');
  if (assessment.confirmed) throw new Refused('ASSESSMENT_CONFIRMED', '这一轮研判已经确认');
  if ([assessment.writer, ...assessment.editors].some(({ personId }) => personId === actor.id)) {
    throw new Refused('OWN_TEXT', '拟写、改写研判的人不能确认它', 'forbidden');
  }
  const missing = missingFromAssessment(assessment);
  if (missing.length > 0) throw new Refused('ASSESSMENT_INCOMPLETE', missing.join('；'), 'invalid');
  const confirmed = { by: actorOf(actor), at };
  const { id, eventId, round, isDrill } = assessment;
  const act: DutyAct = {
    id: idOf('act', 'assessmentConfirmed', id),
    eventId,
    kind: 'assessmentConfirmed',
    doneAt: at,
    ref: `assessment:${id}`,
    what: `${actor.name}确认第${round}轮研判`,
    isDrill,
  };
  const effect = { topic: ACTS_TOPIC, id: act.id, key: eventId, body: act };
  return noted({ ...assessment, confirmed }, request, `确认第${round}轮研判`, effect);
}

/** What an assessment must say before anybody can confirm it, in words. */
export function missingFromAssessment(
  assessment: Pick<Assessment, 'known' | 'unknown' | 'disputed' | 'responseReason' | 'advice'>,
): string[] {
  const { known, unknown, disputed, responseReason, advice } = assessment;
  return [
    ...(known.length + unknown.length + disputed.length === 0 ? ['没有写事实'] : []),
    ...(responseReason === '' ? ['没有写是否回应的理由'] : []),
    ...(advice.length === 0 ? ['没有写建议'] : []),
  ];
}

/** @throws {Refused} */
export async function writeAssessment(
  { assessments, pack }: AssessmentDeps,
  request: AssessmentRequest,
): Promise<Assessment> {
  const last = (await assessments.listByEvent(request.event.id)).at(-1);
  const written = writtenAssessment(last, request, pack);
  if (last?.id === written.id) {
    return amend(assessments, last.id, (found) => writtenAssessment(found, request, pack));
  }
  if (await assessments.create(written)) return written;
  throw new Refused('ASSESSMENT_BEGUN', '他人刚刚开始了这一轮研判，请刷新后再写');
}

/** @throws {Refused | NotFound} */
export async function confirmAssessment(
  { assessments, pack }: AssessmentDeps,
  { assessmentId, ...request }: ActOf & { readonly assessmentId: string },
): Promise<Assessment> {
  return amend(assessments, assessmentId, (found) => confirmedAssessment(found, request, pack));
}

function demandVerbatim(
  { text, postId }: { readonly text: string; readonly postId: string },
  posts: readonly AskingPost[],
): void {
  const post = posts.find(({ id }) => id === postId);
  if (post && `${post.title}\n${post.text}`.includes(text)) return;
  const rule = `“${text}”不是所引信息的原话；引语只能一字不改地摘自本事件的信息`;
  throw new Refused('QUOTE_NOT_VERBATIM', rule, 'invalid');
}

/** More posts may group otherwise; a question once found keeps the posts that asked it. */
const keptIds = (last: Assessment | undefined, asked: string): string[] =>
  last?.focusQuestions.find(({ text }) => text === asked)?.postIds ?? [];
