import { actorOf, amend, auditEffect, hasRole, Refused, type Grade, type Person } from '#core';
import { openHits } from './hit-answers.ts';
import type { RespondDeps } from '../ports.ts';
import type { Release, ReviewSignature, ReviewStep } from './release.ts';
import { isAuthor, openSteps, requiredSteps, signatureOf } from './required-steps.ts';
import { signersOf, type ReviewPack } from '../review-pack.ts';
import { REVIEW_STEP_NAMES, RELEASE_STATE_NAMES, rolesInWords } from '../words.ts';

export interface SignRequest {
  readonly step: ReviewStep;
  readonly verdict: ReviewSignature['verdict'];
  /** Mandatory when rejecting. */
  readonly comment: string;
  /** Digest of the text that the reviewer read. */
  readonly contentDigest: string;
  readonly actor: Person;
  /** The event's grade in force. */
  readonly grade: Grade;
  readonly at: Date;
}

const SIGNABLE: readonly Release['state'][] = ['draft', 'inReview', 'approved'];

/** The rule that forbids this person this step of the review; undefined when none does. */
export function whyNotReview(
  release: Release,
  step: ReviewStep,
  person: Person,
  grade: Grade,
  pack: ReviewPack,
): Refused | undefined {
  const name = REVIEW_STEP_NAMES[step];
  if (!SIGNABLE.includes(release.state)) {
    const state = RELEASE_STATE_NAMES[release.state];
    return new Refused('RELEASE_NOT_IN_REVIEW', `稿件${state}，不能签署`);
  }
  if (!requiredSteps(pack, grade).includes(step)) {
    return new Refused('REVIEW_STEP_NOT_ASKED', `本事件的等级不要求${name}`);
  }
  const signers = signersOf(pack, step, grade);
  if (!hasRole(person, ...signers)) {
    const who = rolesInWords(signers);
    return new Refused('ROLE_NEEDED', `${name}须由${who}签署`, 'forbidden');
  }
  if (isAuthor(release, person.id)) {
    return new Refused('AUTHOR_MAY_NOT_REVIEW', '拟稿、改稿的人不得审查同一稿件', 'forbidden');
  }
  return undefined;
}

/** The rule that forbids this very signature; undefined when none does. */
function whyNotSign(release: Release, request: SignRequest, pack: ReviewPack): Refused | undefined {
  const { step, verdict, comment, contentDigest, actor, grade } = request;
  const refusal = whyNotReview(release, step, actor, grade, pack);
  if (refusal) return refusal;
  if (contentDigest !== release.contentDigest) return textChanged();
  if (verdict === 'rejected') {
    return comment.trim() === ''
      ? new Refused('REJECTION_REASON_NEEDED', '退回修改须写明意见', 'invalid')
      : undefined;
  }
  const open = openHits(release, pack);
  if (open.length > 0) {
    const words = open.map((hit) => `“${hit.words}”`).join('、');
    return new Refused('TEXT_HITS_OPEN', `文字检查发现的${words}还没有写明处理意见，不能同意`);
  }
  if (!openSteps(release, grade, pack).includes(step)) {
    const by = signatureOf(release, step)?.actor.name ?? '';
    return new Refused('REVIEW_STEP_SIGNED', `${REVIEW_STEP_NAMES[step]}已由${by}签署`);
  }
  return undefined;
}

/** Somebody read or signed another version than the one that stands here now. */
export const textChanged = (): Refused =>
  new Refused('RELEASE_TEXT_CHANGED', '稿件内容已有改动，请重新阅读后再办理');

/**
 * Puts a signature under the present text: the last one asked for makes it approved, a rejection sends it
 * back.
 *
 * @throws {Refused} when a rule forbids it
 */
export function withSignature(release: Release, request: SignRequest, pack: ReviewPack): Release {
  const refusal = whyNotSign(release, request, pack);
  if (refusal) throw refusal;

  const { step, verdict, comment, contentDigest, actor, grade, at } = request;
  const by = actorOf(actor);
  const signed: Release = {
    ...release,
    signatures: [
      ...release.signatures,
      { step, actor: by, roles: actor.roles, at, verdict, comment, contentDigest },
    ],
  };
  const isComplete = openSteps(signed, grade, pack).length === 0;
  const name = REVIEW_STEP_NAMES[step];
  const what = verdict === 'agreed' ? `${name}同意` : `${name}退回修改：${comment}`;
  return {
    ...signed,
    state: verdict === 'rejected' ? 'rejected' : isComplete ? 'approved' : 'inReview',
    history: [...release.history, { at, actor: by, what }],
    effects: [
      ...release.effects,
      auditEffect({
        at,
        actor: by,
        act: what,
        target: `release:${release.id}`,
        eventId: release.eventId,
        detail: `文本摘要 ${contentDigest}${comment && verdict === 'agreed' ? `；${comment}` : ''}`,
      }),
    ],
  };
}

/**
 * A reviewer's verdict on one step, under the text that the reviewer read.
 *
 * @throws {Refused | NotFound}
 */
export async function signRelease(
  { releases, pack }: RespondDeps,
  { releaseId, ...request }: SignRequest & { readonly releaseId: string },
): Promise<Release> {
  return amend(releases, releaseId, (release) => withSignature(release, request, pack));
}
