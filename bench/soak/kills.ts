import { crashRun } from '../../tests/crash/crash-run.ts';
import { seeded } from '../support/texts.ts';
import { today, writeReadme } from '../write-readme.ts';

/** The long form of tests/crash: many kills, and the control that must lose; writes into the README. */
export async function soakKills(count = '100'): Promise<void> {
  const kills = Number(count);
  const random = seeded(Date.now() % 100_000);

  const report = await crashRun({ kills, marksFirst: false, random });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const lost = [
    report.lostPosts,
    report.lostEvents,
    report.lostCountdowns,
    report.lostNotices,
  ].flat();
  const control = await crashRun({ kills: Math.min(kills, 20), marksFirst: true, random });
  const { posts, events, countdowns, notices, repeats } = report;
  writeReadme('soak', [
    `演练中随机 SIGKILL ${kills} 次：${posts} 条信息、${events} 个事件、${countdowns} 个时限、${notices} 条通知，` +
      `丢失 ${lost.length}，到期时间未变，重复送达 ${repeats} 条（至少一次）。` +
      `先记后发的对照组 ${control.kills} 次，${control.notices} 条通知丢失 ${control.lostNotices.length} 条。`,
    '',
    `由 \`npm run soak\` 写入：${today()}。`,
  ]);
  // A trial in which the known-bad control loses nothing has proved nothing.
  if (lost.length > 0 || control.lostNotices.length === 0) process.exitCode = 1;
}
