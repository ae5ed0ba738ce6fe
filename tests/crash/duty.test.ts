import { expect, test } from 'vitest';
import { seeded } from '../../bench/support/texts.ts';
import { dutyRun } from './duty-run.ts';

/** The long run is `npm run soak -- duties`; its figures stand in the README. */
const KILLS = 8;
const LIMIT_MS = 300_000;

for (const senders of [1, 3]) {
  test(
    `${KILLS} kills and lost wake-ups, ${senders} sender loops: no notice and no transition is lost`,
    { timeout: LIMIT_MS },
    async () => {
      const report = await dutyRun({ kills: KILLS, senders, random: seeded(senders) });
      expect(report).toMatchObject({ lostTransitions: [], lostNotices: [] });
      expect(report.repeats).toBeLessThanOrEqual(report.inFlight);
      expect(report.notices).toBeGreaterThan(report.duties);
      // Kills that find nothing under way would prove nothing.
      expect(report.inFlight).toBeGreaterThan(0);
    },
  );
}

test('known-bad: one that marks before it sends loses notices', { timeout: LIMIT_MS }, async () => {
  const order = { kills: KILLS, senders: 1, random: seeded(1), control: 'marksFirst' } as const;
  expect((await dutyRun(order)).lostNotices.length).toBeGreaterThan(0);
});

test(
  'known-bad: without a lease several senders repeat more than was under way',
  { timeout: LIMIT_MS },
  async () => {
    const order = { kills: KILLS, senders: 3, random: seeded(3), control: 'noLease' } as const;
    const report = await dutyRun(order);
    expect(report.repeats).toBeGreaterThan(report.inFlight);
  },
);

test(
  'known-bad: without an audit a countdown that lost its wake-up never speaks',
  { timeout: LIMIT_MS },
  async () => {
    const order = { kills: KILLS, senders: 1, random: seeded(5), control: 'noAuditor' } as const;
    expect((await dutyRun(order)).lostTransitions.length).toBeGreaterThan(0);
  },
);
