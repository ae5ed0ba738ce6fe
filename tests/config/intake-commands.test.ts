import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { beijingDay } from '#core';
import { EXIT } from '../../config/exit-codes.ts';
import { importFile } from '../../config/import-file.ts';
import { readSources } from '../../config/packs.ts';
import { replay } from '../../config/replay.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { discoverSource, testSource } from '../../config/try-source.ts';
import { toFunnel } from '#ingest';
import { withBackend } from '../../config/with-backend.ts';
import { aRun } from '../support/sources.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LIST = 'tests/fixtures/pages/list-spans.html';
const WORKBOOK = 'tests/fixtures/tables/hotline.xlsx';

function terminal() {
  const printed: string[] = [];
  const said: string[] = [];
  return {
    printed,
    said,
    print: (text: string) => void printed.push(text),
    say: (text: string) => void said.push(text),
  };
}

const settingsIn = (folder: string) =>
  SettingsSchema.parse({
    storage: { folder },
    sources: {
      packs: [],
      own: [
        {
          id: 'hotline',
          name: '12345 热线',
          kind: 'hotline',
          inputPath: 'file',
          mediaTier: 'M1',
          maxAgeMs: 100 * 365 * 86_400_000,
          reader: { kind: 'table', columns: { key: '工单号', text: '诉求内容' } },
        },
      ],
    },
  });

test('a saved list page gives lines for the settings, which read it', async () => {
  const at = terminal();
  const code = await discoverSource(SettingsSchema.parse({}), { what: LIST, isJson: true }, at);
  expect(code).toBe(EXIT.ok);
  const [best] = JSON.parse(at.printed.join('')) as { reader: object; items: number }[];
  expect(best).toMatchObject({ reader: { kind: 'listPage' }, items: 8 });
});

test('a try of a saved page shows its rows and says that their articles were not read', async () => {
  const at = terminal();
  const code = await testSource(SettingsSchema.parse({}), { what: LIST, isJson: false }, at);
  expect(code).toBe(EXIT.partly);
  expect(at.printed.join('\n')).toContain('临时停水的通知');
});

test('a page without a list, and one that cannot be reached, have exit codes of their own', async () => {
  const at = terminal();
  const page = 'tests/fixtures/pages/no-list.html';
  const settings = SettingsSchema.parse({ fetching: { connectWithinMs: 500 } });
  expect(await testSource(settings, { what: page, isJson: false }, at)).toBe(EXIT.failed);
  // A reserved name: nobody answers to it.
  const nobody = { what: 'http://nobody.invalid/', isJson: false };
  expect(await testSource(settings, nobody, at)).toBe(EXIT.unreachable);
  expect(at.said.at(-1)).toMatch(/没有读到：/);
});

test('an export is tried dry, imported once however often, and its bytes give the same posts again', async () => {
  const settings = settingsIn(tempFolder());
  const at = terminal();
  const order = { file: WORKBOOK, source: 'hotline', isDryRun: true, isJson: true };
  const run = async (isDryRun: boolean) => {
    const code = await importFile(settings, { ...order, isDryRun }, at.print);
    return { code, answer: JSON.parse(at.printed.at(-1) ?? '') as { funnel?: { new: number } } };
  };
  expect(await run(true)).toMatchObject({ code: EXIT.ok, answer: { rows: 2, unparsable: 0 } });
  expect((await run(true)).answer.funnel).toBeUndefined();
  expect((await run(false)).answer.funnel).toMatchObject({ new: 2 });
  expect((await run(false)).answer.funnel).toMatchObject({ new: 0, duplicate: 2 });

  const year = new Date().getFullYear();
  const tomorrow = beijingDay(new Date(Date.now() + 86_400_000));
  const span = { from: `${year - 1}-01-01`, to: tomorrow, writes: false, isJson: true };
  // Nothing has analysed the posts yet: they are on the log and not in the store.
  expect(await replay(settings, span, at.print)).toBe(EXIT.partly);
  expect(JSON.parse(at.printed.at(-1) ?? '')).toMatchObject({ pages: 1, missing: 2, problems: 0 });
});

test('what a replay takes out of quarantine is said in the funnel of the run that had set it apart', async () => {
  const settings = settingsIn(tempFolder());
  const [source] = readSources(settings);
  const at = new Date(Date.now() - 3_600_000);
  await withBackend(settings, async ({ rawItems, sourceStates }) => {
    const { id: sourceId, url } = source!;
    const held = { sourceId, url, bytes: readFileSync(WORKBOOK), at, reason: '无法解读' };
    const quarantinedIds = [await rawItems.quarantine(held)];
    const run = { sourceId, startedAt: at, endedAt: at, funnel: toFunnel(['quarantined', 'old']) };
    await sourceStates.recordRun(aRun('apart', { ...run, quarantinedIds }));
  });
  const year = new Date().getFullYear();
  const tomorrow = beijingDay(new Date(Date.now() + 86_400_000));
  const span = { from: `${year - 1}-01-01`, to: tomorrow, isJson: true };
  await replay(settings, { ...span, writes: false }, () => undefined);
  const after = async () =>
    await withBackend(settings, async ({ rawItems, sourceStates }) => ({
      held: await rawItems.listQuarantined(10),
      funnels: (await sourceStates.listRuns('hotline', 10)).map(({ funnel }) => funnel),
    }));
  expect(await after()).toMatchObject({ held: [{}], funnels: [toFunnel(['quarantined', 'old'])] });
  await replay(settings, { ...span, writes: true }, () => undefined);
  expect(await after()).toEqual({ held: [], funnels: [toFunnel(['old', 'new', 'new'])] });
});
