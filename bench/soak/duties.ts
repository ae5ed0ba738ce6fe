import { dutyRun, type DutyReport } from '../../tests/crash/duty-run.ts';
import { seeded } from '../support/texts.ts';
import { today, writeReadme } from '../write-readme.ts';

const ALL_KILLS = 1_000;
const CONTROL_KILLS = 20;

/** The long form of tests/crash/duty.test.ts: half of the kills with one sender loop, half with three; then the controls. */
export async function soakDuties(count = String(ALL_KILLS)): Promise<void> {
  const kills = Math.ceil(Number(count) / 2);
  const seed = Date.now() % 100_000;
  const run = async (senders: number) =>
    await dutyRun({ kills, senders, random: seeded(seed + senders) });
  const [one, three] = await Promise.all([run(1), run(3)]);
  const control = async (name: 'marksFirst' | 'noLease' | 'noAuditor') =>
    await dutyRun({ kills: CONTROL_KILLS, senders: 3, random: seeded(seed), control: name });
  const marksFirst = await control('marksFirst');
  const noLease = await control('noLease');
  const noAuditor = await control('noAuditor');
  process.stdout.write(
    `${JSON.stringify({ one, three, marksFirst, noLease, noAuditor }, null, 2)}\n`,
  );
  const isKept = ({ lostNotices, lostTransitions, repeats, inFlight }: DutyReport): boolean =>
    lostNotices.length + lostTransitions.length === 0 && repeats <= inFlight;
  const areControlsBad =
    marksFirst.lostNotices.length > 0 &&
    noLease.repeats > noLease.inFlight &&
    noAuditor.lostTransitions.length > 0;
  if (!isKept(one) || !isKept(three) || !areControlsBad) process.exitCode = 1;
  if (2 * kills >= ALL_KILLS) {
    writeReadme('duties', [
      `时限和通知部分在通知风暴中随机和在指定位置 SIGKILL，每次并抹去五分之一的提醒时间：${inWords(one, 1)}；${inWords(three, 3)}。` +
        `对照组各 ${CONTROL_KILLS} 次：先记后发丢失通知 ${marksFirst.lostNotices.length} 条，` +
        `无租约重复 ${noLease.repeats} 条，无自查丢失时限 ${noAuditor.lostTransitions.length} 个。`,
      '',
      `由 \`npm run soak -- duties\` 写入：${today()}。`,
    ]);
  }
}

const inWords = (report: DutyReport, senders: number): string =>
  `${senders} 个发送循环 ${report.kills} 次，${report.duties} 个时限、${report.notices} 条通知，` +
  `丢失时限 ${report.lostTransitions.length}、通知 ${report.lostNotices.length}，` +
  `重复 ${report.repeats} 条（被杀时在途 ${report.inFlight} 条）`;
