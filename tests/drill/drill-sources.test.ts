import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { articleOf, hotListOf, listOf, type CityMoment } from '../../config/drill/city-pages.ts';
import { drillSources } from '../../config/drill/drill-sources.ts';
import { itemsAt, loadScenario } from '../../config/drill/scenario.ts';

const scenario = loadScenario();
const urls = Object.fromEntries(scenario.sites.map(({ id }) => [id, `http://127.0.0.1/${id}`]));
const sources = drillSources(scenario, urls);
const momentAt = (siteId: string): CityMoment => ({
  scenario,
  site: scenario.sites.find(({ id }) => id === siteId) as CityMoment['site'],
  elapsed: 120,
  startedAt: new Date('2026-11-24T00:30:00Z'),
  origin: 'http://127.0.0.1',
});

test('every site of the city is a source, and only on this machine', () => {
  expect(sources).toHaveLength(scenario.sites.length);
  expect(new Set(sources.map(({ url }) => new URL(url).hostname))).toEqual(new Set(['127.0.0.1']));
});

test.for(['gov', 'board'])('the selectors of %s find every row and every article', (siteId) => {
  const reader = sources.find(({ id }) => id === `drill-${siteId}`)?.reader;
  if (reader?.kind !== 'list') throw new Error('not a list');
  const page = load(listOf(momentAt(siteId)));
  const shown = itemsAt(scenario, siteId, 120).slice(0, 50);
  const rows = page(reader.row).toArray();
  expect(rows.map((row) => page(row).find(reader.link).text())).toEqual(
    shown.map(({ title }) => title),
  );
  expect(rows.every((row) => /^2026-11-\d\d/.test(page(row).find(reader.date).text()))).toBe(true);
  for (const item of shown.filter(({ hostile }) => !hostile)) {
    const article = load(articleOf(momentAt(siteId), item));
    expect(article(reader.article.title).text()).toBe(item.title);
    expect(article(reader.article.text).text().trim().length).toBeGreaterThan(40);
    expect(article(reader.article.publishedAt).text()).toMatch(/^2026-11-\d\d \d\d:\d\d$/);
  }
});

test('the fields of the hot list are where the source says', () => {
  const reader = sources.find(({ kind }) => kind === 'hotList')?.reader;
  if (reader?.kind !== 'json') throw new Error('not a JSON list');
  const rows = JSON.parse(hotListOf(momentAt('hotlist')))[reader.rows] as Record<string, unknown>[];
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) {
    expect(row).toMatchObject({
      [reader.rank]: expect.any(Number),
      [reader.title]: expect.any(String),
    });
  }
});
