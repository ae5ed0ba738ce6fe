import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Grade, Person } from '#core';
import {
  ReviewPackSchema,
  type Release,
  type ReleaseDraft,
  type ReleaseStore,
  type ReviewDeps,
  type ReviewStep,
} from '#respond';
import { newRelease } from '../../respond/releases/edit-release.ts';
import { withPublication, type PublishRequest } from '../../respond/releases/publish-release.ts';
import { withSignature, type SignRequest } from '../../respond/releases/sign-release.ts';
import { office } from './people.ts';
import { minutesAfter, NOON } from './posts.ts';

/** The pack that ships, as the product reads it. */
export const reviewPack = ReviewPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/review.yaml', import.meta.url), 'utf8')),
);

/** A first release that says all it must. */
export function aDraft(changes: Partial<ReleaseDraft> = {}): ReleaseDraft {
  return {
    kind: 'firstRelease',
    title: '关于江北区部分小区停水的情况说明',
    text: '11月24日7时许，江北区供水主管破裂，约2万户用水受影响，抢修正在进行。',
    releasingUnit: '市水务局',
    checklist: {
      facts: '供水主管破裂，约2万户受影响',
      measures: '抢修、送水车',
      result: '',
      nextUpdateAt: minutesAfter(180),
    },
    ...changes,
  };
}

export const aRelease = (changes: Partial<ReleaseDraft> = {}): Release =>
  newRelease(
    {
      event: { id: 'event-1', isDrill: false },
      draft: aDraft(changes),
      actor: office.handler,
      at: NOON,
    },
    reviewPack,
  );

/** A request to sign the text as it stands. */
export const signing = (
  release: Release,
  step: ReviewStep,
  actor: Person,
  more: Partial<SignRequest> = {},
): SignRequest => ({
  step,
  verdict: 'agreed',
  comment: '',
  contentDigest: release.contentDigest,
  actor,
  grade: 'L3',
  // With the code of the moment, where the step asks for one.
  isConfirmed: true,
  at: minutesAfter(10),
  ...more,
});

/** Review with nobody who can be told. */
export const reviewDeps = (releases: ReleaseStore, more: Partial<ReviewDeps> = {}): ReviewDeps => ({
  releases,
  pack: reviewPack,
  people: { listAll: async () => [] },
  channels: new Set(['email']),
  linkFor: ({ id, personId }) => `http://huiying.test/v/review~${id}.${personId}`,
  gradeOf: async () => 'L3',
  ...more,
});

/** A request to record the text as it stands on the government's site. */
export const publishing = (
  release: Release,
  more: Partial<PublishRequest> = {},
): PublishRequest => ({
  channel: 'govSite',
  link: 'https://www.linjiang.test/2026/1124.html',
  contentDigest: release.contentDigest,
  actor: office.publisher,
  grade: 'L3',
  at: minutesAfter(20),
  ...more,
});

/** Signed by everybody whom the shortest review of this grade asks. */
export function signedByAll(release: Release, grade: Grade = 'L3'): Release {
  const signers = { content: office.reviewer, secrecy: office.secrecy, leader: office.principal };
  const steps = reviewPack.chains[grade] as (keyof typeof signers)[];
  return steps.reduce(
    (signed, step) =>
      withSignature(signed, signing(signed, step, signers[step], { grade }), reviewPack),
    release,
  );
}

export const published = (release: Release, more: Partial<PublishRequest> = {}): Release =>
  withPublication(release, publishing(release, more), reviewPack);
