import { expect, test } from 'vitest';
import { figuresHistory } from '../../../analyze/events/figures-history.ts';
import type { LeadPost } from '#analyze';
import { aRecord, minutesAfter } from '../../support/posts.ts';

const tells = (minute: number, figures: Partial<LeadPost>): LeadPost =>
  aRecord({ fetchedAt: minutesAfter(minute), ...figures }).post;
const isCredible = ({ mediaTier }: LeadPost): boolean => mediaTier === 'M3';

test('a lower figure of a credible medium corrects the higher one, and both stay', () => {
  const first = tells(0, { dead: 3, mediaTier: 'M3' });
  const history = figuresHistory([first, tells(30, { dead: 2, mediaTier: 'M3' })], isCredible);
  expect(history.map(({ dead, corrects }) => [dead, corrects])).toEqual([
    [3, undefined],
    [2, first.postId],
  ]);
});

test('a text that says it corrects does so even upwards', () => {
  const first = tells(0, { dead: 3, mediaTier: 'M3' });
  const second = tells(9, { dead: 4, mediaTier: 'M3', corrects: '更正为4人' });
  expect(figuresHistory([first, second], isCredible).at(-1)?.corrects).toBe(first.postId);
});

test('a lower figure on a forum corrects nothing', () => {
  const history = figuresHistory(
    [tells(0, { dead: 3, mediaTier: 'M3' }), tells(5, { dead: 1, mediaTier: 'M1' })],
    isCredible,
  );
  expect(history.map(({ corrects }) => corrects)).toEqual([undefined, undefined]);
});

test('a city paper that repeats hearsay makes it no credible figure', () => {
  const [version] = figuresHistory(
    [tells(0, { dead: 9, mediaTier: 'M3', claimedFigures: ['dead'] })],
    isCredible,
  );
  expect(version).toMatchObject({ dead: 9, isCredible: false });
});

test('at least ten is another version than ten, and says so', () => {
  const history = figuresHistory(
    [tells(0, { dead: 10, leastFigures: ['dead'] }), tells(5, { dead: 10 })],
    isCredible,
  );
  expect(history.map(({ leastFigures }) => leastFigures)).toEqual([['dead'], undefined]);
});
