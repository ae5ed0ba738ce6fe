import { array, assert, integer, property, record, shuffledSubarray } from 'fast-check';
import { expect, test } from 'vitest';
import { isAtLeast } from '#core';
import { replayGrade } from '#analyze';
import { gradingContext } from '../../support/packs.ts';
import { aRecord, minutesAfter } from '../../support/posts.ts';

const death = (minute: number, dead: number) =>
  aRecord({
    fetchedAt: minutesAfter(minute),
    contentClass: 'A6',
    dead,
    figureWords: `${dead}人死亡`,
  });

test('the countdowns start at the record that made it 重大, not at the first post', () => {
  const records = [death(0, 1), death(20, 3), death(60, 4)];
  const replay = replayGrade(records, gradingContext);
  expect(replay.knownAt.at).toEqual(minutesAfter(0));
  expect(replay.triggeredAt?.at).toEqual(minutesAfter(20));
  expect(replay.triggeredAt?.recordId).toBe(records[1]?.post.postId);
});

test('in the literal profile an opinion grade alone starts nothing', () => {
  const literal = { ...gradingContext, countdownProfile: 'literal' as const };
  expect(replayGrade([death(0, 3)], literal).triggeredAt).toBeUndefined();
  expect(replayGrade([death(0, 10)], literal).triggeredAt?.at).toEqual(minutesAfter(0));
});

test('an answer is due once the matter touches vital interests and reaches 一般', () => {
  // 14 for a cut of water, 3 from the fifth post on, 2 for a forum, 1 for one street: 20 is 一般.
  const crowd = Array.from({ length: 25 }, (_, minute) =>
    aRecord({ fetchedAt: minutesAfter(minute), mediaTier: 'M1', outletKind: 'individual' }),
  );
  const replay = replayGrade(crowd, gradingContext);
  expect(replay.proposal.grade).toBe('L4');
  expect(replay.mustRespondReasons).toContain('vitalInterest');
  expect(replay.mustRespondAt?.at).toEqual(minutesAfter(4));
});

const anyRecords = array(
  record({ minute: integer({ min: 0, max: 200 }), dead: integer({ min: 0, max: 12 }) }),
  { minLength: 1, maxLength: 12 },
).map((rows) => rows.map(({ minute, dead }) => death(minute, dead)));

test('replaying in parts gives what replaying at once gives, whatever the order of arrival', () => {
  assert(
    property(
      anyRecords.chain((records) => shuffledSubarray(records, { minLength: records.length })),
      integer({ min: 0, max: 200 }),
      (records, minute) => {
        const whole = replayGrade(records, gradingContext);
        const early = records.filter(({ post }) => post.fetchedAt <= minutesAfter(minute));
        if (early.length === 0) return;
        const parts = replayGrade(records, gradingContext, replayGrade(early, gradingContext));
        expect(parts).toEqual(whole);
      },
    ),
  );
});

test('more records never lower the proposal nor move the start later', () => {
  assert(
    property(anyRecords, integer({ min: 0, max: 12 }), (records, dead) => {
      const before = replayGrade(records, gradingContext);
      const after = replayGrade([...records, death(201, dead)], gradingContext);
      expect(isAtLeast(after.proposal.grade, before.proposal.grade)).toBe(true);
      // Nothing later replaces a start once found.
      expect(after.triggeredAt).toEqual(before.triggeredAt ?? after.triggeredAt);
    }),
  );
});
