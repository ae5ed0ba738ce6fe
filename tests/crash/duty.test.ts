import { expect, test } from 'vitest';
import { seeded } from '../../bench/support/texts.ts';
import { dutyRun } from './duty-run.ts';

const KILLS = 20;

for (const senders of [1, 3]) {
  test(`${senders} sender loops: kills lose no notice and no transition`, async () => {
    const report = await dutyRun({ kills: KILLS, senders, random: seeded(senders) });
    expect(report).toMatchObject({ lostTransitions: [], lostNotices: [] });
    expect(report.repeats).toBeLessThanOrEqual(report.inFlight);
    expect(report.notices).toBeGreaterThan(report.duties);
  }, 300_000);
}

test('the same kills make one that marks before it sends lose notices', async () => {
  const report = await dutyRun({
    kills: KILLS,
    senders: 1,
    random: seeded(1),
    control: 'marksFirst',
  });
  expect(report.lostNotices.length).toBeGreaterThan(0);
});

test('without a lease several senders repeat more than was in flight', async () => {
  const report = await dutyRun({ kills: KILLS, senders: 3, random: seeded(3), control: 'noLease' });
  expect(report.repeats).toBeGreaterThan(report.inFlight);
}, 300_000);
