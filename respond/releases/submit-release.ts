import { actorOf, Refused, type Person } from '#core';
import { whyNotDraft } from './edit-release.ts';
import type { Release } from './release.ts';
import type { ReviewPack } from '../review-pack.ts';
import { RELEASE_STATE_NAMES } from '../words.ts';
import { notedAsRelease } from './release-note.ts';
import { textChanged } from './text-changed.ts';

/** The rule that forbids this person to send this text to its reviewers; undefined when none does. */
export function whyNotSubmit(
  release: Release,
  person: Person,
  pack: ReviewPack,
): Refused | undefined {
  if (release.state !== 'draft') {
    const state = RELEASE_STATE_NAMES[release.state];
    const what = release.state === 'rejected' ? '，改好存稿后再送审' : '，不用再送审';
    return new Refused('RELEASE_NOT_DRAFT', `稿件${state}${what}`);
  }
  return whyNotDraft(person, pack);
}

/** 送审: from here on the reviewers are waited for. @throws {Refused} */
export function withSubmission(
  release: Release,
  { actor, contentDigest, at }: { actor: Person; contentDigest: string; at: Date },
  pack: ReviewPack,
): Release {
  const refusal = whyNotSubmit(release, actor, pack);
  if (refusal) throw refusal;
  if (contentDigest !== release.contentDigest) throw textChanged();
  return notedAsRelease(
    { ...release, state: 'inReview' },
    { actor: actorOf(actor), at, what: '送审' },
  );
}
