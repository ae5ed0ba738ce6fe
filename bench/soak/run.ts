import { crashRun } from '../../tests/crash/crash-run.ts';
import { seeded } from '../support/texts.ts';

/** The long form of tests/crash: many kills, and the control that must lose. About ten minutes. */
const KILLS = Number(process.argv[2] ?? 100);
const random = seeded(Date.now() % 100_000);

const report = await crashRun({ kills: KILLS, marksFirst: false, random });
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
const lost = [
  report.lostPosts,
  report.lostEvents,
  report.lostCountdowns,
  report.lostNotices,
].flat();
const control = await crashRun({ kills: Math.min(KILLS, 20), marksFirst: true, random });
process.stdout.write(
  `先记后发的对照组丢失 ${control.lostNotices.length} 条通知（共 ${control.notices} 条）\n`,
);
// A trial in which the known-bad control loses nothing has proved nothing.
if (lost.length > 0 || control.lostNotices.length === 0) process.exitCode = 1;
