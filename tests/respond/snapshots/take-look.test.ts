import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core';
import type { PageSnapshot } from '#respond';
import { ended, withLook, type PageLook } from '../../../respond/snapshots/take-look.ts';
import { NOON } from '../../support/posts.ts';
import { APPROVED, aSnapshot, snapshotPack } from '../../support/snapshots.ts';

const after = (ms: number): Date => new Date(NOON.getTime() + ms);
const reading = (text = APPROVED.text, more: Partial<PageLook> = {}): PageLook =>
  ({
    kind: 'read',
    finalUrl: 'https://www.linjiang.test/2026/1124.html',
    contentType: 'text/html',
    htmlDigest: `html of ${text.length}`,
    title: APPROVED.title,
    text,
    ...more,
  }) as PageLook;
const nothing = (message = '对方回答 404', retryAfterMs?: number): PageLook => ({
  kind: 'nothing',
  message,
  retryAfterMs,
});
/** Looks at the moments at which they are due. */
function through(looks: readonly PageLook[], from: PageSnapshot = aSnapshot()) {
  return looks.reduce<{ snapshot: PageSnapshot; told: (string | undefined)[] }>(
    ({ snapshot, told }, look) => {
      const { snapshot: next, news } = withLook(
        snapshot,
        look,
        snapshotPack,
        snapshot.dueAt ?? NOON,
      );
      return { snapshot: next, told: [...told, news] };
    },
    { snapshot: from, told: [] },
  );
}

test('the first look keeps the page; one that agrees is no news', () => {
  const { snapshot, told } = through([reading()]);
  expect(snapshot).toMatchObject({ state: 'kept', failures: 0, dueAt: after(HOUR_MS) });
  expect(snapshot.versions).toMatchObject([{ at: NOON, lastSeenAt: NOON, text: APPROVED.text }]);
  expect(told).toEqual([undefined]);
});

test('a page that was published otherwise than approved is told of at once', () => {
  const { snapshot, told } = through([reading(APPROVED.text.replace('12台', '20台'))]);
  expect(told).toEqual(['differs']);
  expect(snapshot.versions[0]?.comparison.differing).toHaveLength(1);
});

test('the same text seen again is one version, seen until then', () => {
  const { snapshot, told } = through([
    reading(),
    reading(APPROVED.text, { htmlDigest: 'another page round it' }),
  ]);
  expect(snapshot.versions).toHaveLength(1);
  expect(snapshot.versions[0]?.lastSeenAt).toEqual(after(HOUR_MS));
  expect(told).toEqual([undefined, undefined]);
});

test('a change of the text is a new version, says when the old was seen last, and is told once', () => {
  const changed = APPROVED.text.replace('12台', '20台');
  const { snapshot, told } = through([reading(), reading(), reading(changed), reading(changed)]);
  expect(told).toEqual([undefined, undefined, 'changed', undefined]);
  expect(snapshot.versions).toHaveLength(2);
  expect(snapshot.versions[0]?.lastSeenAt).toEqual(after(HOUR_MS));
  expect(snapshot.versions[1]?.change).toEqual({
    removed: ['市水务局已组织三支抢修队连夜抢修，并安排12台送水车到小区送水。'],
    added: ['市水务局已组织三支抢修队连夜抢修，并安排20台送水车到小区送水。'],
  });
});

test('a growing count of readers is no change', () => {
  const counted = (n: number): PageLook => reading(`${APPROVED.text}\n浏览次数：${n}次`);
  const { snapshot, told } = through([counted(3), counted(1_204)]);
  expect(snapshot.versions).toHaveLength(1);
  expect(told).toEqual([undefined, undefined]);
});

test('a page that does not come is tried again sooner, then counts as unreachable, told once', () => {
  const { snapshot, told } = through([nothing(), nothing(), nothing(), nothing()]);
  expect(told).toEqual([undefined, undefined, 'unreachable', undefined]);
  expect(snapshot).toMatchObject({ state: 'unreachable', problem: { message: '对方回答 404' } });
  const tries = [15_000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS];
  expect(snapshot.dueAt).toEqual(after(tries.reduce((sum, ms) => sum + ms)));
});

test('what was kept stays when the page is gone, and it is noticed when it is back', () => {
  const { snapshot } = through([reading(), nothing(), nothing(), nothing(), reading()]);
  expect(snapshot).toMatchObject({ state: 'kept', failures: 0 });
  expect(snapshot.problem).toBeUndefined();
  expect(snapshot.versions).toHaveLength(1);
  expect(snapshot.history.map(({ what }) => what)).toEqual([
    expect.stringContaining('与批准稿一致'),
    '连续 3 次读不到页面：对方回答 404',
    '页面恢复，读到了',
  ]);
});

test('a site that asks for rest has it, for a day at most', () => {
  const rested = (ms: number) => through([nothing('太忙', ms)]).snapshot.dueAt;
  expect(rested(2 * HOUR_MS)).toEqual(after(2 * HOUR_MS));
  expect(rested(90 * DAY_MS)).toEqual(after(DAY_MS));
});

test('a page without end is not kept', () => {
  const { snapshot } = through([reading('水'.repeat(200_000))]);
  expect(snapshot).toMatchObject({ state: 'awaited', versions: [] });
  expect(snapshot.problem?.message).toContain('200000 字');
});

test('hourly the first day, daily for a fortnight, then no more', () => {
  let snapshot = aSnapshot();
  const moments: number[] = [];
  while (snapshot.dueAt) {
    const at = snapshot.dueAt;
    moments.push(at.getTime() - NOON.getTime());
    snapshot = withLook(snapshot, reading(), snapshotPack, at).snapshot;
  }
  expect(moments.filter((ms) => ms <= DAY_MS)).toHaveLength(25);
  expect(moments.filter((ms) => ms > DAY_MS)).toHaveLength(13);
  expect(moments.at(-1)).toBe(14 * DAY_MS);
});

test('one whose looks were ended stays ended, also for a look that was in hand', () => {
  const over = ended(aSnapshot(), '同一地址登记了新的发布', NOON);
  expect(over?.dueAt).toBeUndefined();
  expect(withLook(over ?? aSnapshot(), reading(), snapshotPack, NOON).snapshot.dueAt).toBe(
    undefined,
  );
  expect(ended(over ?? aSnapshot(), 'again', NOON)).toBeUndefined();
});
