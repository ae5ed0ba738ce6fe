import { expect, test } from 'vitest';
import { seeded } from '../../bench/support/texts.ts';
import { crashRun } from './crash-run.ts';

/** The long run is `npm run soak`; its figures stand in the README. */
const KILLS = 20;

test(`${KILLS} kills at random moments lose no post, event, countdown or notice`, async () => {
  const report = await crashRun({ kills: KILLS, marksFirst: false, random: seeded(7) });
  expect(report).toMatchObject({
    lostPosts: [],
    lostEvents: [],
    lostCountdowns: [],
    lostNotices: [],
  });
  // A run in which nothing happened would prove nothing.
  expect(report.notices).toBeGreaterThan(15);
  expect(report.countdowns).toBeGreaterThanOrEqual(4);
}, 300_000);

test('the same kills make a product that marks before it sends lose notices', async () => {
  const report = await crashRun({ kills: KILLS, marksFirst: true, random: seeded(7) });
  expect(report.lostNotices.length).toBeGreaterThan(0);
}, 300_000);
