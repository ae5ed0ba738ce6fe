import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../config/exit-codes.ts';
import { printMeasures } from '../../config/measure-commands.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { withBackend } from '../../config/with-backend.ts';
import { theMonth } from '../support/measured-month.ts';
import { at } from '../support/measured-story.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The folder of an office that went through the month of known answers. */
async function anOffice() {
  const folder = tempFolder();
  const settings = SettingsSchema.parse({ storage: { folder: join(folder, 'data') } });
  await withBackend(settings, async (backend) => {
    const { events } = theMonth();
    for (const { event, leads, countdowns, conferences, releases } of events) {
      await backend.events.create({ ...event, revision: 1 });
      for (const one of leads) await backend.leads.create(one);
      for (const one of countdowns) await backend.countdowns.create({ ...one, revision: 1 });
      for (const one of releases) await backend.releases.create(one);
      for (const one of conferences) await backend.conferences.create(one);
    }
  });
  return { settings, folder };
}

test('a month is printed from the records of the folder, and written with the lists behind it', async () => {
  const { settings, folder } = await anOffice();
  const printed: string[] = [];
  const order = { month: '2026-02', out: join(folder, 'out'), isDrill: false };
  expect(await printMeasures(settings, order, (text) => printed.push(text))).toBe(EXIT.ok);
  expect(printed).toContain('按时发布率（5小时）：6/10，60.0%');
  expect(printed).toContain('迟报率：4/15，26.7%');
  expect(printed).toContain('发布登记完整率：0/15，0.0%');
  expect(printed.join('\n')).toMatch(/漏报率：未登记：/);
  const csv = readFileSync(join(folder, 'out', 'measures-2026-02.csv'), 'utf8');
  expect(csv).toContain('"《late》5小时发布：');
});

test('december ends with the year; what is no month is refused', async () => {
  const { settings } = await anOffice();
  const month = (name: string) => ({ month: name, isDrill: false });
  expect(await printMeasures(settings, month('2025-12'), () => {})).toBe(EXIT.ok);
  await expect(printMeasures(settings, month('2026-13'), () => {})).rejects.toThrow('不是月份');
});

test('what was told from outside on the last day counts, though the office knew of it only on the next', async () => {
  const { settings } = await anOffice();
  const { events, outsideNotices } = theMonth();
  await withBackend(settings, async (backend) => {
    const { event } = events.find((file) => file.event.id === 'outside')!;
    const knownAt = { ...event.knownAt, at: at('03-01 01:00') };
    await backend.events.create({ ...event, id: 'afterwards', revision: 1, knownAt });
    const learnedAt = at('02-28 23:00');
    const [notice] = outsideNotices;
    await backend.outsideNotices.create({ ...notice!, eventId: 'afterwards', learnedAt });
  });
  const printed: string[] = [];
  const order = { month: '2026-02', isDrill: false };
  await printMeasures(settings, order, (text) => printed.push(text));
  expect(printed).toContain('漏报率：1/21，4.8%');
});
