import { array, assert, constantFrom, oneof, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { Refused, type Grade } from '#core';
import { ReleaseSchema, RELEASE_REGISTER_TOPIC, type Release, type ReviewStep } from '#respond';
import { withText } from '../../../respond/releases/edit-release.ts';
import { isAuthor } from '../../../respond/releases/required-steps.ts';
import { reviewOf } from '../../../respond/releases/review-of.ts';
import { signersOf } from '../../../respond/review-pack.ts';
import { withSignature } from '../../../respond/releases/sign-release.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import {
  aDraft,
  aRelease,
  published,
  reviewPack as pack,
  signing,
} from '../../support/releases.ts';

/** A small office in which everybody holds several roles: the rules must keep them apart. */
const people = [
  aPerson('骆书桥', ['handler', 'releaseReviewer', 'secrecyReviewer', 'principal', 'publisher']),
  aPerson('丁维安', ['handler', 'releaseReviewer', 'deputyLeader', 'publisher']),
  aPerson('陶知夏', ['releaseReviewer', 'secrecyReviewer']),
  aPerson('衡亦轩', ['secrecyReviewer', 'deputyLeader']),
  aPerson('方景亭', ['principal']),
  aPerson('简若汀', ['publisher']),
];
const person = constantFrom(...people);
const grade = constantFrom<Grade>('L1', 'L2', 'L3', 'L3', 'L3');
/** Digests that were once right are tried too. */
const ago = constantFrom(0, 0, 0, 0, 1, 2);

const act = oneof(
  {
    weight: 1,
    arbitrary: record({ kind: constantFrom('edit'), person, text: constantFrom('甲', '乙') }),
  },
  {
    weight: 8,
    arbitrary: record({
      kind: constantFrom('sign'),
      person,
      grade,
      ago,
      step: constantFrom('content', 'secrecy', 'leader'),
      verdict: constantFrom(...Array<'agreed'>(9).fill('agreed'), 'rejected' as const),
    }),
  },
  { weight: 3, arbitrary: record({ kind: constantFrom('publish'), person, grade, ago }) },
);
type Act = typeof act extends { generate: (...inputs: never[]) => { value: infer T } } ? T : never;

/** Does one act, or leaves the release as it is when the rules refuse; anything but a refusal is a bug. */
function tryAct(release: Release, act: Act, digests: readonly string[], minute: number): Release {
  const at = minutesAfter(minute);
  const contentDigest = digests.at('ago' in act ? -1 - act.ago : -1) ?? release.contentDigest;
  try {
    if ('text' in act) {
      const draft = aDraft({
        text: act.text,
        checklist: { ...release.checklist, result: '已恢复供水' },
      });
      return withText(release, { draft, actor: act.person, at }, pack) ?? release;
    }
    if ('step' in act) {
      const more = { verdict: act.verdict, comment: '意见', contentDigest, grade: act.grade, at };
      return withSignature(release, signing(release, act.step, act.person, more), pack);
    }
    return published(release, { actor: act.person, contentDigest, grade: act.grade, at });
  } catch (error) {
    if (error instanceof Refused) return release;
    throw error;
  }
}

/** Every step of the grade: agreed to, under this digest, by one who may, an author of nothing here. */
function expectFullReview(release: Release, grade: Grade): void {
  for (const step of pack.chains[grade]) {
    const signature = release.signatures.findLast((one) => one.step === step && !one.voidedAt);
    expect(signature).toMatchObject({ verdict: 'agreed', contentDigest: release.contentDigest });
    const { actor, roles } = signature!;
    expect(isAuthor(release, actor.personId)).toBe(false);
    expect(signersOf(pack, step, grade).some((role) => roles.includes(role))).toBe(true);
    expect(actor.personId).not.toBe(release.published?.by.personId);
  }
}

/** Whether an act goes through; anything but a refusal is a bug. */
function goesThrough(attempt: () => unknown): boolean {
  try {
    return attempt() !== undefined;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

test('whatever people try, a published text was signed in full under its very digest, by no author', () => {
  let publications = 0;
  assert(
    property(array(act, { minLength: 10, maxLength: 40 }), (acts) => {
      let release = aRelease();
      const digests = [release.contentDigest];
      for (const [number, tried] of acts.entries()) {
        const before = release;
        release = tryAct(before, tried, digests, number);
        if (release.contentDigest !== digests.at(-1)) digests.push(release.contentDigest);
        // What happened stays: nothing is ever taken from the record.
        expect(release.history.slice(0, before.history.length)).toEqual(before.history);
        expect(release.signatures.length).toBeGreaterThanOrEqual(before.signatures.length);
        if (release.state !== 'published' || before.state === 'published') continue;

        publications += 1;
        expect(release.contentDigest).toBe(before.contentDigest);
        expectFullReview(release, 'grade' in tried ? tried.grade : 'L1');
      }
      const entries = release.effects.filter(({ topic }) => topic === RELEASE_REGISTER_TOPIC);
      expect(entries).toHaveLength(release.state === 'published' ? 1 : 0);
      const withoutEffects = { ...release, effects: [] };
      const stored: unknown = JSON.parse(JSON.stringify(withoutEffects));
      expect(ReleaseSchema.parse(stored)).toEqual(withoutEffects);
    }),
    { numRuns: 300, seed: 20_261_124 },
  );
  // Otherwise the rules above were never put to the test.
  expect(publications).toBeGreaterThan(10);
});

test('no button promises what the act refuses, and none is missing that the act allows', () => {
  let publishable = 0;
  assert(
    property(array(act, { minLength: 4, maxLength: 20 }), person, grade, (acts, asking, grade) => {
      let release = aRelease();
      for (const [number, tried] of acts.entries()) {
        release = tryAct(release, tried, [release.contentDigest], number);
      }
      const at = minutesAfter(60);
      const review = reviewOf(release, asking, grade, pack, { at });
      if (review.mayPublish) publishable += 1;
      const edit = { draft: aDraft({ text: '丙' }), actor: asking, at };
      const weibo = { channel: 'weibo', link: 'https://weibo.test/1' } as const;
      const signs = (step: ReviewStep) => () =>
        withSignature(release, signing(release, step, asking, { grade }), pack);
      expect({
        steps: review.steps.map(({ step, maySign }) => ({ step, maySign })),
        mayEdit: review.mayEdit,
        mayPublish: review.mayPublish,
      }).toEqual({
        steps: pack.chains[grade].map((step) => ({ step, maySign: goesThrough(signs(step)) })),
        mayEdit: goesThrough(() => withText(release, edit, pack)),
        mayPublish: goesThrough(() => published(release, { actor: asking, grade, ...weibo })),
      });
    }),
    { numRuns: 300, seed: 20_261_124 },
  );
  expect(publishable).toBeGreaterThan(10);
});
