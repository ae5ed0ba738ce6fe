import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, startOfBeijingDay } from '#core';
import { FUNNEL_COLUMNS, toFunnel, type Funnel, type Run, type SourceState } from '#ingest';
import { OUTAGE_HOURS } from '../support/fault-city/city.ts';
import { SITE_KINDS, type SiteKind } from '../support/fault-city/kinds.ts';
import { liveThroughDay, type Day } from '../support/fault-city/live-day.ts';
import { expectedFunnel, servedItems, type Item, type Site } from '../support/fault-city/site.ts';

/**
 * A day of a city whose sites fail in every way sites fail, over real sockets, with the clock in the test's hand. What
 * was really served is known, so nothing can be lost without being missed.
 */
const SITES = process.env['HUIYING_SOAK'] === '1' ? 500 : 120;
const STARTS_AT = startOfBeijingDay('2026-03-02');
const atHour = (hour: number): Date => new Date(STARTS_AT.getTime() + hour * HOUR_MS);

let day: Day;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  day = await liveThroughDay({ size: SITES, startsAt: STARTS_AT }, closing);
}, SITES * 1_000);
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
});

const sumOf = (runs: readonly Run[]): Funnel => {
  const sum = { ...toFunnel([]) };
  for (const { funnel, startedAt } of runs) {
    if (startedAt < STARTS_AT) continue;
    for (const name of ['fetched', ...FUNNEL_COLUMNS] as const) sum[name] += funnel[name];
  }
  return sum;
};

/** Every item that was really served went into exactly one column, and into the right one. */
function expectAccounted(sites: readonly Site[], runs: Day['runs']): void {
  const accounts = sites.map(({ source: { id, name } }) => ({
    name,
    ...sumOf(runs.get(id) ?? []),
  }));
  const truth = sites.map((site) => ({ name: site.source.name, ...expectedFunnel(site) }));
  expect(accounts).toEqual(truth);
  expect(accounts.filter((sum) => inColumns(sum) !== sum.fetched)).toEqual([]);
}

const inColumns = (sum: Funnel): number =>
  FUNNEL_COLUMNS.reduce((total, column) => total + sum[column], 0);

const sitesOf = (isMeant: (kind: SiteKind) => boolean): Site[] =>
  day.city.sites.filter(({ kind }) => isMeant(kind));
/** The sites of which something cannot be said, by name. */
const without = (isTrue: (site: Site) => boolean, sites = day.city.sites): string[] =>
  sites.filter((site) => !isTrue(site)).map(({ source }) => source.name);
const stateOf = ({ source }: Site): SourceState | undefined => day.states.get(source.id);

test('no look at a source ends in a bug', () => {
  expect(day.bugs).toEqual([]);
});

test('every item that a site really served is in exactly one column', () => {
  const { city, runs } = day;
  expectAccounted(city.sites, runs);
  const served = city.sites.map((site) => expectedFunnel(site).fetched);
  expect(served.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(SITES * 100);
});

test.for([
  { what: 'an item that is in no column', change: { fetched: -1, duplicate: -1 } },
  { what: 'an item that is in two', change: { old: 1 } },
  { what: 'a new item passed off as known', change: { new: -1, duplicate: 1 } },
])('the account does not let pass $what', ({ change }) => {
  const { city, runs } = day;
  const [[id, ofFirst] = ['', []]] = [...runs];
  const [newest, ...older] = ofFirst;
  if (!newest) throw new Error('no run');
  const funnel = { ...newest.funnel };
  for (const [name, by] of Object.entries(change)) funnel[name as keyof Funnel] += by;
  const tampered = new Map(runs).set(id, [{ ...newest, funnel }, ...older]);
  expect(() => expectAccounted(city.sites, tampered)).toThrow('deeply equal');
});

test('every item that went out is one post in the log, and no other post is there', () => {
  const written = Map.groupBy(day.posts, ({ sourceId }) => sourceId);
  const pathsOf = ({ source }: Site): string[] =>
    (written.get(source.id) ?? []).map(({ url }) => new URL(url).pathname);
  const servedBy = (site: Site): string[] => [...servedItems(site)].map(({ path }) => path);
  const isWhole = (site: Site): boolean =>
    pathsOf(site).toSorted().join() === servedBy(site).toSorted().join();
  expect(without(isWhole)).toEqual([]);
  expect(new Set(day.posts.map(({ id }) => id)).size).toBe(day.posts.length);
});

test('what a site published before it was last read was read, whatever happened in between', () => {
  const isForever = ({ kind }: Site, { number }: Item): boolean =>
    kind.burst !== undefined || kind.articleFault?.(24, number) !== undefined;
  const lostBy = (site: Site): Item[] => {
    const lastOkAt = stateOf(site)?.lastOkAt ?? STARTS_AT;
    const served = servedItems(site);
    return site.items.filter(
      (item) => item.column === 'new' && item.at < lastOkAt && !served.has(item),
    );
  };
  const neverRead = (site: Site): boolean => stateOf(site)?.lastOkAt === undefined;
  expect(
    without((site) => neverRead(site) || lostBy(site).every((item) => isForever(site, item))),
  ).toEqual([]);
  // What is gone is gone; that it may be is marked, below.
  expect(lostBy(sitesOf(({ burst }) => burst !== undefined)[0] as Site).length).toBeGreaterThan(0);
});

test('no source is ever given up: each has a next try, and each was tried again', () => {
  const endsAt = atHour(24).getTime();
  expect(without((site) => Number(stateOf(site)?.nextTryAt) > endsAt - MINUTE_MS)).toEqual([]);
  const longestWaitMs = ({ source }: Site): number => {
    const runs = day.runs.get(source.id) ?? [];
    const times = runs.map(({ startedAt }) => startedAt.getTime()).toSorted((a, b) => a - b);
    const inTheDay = times.filter((time) => time >= STARTS_AT.getTime());
    return Math.max(
      ...[...inTheDay.slice(1), endsAt].map((time, nth) => time - (inTheDay[nth] ?? 0)),
    );
  };
  expect(without((site) => longestWaitMs(site) <= 6.1 * HOUR_MS)).toEqual([]);
});

test.for(SITE_KINDS)('of $what the office is told: $news', ({ what, news }) => {
  const told = sitesOf((kind) => kind.what === what).map(({ source: { id } }) =>
    day.troubles.filter(({ sourceId }) => sourceId === id).map(({ kind }) => kind),
  );
  expect(told).toEqual(told.map(() => news));
});

test('a dead source is told of within two of its own intervals', () => {
  const dead = sitesOf(({ what }) => what.includes('is dead'));
  expect(dead.length).toBeGreaterThan(3);
  const isInTime = ({ source: { id } }: Site): boolean => {
    const intervalMs = day.statesAtNine.get(id)?.intervalMs ?? 0;
    const told = day.troubles.find(({ sourceId }) => sourceId === id);
    return Number(told?.at) <= atHour(9).getTime() + 2 * intervalMs;
  };
  expect(without(isInTime, dead)).toEqual([]);
  expect(without((site) => stateOf(site)?.health === 'silent', dead)).toEqual([]);
});

test('an outage is one trouble and one recovery, and no source’s', () => {
  const internet = day.troubles.filter(({ sourceId }) => sourceId === 'internet');
  expect(internet.map(({ kind }) => kind)).toEqual(['outage', 'recovered']);
  const [from, to] = OUTAGE_HOURS.map((hour) => atHour(hour).getTime());
  const meanwhile = day.troubles.filter(
    ({ at }) => Number(at) >= Number(from) && Number(at) < Number(to),
  );
  expect(meanwhile.map(({ sourceId, kind }) => [sourceId, kind])).toEqual([['internet', 'outage']]);
});

test('a feed that rolled over is marked, and no other', () => {
  const rolled = sitesOf(({ burst }) => burst !== undefined);
  expect(without((site) => stateOf(site)?.possibleGapAt === undefined)).toEqual(
    rolled.map(({ source }) => source.name),
  );
});

test('a site that asks to be left alone is left alone until then', () => {
  const isObeyed = ({ requests, kind }: Site): boolean => {
    const refused = requests.findIndex(({ fault }) => fault !== undefined);
    const [at, next] = [requests[refused]?.at ?? 0, requests[refused + 1]?.at ?? 0];
    const untilMs = kind.what.includes('nine') ? atHour(9).getTime() : at + 100 * MINUTE_MS;
    return at > 0 && next >= untilMs;
  };
  expect(
    without(
      isObeyed,
      sitesOf(({ what }) => what.includes('left alone')),
    ),
  ).toEqual([]);
});

test('a post is seen within two looks of its publication, also beside dead links and rolling feeds', () => {
  const untroubled = sitesOf(({ news }) => news.length === 0);
  // Two of the longest intervals, and the outage in between.
  const mostMs = 2 * HOUR_MS + 40 * MINUTE_MS;
  expect(without((site) => Math.max(...latenessOf(site)) < mostMs, untroubled)).toEqual([]);
  const latenessMs = untroubled.flatMap(latenessOf).toSorted((a, b) => a - b);
  const p95Ms = latenessMs[Math.floor(latenessMs.length * 0.95)] ?? 0;
  console.info(
    `${SITES} sites: ${latenessMs.length} posts, p95 seen after ${p95Ms / MINUTE_MS} minutes`,
  );
  expect(p95Ms).toBeLessThanOrEqual(HOUR_MS);
});

/** How long after its publication each post of the day was seen, ms. */
function latenessOf({ items, source }: Site): number[] {
  const publishedAt = new Map(items.map(({ path, at }) => [path, at.getTime()]));
  return day.posts
    .filter(({ sourceId }) => sourceId === source.id)
    .map(({ url, fetchedAt }) => [publishedAt.get(new URL(url).pathname) ?? 0, fetchedAt.getTime()])
    .filter(([from = 0]) => from >= STARTS_AT.getTime())
    .map(([from = 0, to = 0]) => to - from);
}
