import { dutyRun } from '../../tests/crash/duty-run.ts';
import { seeded } from '../support/texts.ts';

/** The long form of tests/crash/duty.test.ts, half of the kills with one sender loop and half with three. */
export async function soakDuties(count = '1000'): Promise<void> {
  const kills = Math.ceil(Number(count) / 2);
  const random = seeded(Date.now() % 100_000);
  for (const senders of [1, 3]) {
    const report = await dutyRun({ kills, senders, random });
    process.stdout.write(`${senders} 个发送循环：${JSON.stringify(report, null, 2)}\n`);
    const lost = report.lostTransitions.length + report.lostNotices.length;
    if (lost > 0 || report.repeats > report.inFlight) process.exitCode = 1;
  }
}
