import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Unreadable } from '#core';
import { parseTable } from '../../../ingest/intake/parse-table.ts';
import { encodeGb2312 } from '../../../config/drill/gb2312.ts';

const columns = { key: '工单号', title: '标题', text: '诉求内容', publishedAt: '受理时间' };
const csv = [
  '工单号,标题,诉求内容,受理时间',
  'H001,停水,"清河街道停水三天,一直没人管",2026-03-02 10:23',
  'H002,,望江街道路灯不亮,2026-03-02 11:00',
  'H003,空的,,2026-03-02 12:00',
].join('\r\n');

test('a hotline’s CSV is read by its headers; a row without text is counted', async () => {
  const { items, unparsable } = await parseTable(Buffer.from(csv), columns);
  expect(unparsable).toBe(1);
  expect(items).toMatchObject([
    {
      key: 'H001',
      title: '停水',
      text: '清河街道停水三天,一直没人管',
      published: '2026-03-02 10:23',
    },
    { key: 'H002', title: '望江街道路灯不亮' },
  ]);
});

test('the same table as Excel saves it in China, in GB2312 and with tabs, is the same', async () => {
  const tabbed = csv
    .replaceAll('"清河街道停水三天,一直没人管"', '清河街道停水三天')
    .replaceAll(',', '\t');
  const { items } = await parseTable(encodeGb2312(tabbed), columns);
  expect(items.map(({ key }) => key)).toEqual(['H001', 'H002']);
});

test('a workbook gives its first sheet, with moments as it shows them', async () => {
  const workbook = readFileSync('tests/fixtures/tables/hotline.xlsx');
  const { items, unparsable } = await parseTable(workbook, columns);
  expect(unparsable).toBe(0);
  expect(items).toMatchObject([
    { key: 'H001', text: '清河街道停水三天', published: '2026-03-02 10:23:00' },
    { key: 'H002', published: '2026-03-02 11:00' },
  ]);
});

test('lines of JSON are read by the same names', async () => {
  const lines = '{"工单号":7,"标题":"停电","诉求内容":"小区停电","受理时间":"昨天 15:04"}\n';
  const { items } = await parseTable(Buffer.from(lines), columns);
  expect(items).toMatchObject([
    { key: '7', title: '停电', text: '小区停电', published: '昨天 15:04' },
  ]);
});

test('rows without a number of their own are known by their content', async () => {
  const { items } = await parseTable(Buffer.from(csv), { text: '诉求内容' });
  expect(new Set(items.map(({ key }) => key)).size).toBe(2);
});

test('a column that is not there is named, with those that are', async () => {
  await expect(parseTable(Buffer.from(csv), { text: '内容' })).rejects.toThrow(
    /没有这些列：内容；有的列：工单号、标题、诉求内容、受理时间/,
  );
});

test.for([
  ['a broken workbook', Buffer.from('PK\u0003\u0004 nothing')],
  ['a broken line of JSON', Buffer.from('{"诉求内容":')],
] as const)('%s is told, not thrown as a bug', async ([, bytes]) => {
  await expect(parseTable(bytes, { text: '诉求内容' })).rejects.toThrow(Unreadable);
});
