import { actorOf, amend, auditEffect, Refused, type Grade, type Person } from '#core';
import { checkText } from './check-text.ts';
import type { RespondDeps } from '../ports.ts';
import type { Release } from './release.ts';
import { requiredSteps } from './required-steps.ts';
import type { ReviewPack } from '../review-pack.ts';
import { whyNotReview } from './sign-release.ts';
import { textChanged } from './text-changed.ts';

export interface AnswerHitRequest {
  readonly hitKey: string;
  /** Why the words stay as they are. */
  readonly reason: string;
  /** Digest of the text that was read. */
  readonly contentDigest: string;
  readonly actor: Person;
  readonly grade: Grade;
  readonly at: Date;
}

/** Whoever may sign a step of the review may decide on a hit; never the author. */
export function mayAnswerHits(
  release: Release,
  person: Person,
  grade: Grade,
  pack: ReviewPack,
): boolean {
  return requiredSteps(pack, grade).some(
    (step) => !whyNotReview(release, step, person, grade, pack),
  );
}

/** @throws {Refused} when a rule forbids it */
export function withHitAnswer(
  release: Release,
  { hitKey, reason, contentDigest, actor, grade, at }: AnswerHitRequest,
  pack: ReviewPack,
): Release {
  if (!mayAnswerHits(release, actor, grade, pack)) {
    const rule = '负面清单和个人信息的处理意见由审查人写，拟稿、改稿的人不得写';
    throw new Refused('HIT_ANSWER_BY_REVIEWER', rule, 'forbidden');
  }
  if (contentDigest !== release.contentDigest) throw textChanged();
  const hit = checkText(release, pack.textCheck).find(({ key }) => key === hitKey);
  if (!hit?.mustAnswer) throw new Refused('NO_SUCH_HIT', '这一版文字里没有这一处');
  if (reason.trim() === '') {
    throw new Refused(
      'HIT_REASON_NEEDED',
      '请写明为什么可以保留；不能保留的，请退回修改',
      'invalid',
    );
  }
  const by = actorOf(actor);
  const what = `文字检查：“${hit.words}”可以保留：${reason.trim()}`;
  const detail = `${hit.says}；文本摘要 ${contentDigest}`;
  const { id, eventId } = release;
  return {
    ...release,
    hitAnswers: [
      ...(release.hitAnswers ?? []),
      { hitKey, words: hit.words, reason: reason.trim(), actor: by, at, contentDigest },
    ],
    history: [...release.history, { at, actor: by, what }],
    effects: [
      ...release.effects,
      auditEffect({ at, actor: by, act: what, target: `release:${id}`, eventId, detail }),
    ],
  };
}

/** @throws {Refused | NotFound} */
export async function answerHit(
  { releases, pack }: RespondDeps,
  { releaseId, ...request }: AnswerHitRequest & { readonly releaseId: string },
): Promise<Release> {
  return amend(releases, releaseId, (release) => withHitAnswer(release, request, pack));
}
