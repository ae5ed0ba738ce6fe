import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze, type AnalyzeOrder } from '../../config/analyze.ts';
import { EXIT } from '../../config/exit-codes.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { tempFolder } from '../support/temp-folder.ts';

const settings = SettingsSchema.parse({
  watches: [{ id: 'site', name: '工地', matters: ['坍塌'] }],
});

const ROWS = [
  {
    编号: 'a3',
    时间: '2026-03-02 13:00',
    媒体: '临江晚报',
    媒体层级: 'M3',
    标题: '高新区工地坍塌死亡人数升至3人',
    内容: '高新区工地坍塌事故死亡人数升至3人，救援仍在进行。',
  },
  {
    编号: 'a1',
    时间: '2026-03-02 12:00',
    媒体: '临江日报',
    媒体层级: 'M3',
    标题: '高新区工地坍塌',
    内容: '高新区一工地发生坍塌，造成1人死亡，救援正在进行，周边道路已经封闭，市民请绕行。',
  },
  {
    编号: 'a2',
    时间: '2026-03-02 12:20',
    媒体: '江北发布',
    媒体层级: 'M3',
    标题: '【转发】高新区工地坍塌',
    内容: '【转发】高新区一工地发生坍塌，造成1人死亡，救援正在进行，周边道路已经封闭，市民请绕行。',
  },
  {
    编号: 'b1',
    时间: '2026-03-02 12:30',
    媒体: '',
    标题: '今天天气真好',
    内容: '今天天气真好，出门走走。',
  },
];

async function run(rows: readonly object[], changes: Partial<AnalyzeOrder> = {}) {
  const file = join(tempFolder(), 'archive.jsonl');
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
  const printed: string[] = [];
  const said: string[] = [];
  const order = { file, columns: [], takesAll: false, isJson: true, showsProgress: false };
  const code = await analyze(
    settings,
    { ...order, ...changes },
    {
      print: (text) => printed.push(text),
      say: (text) => said.push(text),
    },
  );
  return { code, printed, said, lines: printed.map((line): unknown => JSON.parse(line)) };
}

test('an archive in any order is analysed in order of time, post by post', async () => {
  const { code, lines } = await run(ROWS);
  expect(code).toBe(EXIT.ok);
  const [first, copy, other, last, summary] = lines as Record<string, unknown>[];
  expect(first).toMatchObject({
    watchIds: ['site'],
    said: { dead: 1, outlet: '临江日报', mediaTier: 'M3' },
    proposal: { grade: 'L3' },
  });
  expect(copy).toMatchObject({ copyOf: first?.['id'], eventId: first?.['eventId'] });
  expect(other).toMatchObject({ title: '今天天气真好', watchIds: [] });
  expect(last).toMatchObject({ said: { dead: 3 }, proposal: { grade: 'L2' } });
  expect(summary).toMatchObject({
    events: [{ postCount: 3, outletCount: 3, triggeredAt: { at: '2026-03-02T05:00:00.000Z' } }],
    bursts: [],
  });
});

test('the same archive gives the same answer, byte for byte', async () => {
  expect((await run(ROWS)).printed).toEqual((await run(ROWS)).printed);
});

test('rows without a time are counted and said, the others taken; all can be taken', async () => {
  const { code, said, lines } = await run([...ROWS, { ...ROWS[0], 编号: 'c', 时间: '' }], {
    takesAll: true,
  });
  expect(code).toBe(EXIT.partly);
  expect(said[0]).toContain('时间读不出 1');
  expect(lines.at(-1)).toMatchObject({ events: [{}, {}] });
});

test.for([
  { columns: ['text=没有的列'], says: '没有这些列：没有的列' },
  { columns: ['正文=内容'], says: '名称是 text' },
])('a column told wrongly ($columns) is refused with what there is', async ({ columns, says }) => {
  await expect(run(ROWS, { columns })).rejects.toThrow(says);
});
