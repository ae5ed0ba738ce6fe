import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../config/exit-codes.ts';
import { makeReport, verifyReport } from '../../config/report-commands.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { withBackend } from '../../config/with-backend.ts';
import { ReportModelSchema } from '#briefings';
import { aFile } from '../support/reports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DAY = '2026-03-02';

async function anOffice() {
  const folder = tempFolder();
  const settings = SettingsSchema.parse({
    office: { name: '临江市政府办公室' },
    storage: { folder: join(folder, 'data') },
  });
  const { event, leads, countdowns } = aFile('event-1', '江北区多小区停水', { grade: 'L2' });
  await withBackend(settings, async (backend) => {
    await backend.events.create(event);
    for (const lead of leads) await backend.leads.create(lead);
    for (const one of countdowns) await backend.countdowns.create(one);
  });
  const printed: string[] = [];
  const said: string[] = [];
  const says = {
    print: (text: string) => printed.push(text),
    say: (text: string) => said.push(text),
  };
  return { settings, out: join(folder, 'out'), says, printed, said };
}

test('a daily report is made from the records of the folder, in four formats and as a model', async () => {
  const { settings, out, says, printed, said } = await anOffice();
  const order = { kind: 'daily', day: DAY, out, isDrill: false };
  expect(await makeReport(settings, order, says)).toBe(EXIT.ok);
  expect(printed.map((path) => path.slice(out.length + 1))).toEqual(
    ['pdf', 'docx', 'html', 'txt', 'json'].map((ending) => `daily-${DAY}.${ending}`),
  );
  const model = ReportModelSchema.parse(
    JSON.parse(readFileSync(join(out, `daily-${DAY}.json`), 'utf8')),
  );
  expect(model.header.office).toBe('临江市政府办公室');
  const text = readFileSync(join(out, `daily-${DAY}.txt`), 'utf8');
  expect(text).toContain('新增事件1起（重大1起）');
  expect(text).toContain('（一）江北区多小区停水');
  expect(said).toContain('PDF：仿宋没有找到，以 Noto Serif SC 代替');
});

test.for([
  { kind: 'morning', name: '舆情早报', says: '一、一句话要点' },
  { kind: 'weekly', name: '舆情周报', says: '一、本周概况与环比' },
  { kind: 'monthly', name: '舆情月报', says: '四、质量指标' },
])('a $kind report is made and verified like the daily one', async ({ kind, name, says: told }) => {
  const { settings, out, says, printed } = await anOffice();
  await makeReport(settings, { kind, day: '2026-03-03', out, isDrill: false }, says);
  const text = readFileSync(join(out, `${kind}-2026-03-03.txt`), 'utf8');
  expect(text).toContain(name);
  expect(text).toContain(told);
  printed.length = 0;
  await verifyReport(settings, { path: join(out, `${kind}-2026-03-03.json`) }, says);
  // The post of the lead was never stored; nothing else differs.
  const others = printed.filter((line) => !line.startsWith('引用的记录已不在：post:'));
  expect(others.filter((line) => !line.includes('四种文件与模型一致'))).toEqual([]);
});

test('a flash report needs its event', async () => {
  const { settings, out, says } = await anOffice();
  const order = { kind: 'flash', day: DAY, out, isDrill: false };
  await expect(makeReport(settings, order, says)).rejects.toThrow('--event');
  await expect(makeReport(settings, { ...order, eventId: 'nobody' }, says)).rejects.toThrow(
    '没有找到舆情事件',
  );
  expect(await makeReport(settings, { ...order, eventId: 'event-1' }, says)).toBe(EXIT.ok);
  expect(readFileSync(join(out, 'flash-event-1.txt'), 'utf8')).toContain('首报');
});

test('a kind that there is not is refused in words', async () => {
  const { settings, out, says } = await anOffice();
  const order = { kind: 'yearly', day: DAY, out, isDrill: false };
  await expect(makeReport(settings, order, says)).rejects.toThrow('没有这种报告：yearly');
});

test('verifying finds a changed file and a record that is gone', async () => {
  const { settings, out, says, printed } = await anOffice();
  await makeReport(settings, { kind: 'daily', day: DAY, out, isDrill: false }, says);
  const path = join(out, `daily-${DAY}.json`);
  printed.length = 0;
  // The post of the lead was never stored.
  expect(await verifyReport(settings, { path }, says)).toBe(EXIT.partly);
  expect(printed).toEqual(['引用的记录已不在：post:post-event-1']);

  const html = join(out, `daily-${DAY}.html`);
  writeFileSync(html, readFileSync(html, 'utf8').replace('重大1起', '重大2起'));
  printed.length = 0;
  expect(await verifyReport(settings, { path }, says)).toBe(EXIT.partly);
  expect(printed[0]).toContain(`daily-${DAY}.html 与报告模型不一致`);
});

test('a file that is no model is refused in words', async () => {
  const { settings, out, says } = await anOffice();
  await expect(verifyReport(settings, { path: join(out, 'nothing.json') }, says)).rejects.toThrow(
    '不是报告模型',
  );
});
