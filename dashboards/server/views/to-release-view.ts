import {
  changeSinceReview,
  RELEASE_CHANNEL_NAMES,
  RELEASE_KIND_NAMES,
  RELEASE_STATE_NAMES,
  REVIEW_STEP_NAMES,
  TEXT_HIT_NAMES,
  type Release,
  type ReleaseReview,
} from '#respond';
import type { ReleaseView } from '#contract';
import { iso } from './iso.ts';

export function toReleaseView(release: Release, review: ReleaseReview): ReleaseView {
  const { checklist, published, withdrawn } = release;
  // Once it is public nobody signs it any more.
  const changed = published ? undefined : changeSinceReview(release);
  return {
    id: release.id,
    eventId: release.eventId,
    kind: release.kind,
    kindName: RELEASE_KIND_NAMES[release.kind],
    state: release.state,
    stateName: RELEASE_STATE_NAMES[release.state],
    title: release.title,
    text: release.text,
    contentDigest: release.contentDigest,
    releasingUnit: release.releasingUnit,
    checklist: { ...checklist, nextUpdateAt: iso(checklist.nextUpdateAt) },
    drafter: release.drafter.name,
    steps: review.steps.map(({ step, signature, maySign, isStandIn, needsSecondFactor, wait }) => ({
      step,
      name: REVIEW_STEP_NAMES[step],
      signedBy: signature?.actor.name,
      signedAt: iso(signature?.at),
      verdict: signature?.verdict,
      comment: signature?.comment,
      maySign,
      isStandIn: signature ? signature.inPlaceOf !== undefined : isStandIn,
      needsSecondFactor,
      dueAt: iso(wait?.dueAt),
      isPassedOn: wait?.passedOnAt !== undefined,
    })),
    hits: review.hits.map(({ key, kind, words, says, mustAnswer, answer }) => ({
      key,
      kindName: TEXT_HIT_NAMES[kind],
      words,
      says,
      mustAnswer,
      answer: answer && { by: answer.actor.name, at: iso(answer.at), reason: answer.reason },
    })),
    mayAnswerHits: review.mayAnswerHits,
    changed: changed && {
      since: iso(changed.replacedAt),
      reviewers: [...changed.reviewers],
      parts: [...changed.parts],
    },
    published: published && {
      at: iso(published.at),
      by: published.by.name,
      channel: published.channel,
      channelName: RELEASE_CHANNEL_NAMES[published.channel],
      link: published.link,
      enteredAt: iso(published.enteredAt),
      lateReason: published.lateReason,
    },
    missing: [...review.missing],
    mayEdit: review.mayEdit,
    maySubmit: review.maySubmit,
    mayPublish: review.mayPublish,
    mayCorrect: review.mayCorrect,
    mayWithdraw: review.mayWithdraw,
    corrects: release.corrects,
    clarifies: release.clarifies,
    correctedBy: release.correctedBy && {
      releaseId: release.correctedBy.releaseId,
      at: iso(release.correctedBy.at),
    },
    withdrawn: withdrawn && { ...withdrawn, at: iso(withdrawn.at), by: withdrawn.by.name },
    createdAt: iso(release.createdAt),
  };
}
