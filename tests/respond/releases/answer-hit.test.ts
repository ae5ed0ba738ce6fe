import { expect, test } from 'vitest';
import { Refused, type Person } from '#core';
import type { Release } from '#respond';
import { withHitAnswer } from '../../../respond/releases/answer-hit.ts';
import { withText } from '../../../respond/releases/edit-release.ts';
import { openHits } from '../../../respond/releases/hit-answers.ts';
import { withSignature } from '../../../respond/releases/sign-release.ts';
import { office } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aDraft, aRelease, reviewPack as pack, signing } from '../../support/releases.ts';

const TEXT = '会议纪要已印发，请致电 13812345678 联系。';
const answer = (release: Release, actor: Person, reason = '对外值班电话，已核', index = 0) =>
  withHitAnswer(
    release,
    {
      hitKey: openHits(release, pack)[index]?.key ?? 'none',
      reason,
      contentDigest: release.contentDigest,
      actor,
      grade: 'L3',
      at: minutesAfter(5),
    },
    pack,
  );
const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
  return 'done';
};
const agree = (release: Release) =>
  withSignature(release, signing(release, 'content', office.reviewer), pack);

test('nobody agrees to a text before each hit of the negative list and each personal number is answered', () => {
  const release = aRelease({ text: TEXT });
  expect(openHits(release, pack).map(({ words }) => words)).toEqual(['会议纪要', '13812345678']);
  expect(code(() => agree(release))).toBe('TEXT_HITS_OPEN');
  const one = answer(release, office.reviewer);
  expect(code(() => agree(one))).toBe('TEXT_HITS_OPEN');
  const both = answer(one, office.reviewer);
  expect(agree(both).state).toBe('inReview');
  expect(both.history.at(-1)?.what).toContain('对外值班电话，已核');
});

test('a text can always be sent back, answered or not', () => {
  const release = aRelease({ text: TEXT });
  const rejecting = signing(release, 'content', office.reviewer, {
    verdict: 'rejected',
    comment: '删去手机号',
  });
  expect(withSignature(release, rejecting, pack).state).toBe('rejected');
});

test('an answer is for one version: one changed character asks again', () => {
  const answered = answer(answer(aRelease({ text: TEXT }), office.reviewer), office.secrecy);
  expect(openHits(answered, pack)).toEqual([]);
  const edit = { draft: aDraft({ text: `${TEXT}！` }), actor: office.handler, at: minutesAfter(9) };
  const changed = withText(answered, edit, pack) ?? answered;
  expect(openHits(changed, pack)).toHaveLength(2);
});

test.for([
  ['the author', () => answer(aRelease({ text: TEXT }), office.handler), 'HIT_ANSWER_BY_REVIEWER'],
  ['no reason', () => answer(aRelease({ text: TEXT }), office.reviewer, ' '), 'HIT_REASON_NEEDED'],
  ['a hit that is not there', () => answer(aRelease(), office.reviewer), 'NO_SUCH_HIT'],
] as const)('%s: %s', ([, act, expected]) => {
  expect(code(act)).toBe(expected);
});

test('an answer to a text that was changed meanwhile is refused', () => {
  const release = aRelease({ text: TEXT });
  const stale = { hitKey: openHits(release, pack)[0]?.key ?? '', contentDigest: 'another' };
  const rest = {
    reason: '已核',
    actor: office.reviewer,
    grade: 'L3',
    at: minutesAfter(5),
  } as const;
  expect(code(() => withHitAnswer(release, { ...stale, ...rest }, pack))).toBe(
    'RELEASE_TEXT_CHANGED',
  );
});
