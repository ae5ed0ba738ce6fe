import { expect, test } from 'vitest';
import { GRADES } from '#core';
import { ReviewPackSchema } from '#respond';
import { signersOf } from '../../respond/review-pack.ts';
import { reviewPack } from '../support/releases.ts';

test('every release passes content and secrecy, at 特别重大 and 重大 the leader too', () => {
  for (const grade of GRADES) {
    const leader = grade === 'L1' || grade === 'L2' ? ['leader'] : [];
    expect(reviewPack.chains[grade]).toEqual(['content', 'secrecy', ...leader]);
  }
});

test('only the principal signs for the leaders at 特别重大', () => {
  expect(signersOf(reviewPack, 'leader', 'L1')).toEqual(['principal']);
  expect(signersOf(reviewPack, 'leader', 'L2')).toEqual(['deputyLeader', 'principal']);
});

test('a pack with a step that nobody may sign is refused', () => {
  const { secrecy: _, ...signers } = reviewPack.signers;
  const parsed = ReviewPackSchema.safeParse({ ...reviewPack, signers });
  expect(parsed.error?.issues).toMatchObject([{ path: ['signers', 'secrecy'] }]);
});

test('a misspelt key is refused', () => {
  expect(ReviewPackSchema.safeParse({ ...reviewPack, publisher: ['publisher'] }).success).toBe(
    false,
  );
});
