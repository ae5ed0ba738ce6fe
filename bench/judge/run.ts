import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { today } from '../write-readme.ts';
import { judgeArticleText } from './article-text.ts';
import { judgeBursts } from './bursts.ts';
import { judgeCopies } from './copies.ts';
import { judgeEvents } from './events.ts';
import { judgeIncidents } from './incidents.ts';
import { judgePlaces } from './places.ts';
import { judgeProposals } from './proposals.ts';
import { judgeSegmentation } from './segmentation.ts';
import type { Judge, JudgePart, Measure, SkippedPart } from './part.ts';

/**
 * Scores judgement on the open data in the folder named by HUIYING_DATA and on our own labelled fixtures,
 * prints the table and the failures to read, and writes docs/accuracy.md. What the data lacks is named as
 * skipped. `--failures N` prints N failures a part (5 unless told); `--dry` writes nothing.
 */
const PARTS: readonly Judge[] = [
  judgeArticleText,
  judgeSegmentation,
  judgeCopies,
  judgeEvents,
  judgeIncidents,
  judgePlaces,
  judgeProposals,
  judgeBursts,
];
const OXFMT = new URL('../../node_modules/.bin/oxfmt', import.meta.url).pathname;
const ACCURACY = new URL('../../docs/accuracy.md', import.meta.url);

const isDry = process.argv.includes('--dry');
const shown = Number(process.argv[process.argv.indexOf('--failures') + 1]) || 5;
const folder = process.env['HUIYING_DATA'];

const parts: (JudgePart | SkippedPart)[] = [];
for (const judge of PARTS) {
  for (const part of await judge(folder)) {
    parts.push(part);
    process.stdout.write(`${toText(part)}\n`);
  }
}
const judged = parts.filter((part) => 'measures' in part);
const missed = judged.flatMap(({ measures }) => measures.filter(({ isMet }) => isMet === false));
process.stdout.write(`\n${judged.length} 部分已评，${parts.length - judged.length} 部分跳过；`);
process.stdout.write(missed.length === 0 ? '要求的都达到\n' : `未达到 ${missed.length} 项\n`);
if (isDry) process.stdout.write('没有写 docs/accuracy.md\n');
else if (folder === undefined) process.stdout.write('没有设 HUIYING_DATA，不写 docs/accuracy.md\n');
else {
  writeFileSync(ACCURACY, toDocument(parts));
  execFileSync(OXFMT, [ACCURACY.pathname]);
}
process.exitCode = missed.length === 0 ? 0 : 1;

function toText(part: JudgePart | SkippedPart): string {
  if ('skipped' in part) return `\n■ ${part.name}：跳过（${part.skipped}）`;
  const { name, data, measures, failures } = part;
  const rows = measures.map((one) => `  ${mark(one)} ${one.what}  ${one.measured}${asked(one)}`);
  const read = failures
    .slice(0, shown)
    .map(({ expected, got, text }) => `    应 ${expected}，得 ${got}：${oneLine(text)}`);
  const more = failures.length > shown ? [`    …另有 ${failures.length - shown} 个`] : [];
  return [`\n■ ${name}（${data}）`, ...rows, ...read, ...more].join('\n');
}

function toDocument(all: readonly (JudgePart | SkippedPart)[]): string {
  const rows = all.flatMap((part) =>
    'skipped' in part
      ? [`| ${part.name} | 跳过：${part.skipped} |  |  |`]
      : part.measures.map(
          ({ what, measured, asked: least = '–', isMet }) =>
            `| ${part.name} | ${what} | ${measured} | ${least}${isMet === false ? ' ✗' : ''} |`,
        ),
  );
  const sets = all.flatMap((part) => ('skipped' in part ? [] : [`- ${part.name}：${part.data}`]));
  return `${[
    '# 准确度 Accuracy',
    '',
    `由 \`npm run judge\` 写于 ${today()}，在公开数据（\`HUIYING_DATA\` 指的目录）和仓库自带的标注样例上评出；✗ 为未达到要求。`,
    '“未见”的三分之一在调整时没有看过。各单位自己的文本会不同：用本单位已定级的案例核对后再信。',
    '',
    '| 部分 | 指标 | 测得 | 要求 |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## 用的是什么数据',
    '',
    ...sets,
  ].join('\n')}\n`;
}

function mark({ isMet }: Measure): string {
  return isMet === undefined ? '·' : isMet ? '✓' : '✗';
}

function asked({ asked: least }: Measure): string {
  return least ? `（要求 ${least}）` : '';
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ').slice(0, 160);
}
