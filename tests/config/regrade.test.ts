import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAnalysis } from '#analyze';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { EXIT } from '../../config/exit-codes.ts';
import { toGradingContext } from '../../config/grading-context.ts';
import { readPacks } from '../../config/packs.ts';
import { openModels } from '../../config/proposal-models.ts';
import { toReaderRules } from '../../config/reader-rules.ts';
import { regrade } from '../../config/regrade.ts';
import { SettingsSchema, type Settings } from '../../config/settings.ts';
import { withBackend } from '../../config/with-backend.ts';
import { aPost, minutesAfter } from '../support/posts.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DAY = { from: '2026-03-02', to: '2026-03-03' };

/** A folder that holds a day: a collapse, first one dead, forty minutes later three. */
async function aDay(): Promise<Settings> {
  const settings = SettingsSchema.parse({
    storage: { folder: tempFolder() },
    watches: [{ id: 'site', name: '工地', matters: ['坍塌'] }],
  });
  const packs = readPacks(settings);
  const segmenter = await openSegmenter();
  await withBackend(settings, async (backend) => {
    const stage = createAnalysis({
      ...backend,
      ...toReaderRules(settings, packs, { segmenter, models: await openModels() }),
      context: toGradingContext(settings.office, packs.grading),
      now: () => minutesAfter(60),
      isDrill: false,
    });
    const title = '高新区工地坍塌';
    const told = (minute: number, text: string) =>
      aPost({ title, text, fetchedAt: minutesAfter(minute) });
    await stage.process([told(0, '高新区一工地发生坍塌，造成1人死亡，救援正在进行。')]);
    await stage.process([told(40, '高新区工地坍塌事故死亡人数升至3人，救援仍在进行。')]);
  });
  return settings;
}

test('a day judged again under its own packs gives every decision as it was, byte for byte', async () => {
  const printed: string[] = [];
  const code = await regrade(await aDay(), { ...DAY, isJson: true }, (text) => printed.push(text));
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ events: [{ isSame: true }] });
  expect(code).toBe(EXIT.ok);
});

test('under another pack it says what would have come earlier, and by how much', async () => {
  const settings = await aDay();
  const pack = new URL('../../config/packs/grading.yaml', import.meta.url);
  const stricter = readFileSync(pack, 'utf8')
    .replace("version: '2'", "version: 'stricter'")
    .replace('{ dead: 1, atLeast: L3 }', '{ dead: 1, atLeast: L2 }');
  const grading = join(tempFolder(), 'grading.yaml');
  writeFileSync(grading, stricter);
  const printed: string[] = [];
  const code = await regrade(settings, { ...DAY, grading, isJson: false }, (text) =>
    printed.push(text),
  );
  expect(code).toBe(EXIT.partly);
  expect(printed[0]).toContain('default-grading@stricter 重算 1 个事件：相同 0 个，不同 1 个');
  expect(printed[0]).toContain('重大会早40分钟（2026-03-02 12:40 → 2026-03-02 12:00）');
});
