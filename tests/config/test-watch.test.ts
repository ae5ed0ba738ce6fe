import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DAY_MS, startOfBeijingDay } from '#core';
import { openDatabase } from '#core/sqlite';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { EXIT } from '../../config/exit-codes.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { testWatch } from '../../config/test-watch.ts';
import { aPost } from '../support/posts.ts';
import { tempFile, tempFolder } from '../support/temp-folder.ts';

const watch = {
  id: 'safety',
  name: '安全',
  places: ['江北'],
  matters: ['坍塌'],
  exclude: ['演习'],
};
const yesterday = startOfBeijingDay(
  new Date(Date.now() - DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10),
);
const at = (hour: number): Date => new Date(yesterday.getTime() + hour * 3_600_000);

/** A store that a running product holds open, and the settings over it. */
async function anOffice() {
  const folder = tempFolder();
  const posts = new SqlitePostStore(openDatabase(join(folder, 'posts.db')), openNodeRsSegmenter());
  const rows = [
    { title: '江北一处工地坍塌，3人死亡', hour: 10 },
    // Five days before, so that it is an event of its own.
    { title: '江北夜间发生燃气爆炸，5人死亡', hour: 3 - 5 * 24 },
    { title: '江北举行坍塌救援演习', hour: 11 },
    { title: '江南一处工地坍塌', hour: 12 },
    { title: '公园里的菊花开了', hour: 13 },
  ];
  await posts.saveMany(
    rows.map(({ title, hour }, nth) =>
      aPost({
        id: `post-${nth}`,
        title,
        text: '',
        mediaTier: 'M4',
        outlet: '临江日报',
        fetchedAt: at(hour),
        publishedAt: at(hour),
      }),
    ),
  );
  return SettingsSchema.parse({ storage: { folder }, watches: [watch] });
}

async function tryOut(
  settings: Awaited<ReturnType<typeof anOffice>>,
  trial: { file?: string; id?: string },
) {
  const printed: string[] = [];
  const { file, id } = trial;
  const code = await testWatch(
    settings,
    { file, id, days: 7, isJson: true },
    { print: (text) => void printed.push(text), say: () => undefined },
  );
  return { code, report: JSON.parse(printed.join('\n')) as Record<string, unknown> };
}

test('a word more in a watch says what it adds: posts, alerts, and those of the night', async () => {
  const file = tempFile('safety.yaml', stringify({ ...watch, matters: ['坍塌', '爆炸'] }));
  const { code, report } = await tryOut(await anOffice(), { file });
  expect(code).toBe(EXIT.ok);
  expect(report).toMatchObject({
    posts: 5,
    met: { before: 1, after: 2 },
    alerts: { before: 1, after: 2 },
    nightAlerts: { before: 0, after: 1 },
    newlyMet: [{ title: '江北夜间发生燃气爆炸，5人死亡' }],
    noLongerMet: [],
    newAlerts: [{ title: '江北夜间发生燃气爆炸，5人死亡' }],
  });
  expect(report['nearMisses']).toEqual([
    expect.objectContaining({ title: '江北举行坍塌救援演习', why: '被排除词“演习”排除' }),
    expect.objectContaining({ title: '江南一处工地坍塌', why: '缺地点词' }),
  ]);
});

test('a watch of the settings is compared with not having it', async () => {
  const { report } = await tryOut(await anOffice(), { id: 'safety' });
  expect(report).toMatchObject({ met: { before: 0, after: 1 }, alerts: { before: 0, after: 1 } });
});

test('a watch that does not exist, or none at all, is refused', async () => {
  const settings = await anOffice();
  await expect(tryOut(settings, { id: 'nowhere' })).rejects.toThrow('nowhere');
  await expect(tryOut(settings, {})).rejects.toThrow('--watch');
});
