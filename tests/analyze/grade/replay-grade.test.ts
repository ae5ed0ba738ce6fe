import { array, assert, integer, property, record, shuffledSubarray } from 'fast-check';
import { expect, test } from 'vitest';
import { isAtLeast } from '#core';
import {
  replayGrade as replayHistory,
  type EventRecord,
  type Finding,
  type GradingContext,
  type Replay,
} from '#analyze';
import { gradingContext } from '../../support/packs.ts';
import { aRecord, minutesAfter } from '../../support/posts.ts';

const replayGrade = (records: readonly EventRecord[], context: GradingContext, previous?: Replay) =>
  replayHistory({ records, findings: [] }, context, previous);

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

const ZHANG = { personId: 'p-zhang', name: '张值班' };
const found = (minute: number, finding: Partial<Finding>): Finding =>
  ({
    id: `finding:${minute}`,
    at: minutesAfter(minute),
    actor: ZHANG,
    source: '电话询问应急局值班室',
    ...finding,
  }) as Finding;

test('deaths nobody credible told of count once the duty officer has checked them by phone', () => {
  const rumour = aRecord({
    mediaTier: 'M1',
    outletKind: 'individual',
    contentClass: 'A6',
    dead: 3,
    figureWords: '死了3个人',
  });
  const unchecked = replayHistory({ records: [rumour], findings: [] }, gradingContext);
  expect(unchecked.proposal.floors).toMatchObject([{ code: 'FL2', isPending: true }]);
  expect(unchecked.triggeredAt).toBeUndefined();

  const checked = found(12, { kind: 'figures', dead: 3 });
  const replay = replayHistory({ records: [rumour], findings: [checked] }, gradingContext);
  expect(replay.proposal).toMatchObject({
    grade: 'L2',
    floors: [{ code: 'FL2', isPending: false }],
  });
  expect(replay.triggeredAt).toMatchObject({ at: minutesAfter(12), recordId: 'finding:12' });
  expect(replay.proposal.changed).toContain('新增下限FL2');
});

test("the authority's grade starts the countdowns at the moment it was put on record", () => {
  const named = found(30, { kind: 'incidentGrade', grade: 'L1', source: '市应急局来电' });
  const literal = { ...gradingContext, countdownProfile: 'literal' as const };
  const replay = replayHistory({ records: [aRecord()], findings: [named] }, literal);
  expect(replay.proposal.grade).toBe('L1');
  expect(replay.triggeredAt?.at).toEqual(minutesAfter(30));
  expect(replay.triggeredAt?.reason).toContain('市应急局来电');
});

test('a matter handed down must be answered, quiet as it is', () => {
  const order = found(5, { kind: 'upperOrder', source: '市政府办公室转办单' });
  const replay = replayHistory({ records: [aRecord()], findings: [order] }, gradingContext);
  expect(replay.proposal.grade).toBe('L4');
  expect(replay.mustRespondReasons).toContain('upperOrder');
});

test('a rate comes to count at a quarter of an hour, though no post arrives then', () => {
  // Six posts in the first 50 minutes: the event is too young for its rate to count until the hour is full.
  const posts = [0, 46, 47, 48, 49, 50].map((minute) =>
    aRecord({ fetchedAt: minutesAfter(minute), mediaTier: 'M1', outletKind: 'individual' }),
  );
  const history = { records: posts, findings: [] };
  const early = replayHistory({ ...history, until: minutesAfter(59) }, gradingContext);
  const late = replayHistory({ ...history, until: minutesAfter(60) }, gradingContext);
  const speed = (replay: Replay): number | undefined =>
    replay.proposal.points.find(({ indicator }) => indicator === 'speed')?.points;
  expect(speed(early)).toBe(0);
  expect(speed(late)).toBe(8);
  expect(late.evaluatedAt).toEqual(minutesAfter(60));
  expect(late.proposal.changed).toContain('速0→8');
});

test('however often the product looked in between, looking back finds the same', () => {
  assert(
    property(
      anyRecords,
      array(integer({ min: 0, max: 300 }), { maxLength: 8 }),
      (records, looks) => {
        const history = { records, findings: [] };
        const first = Math.min(...records.map(({ post }) => post.fetchedAt.getTime()));
        const until = minutesAfter(300);
        let live: Replay | undefined;
        for (const minute of looks.toSorted((a, b) => a - b)) {
          const at = minutesAfter(minute);
          if (at.getTime() < first) continue;
          const known = records.filter(({ post }) => post.fetchedAt <= at);
          live = replayHistory({ records: known, findings: [], until: at }, gradingContext, live);
        }
        const end = replayHistory({ ...history, until }, gradingContext, live);
        expect(end).toEqual(replayHistory({ ...history, until }, gradingContext));
      },
    ),
  );
});

test('bought traffic gives ten points for volume at most, until a person has looked', () => {
  const hollow = aRecord({
    mediaTier: 'M1',
    snapshots: [{ at: minutesAfter(0), interactions: 900_000 }],
  });
  const volume = (findings: readonly Finding[]) =>
    replayHistory({ records: [hollow], findings }, gradingContext).proposal.points.find(
      ({ indicator }) => indicator === 'volume',
    );
  expect(volume([])).toMatchObject({ points: 10 });
  expect(volume([])?.reason).toContain('疑似异常互动');
  const real = found(9, { kind: 'interactions', isGenuine: true, source: '逐条核看' });
  expect(volume([real])).toMatchObject({ points: 17 });
  const bought = found(9, { kind: 'interactions', isGenuine: false, source: '逐条核看' });
  expect(volume([bought])).toMatchObject({ points: 10 });
});

test('twenty individuals with one text within ten minutes look bought; the same over a day do not', () => {
  const crowd = (everyMinutes: number): EventRecord[] =>
    Array.from({ length: 25 }, (_, number) =>
      aRecord(
        {
          fetchedAt: minutesAfter(number * everyMinutes),
          mediaTier: 'M1',
          outletKind: 'individual',
          snapshots: [{ at: minutesAfter(number * everyMinutes), interactions: 9000 }],
        },
        'one-text',
      ),
    );
  const reason = (records: EventRecord[]) =>
    replayGrade(records, gradingContext).proposal.points.find(
      ({ indicator }) => indicator === 'volume',
    )?.reason;
  expect(reason(crowd(0.3))).toContain('同文25条');
  expect(reason(crowd(50))).not.toContain('同文');
});
