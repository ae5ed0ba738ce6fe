import { actorOf, hasRole, Refused, type Grade, type Person, type Role } from '#core';
import { openHits } from './hit-answers.ts';
import type { Release, ReviewSignature, ReviewStep } from './release.ts';
import { isAuthor, openSteps, requiredSteps, signatureOf } from './required-steps.ts';
import { notedAsRelease } from './release-note.ts';
import { asksSecondFactor, signersOf, standInsOf, type ReviewPack } from '../review-pack.ts';
import { textChanged } from './text-changed.ts';
import { REVIEW_STEP_NAMES, RELEASE_STATE_NAMES, rolesInWords } from '../words.ts';

export interface SignRequest {
  readonly step: ReviewStep;
  readonly verdict: ReviewSignature['verdict'];
  /** Mandatory when rejecting. */
  readonly comment: string;
  /** Digest of the text that the reviewer read. */
  readonly contentDigest: string;
  /** Whether the actor has just proved the second factor. */
  readonly isConfirmed?: boolean | undefined;
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
  const standIns = standInsFor(release, step, grade, pack);
  if (!hasRole(person, ...signers, ...standIns)) {
    const who = rolesInWords([...signers, ...standIns]);
    return new Refused('ROLE_NEEDED', `${name}须由${who}签署`, 'forbidden');
  }
  if (isAuthor(release, person.id)) {
    return new Refused('AUTHOR_MAY_NOT_REVIEW', '拟稿、改稿的人不得审查同一稿件', 'forbidden');
  }
  return undefined;
}

/** Who may sign the step because those who should have been silent for too long. */
export function standInsFor(
  release: Release,
  step: ReviewStep,
  grade: Grade,
  pack: ReviewPack,
): readonly Role[] {
  const isPassedOn = (release.waits ?? []).some((one) => one.step === step && one.passedOnAt);
  return isPassedOn ? standInsOf(pack, step, grade) : [];
}

/** Whether agreeing asks for 动态口令; nobody of a drill has one, for its people are played. */
export const needsSecondFactor = (
  release: Release,
  step: ReviewStep,
  grade: Grade,
  pack: ReviewPack,
): boolean => !release.isDrill && asksSecondFactor(pack, step, grade);

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
  // Last, so that a code is asked for only where it is all that is missing.
  return needsSecondFactor(release, step, grade, pack) && !request.isConfirmed
    ? new Refused(SECOND_FACTOR_NEEDED, `${REVIEW_STEP_NAMES[step]}须输入动态口令`, 'forbidden')
    : undefined;
}

/** Code of the refusal that a proved second factor lifts. */
export const SECOND_FACTOR_NEEDED = 'SECOND_FACTOR_NEEDED';

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
  const signers = signersOf(pack, step, grade);
  const isStandIn = !hasRole(actor, ...signers);
  const isConfirmed = verdict === 'agreed' && needsSecondFactor(release, step, grade, pack);
  const signed: Release = {
    ...release,
    signatures: [
      ...release.signatures,
      {
        step,
        actor: by,
        roles: actor.roles,
        at,
        verdict,
        comment,
        contentDigest,
        ...(isStandIn && { inPlaceOf: [...signers] }),
        ...(isConfirmed && { isConfirmed }),
      },
    ],
  };
  const isComplete = openSteps(signed, grade, pack).length === 0;
  const name = REVIEW_STEP_NAMES[step];
  const place = isStandIn ? `（超过时限，代${rolesInWords(signers)}签署）` : '';
  const how = isConfirmed ? '（动态口令）' : '';
  const what =
    verdict === 'agreed' ? `${name}同意${place}${how}` : `${name}退回修改${place}：${comment}`;
  const state = verdict === 'rejected' ? 'rejected' : isComplete ? 'approved' : 'inReview';
  const more = verdict === 'agreed' ? comment : '';
  return notedAsRelease({ ...signed, state }, { actor: by, at, what, more });
}
