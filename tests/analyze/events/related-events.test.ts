import { expect, test } from 'vitest';
import { promisesIn, relatedEvents } from '#analyze';
import { anOpinionEvent } from '../../support/events.ts';
import { groupingPack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';

const DAYS = 24 * 60;
const made = (id: string, daysAgo: number, words: readonly string[], more = {}) =>
  anOpinionEvent({
    id,
    firstPublicAt: minutesAfter(-daysAgo * DAYS),
    lastPostAt: minutesAfter(-daysAgo * DAYS),
    topTerms: words.map((word) => [word, 1 / Math.sqrt(words.length)]),
    ...more,
  });
const event = made('now', 0, ['供水', '爆管', '清河', '水']);

test('earlier events are found by words alone, however long ago and whatever became of them', () => {
  const found = relatedEvents(
    event,
    [
      event,
      made('half', 300, ['爆管', '清河', '坍塌', '基坑'], { state: 'closed' }),
      made('same', 200, ['供水', '爆管', '清河'], { state: 'archived' }),
      made('merged', 2, ['供水', '爆管'], { state: 'merged', mergedInto: 'now' }),
      made('other', 1, ['坍塌', '基坑']),
      made('later', -1, ['供水', '爆管', '清河']),
    ],
    groupingPack,
  );
  expect(found.map(({ event: { id }, words }) => ({ id, words }))).toEqual([
    { id: 'same', words: ['供水', '爆管', '清河'] },
    { id: 'half', words: ['爆管', '清河'] },
  ]);
});

test('no more are named than the pack says, and none for a single character', () => {
  const { most } = groupingPack.regrouping.related;
  const many = Array.from({ length: most + 3 }, (_, index) =>
    made(`event-${index}`, index + 1, ['供水', '爆管']),
  );
  expect(relatedEvents(event, many, groupingPack)).toHaveLength(most);
  expect(relatedEvents(event, [made('water', 1, ['水'])], groupingPack)).toEqual([]);
});

test.for([
  { text: '抢修已完成。预计18时前恢复供水。', found: ['预计18时前恢复供水。'] },
  { text: '我们将限期整改！\n感谢关心。', found: ['我们将限期整改！'] },
  { text: '现场已清理完毕。', found: [] },
])('promises in 「$text」', ({ text, found }) => {
  expect(promisesIn(text, groupingPack.regrouping.related.promiseWords)).toEqual(found);
});
