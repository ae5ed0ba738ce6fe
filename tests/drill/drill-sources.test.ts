import { expect, test } from 'vitest';
import { articleOf, hotListOf, listOf, type CityMoment } from '../../config/drill/city-pages.ts';
import { drillSources } from '../../config/drill/drill-sources.ts';
import { itemsAt, loadScenario } from '../../config/drill/scenario.ts';
import { readDate } from '../../ingest/dates/read-date.ts';
import { readPage, withArticle } from '../../ingest/pages/read-page.ts';

const scenario = loadScenario();
const urls = Object.fromEntries(scenario.sites.map(({ id }) => [id, `http://127.0.0.1/${id}`]));
const sources = drillSources(scenario, urls);
const NOW = new Date('2026-11-24T03:00:00Z');
const momentAt = (siteId: string): CityMoment => ({
  scenario,
  site: scenario.sites.find(({ id }) => id === siteId) as CityMoment['site'],
  elapsed: 120,
  startedAt: new Date('2026-11-24T00:30:00Z'),
  origin: 'http://127.0.0.1',
});
const sourceOf = (siteId: string) => {
  const source = sources.find(({ id }) => id === `drill-${siteId}`);
  if (!source) throw new Error(`no source ${siteId}`);
  return source;
};

test('every site of the city is a source, and only on this machine', () => {
  expect(sources).toHaveLength(scenario.sites.length);
  expect(new Set(sources.map(({ url }) => new URL(url).hostname))).toEqual(new Set(['127.0.0.1']));
});

test.for(['gov', 'board'])('every row and every article of %s is read', (siteId) => {
  const { reader, url } = sourceOf(siteId);
  const { items, unparsable } = readPage(listOf(momentAt(siteId)), reader, url);
  const shown = itemsAt(scenario, siteId, 120).slice(0, 50);
  expect(unparsable).toBe(0);
  expect(items.map(({ title }) => title)).toEqual(shown.map(({ title }) => title));
  const read = items.flatMap((item, index) => {
    const original = shown[index];
    if (!original || original.hostile) return [];
    return [withArticle(item, articleOf(momentAt(siteId), original), reader)];
  });
  expect(read.filter(({ text }) => text.length <= 40)).toEqual([]);
  expect(read.filter(({ published }) => !readDate(published, NOW))).toEqual([]);
});

test('the hot list is read in its order', () => {
  const { reader, url } = sourceOf('hotlist');
  const { items } = readPage(hotListOf(momentAt('hotlist')), reader, url);
  expect(items.length).toBeGreaterThan(3);
  expect(items.map(({ hotRank }) => hotRank)).toEqual(items.map((_, index) => index + 1));
});
