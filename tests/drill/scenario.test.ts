import { expect, test } from 'vitest';
import { createAnalysis, type OpinionEvent } from '#analyze';
import { digestOf, isAbove, type Grade } from '#core';
import type { Post } from '#ingest';
import { loadSampleOffice } from '../../config/drill/sample-office.ts';
import {
  countAt,
  loadScenario,
  parseScenario,
  type DrillItem,
  type Matter,
} from '../../config/drill/scenario.ts';
import { fillTimes, momentOf } from '../../config/drill/moments.ts';
import { openMemoryStores } from '../support/memory-stores.ts';
import {
  factsPack,
  gradingContext,
  gradingPack,
  groupingPack,
  resolvePlaces,
} from '../support/packs.ts';

const STARTED_AT = new Date('2026-11-24T00:30:00Z');
const scenario = loadScenario();
const office = loadSampleOffice();
const of = (matter: Matter): DrillItem[] => scenario.items.filter((item) => item.matter === matter);

test('both matters unfold among more noise than a person would read', () => {
  expect(of('water').length).toBeGreaterThanOrEqual(60);
  expect(of('collapse').length).toBeGreaterThanOrEqual(30);
  expect(of('noise').length).toBeGreaterThanOrEqual(40);
});

test('items stand in the order of their minutes, and most fall inside the drill', () => {
  const minutes = scenario.items.map(({ minute }) => minute);
  expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
  expect(minutes.at(-1)).toBeLessThan(scenario.minutes);
});

test('no two originals are the same text, and every text is long enough to be read as one', () => {
  const originals = scenario.items.filter(
    ({ copyOf, site, hostile }) => !copyOf && !hostile && site !== 'hotlist',
  );
  expect(new Set(originals.map(({ text }) => text)).size).toBe(originals.length);
  const odd = originals.filter(
    ({ text, site }) => text.length < (site === 'board' ? 45 : 80) || text.length > 600,
  );
  expect(odd.map(({ id }) => id)).toEqual([]);
});

test('nobody and nothing real is named', () => {
  const everything = JSON.stringify([scenario, office]);
  const real =
    /新华|人民日报|央视|中新社|澎湃|微博|抖音|微信公众号|百度|腾讯|阿里|贴吧|北京|上海|广州|深圳|重庆|吉林|中铁|中建|碧桂园|万科|恒大/;
  expect(real.exec(everything)).toBeNull();
  // A number that could be dialled belongs to somebody.
  expect(/1[3-9]\d{9}/.exec(everything)).toBeNull();
});

test('no item calls itself a drill, except the fire drill of the noise', () => {
  const saying = scenario.items.filter(({ title, text }) => /演练|演习|模拟/.test(title + text));
  expect(saying.map(({ matter }) => matter)).toEqual(['noise']);
});

test('days and times are those of the drill', () => {
  expect(fillTimes('截至{day}{at:95}，前一日{day:-1}', STARTED_AT)).toBe(
    '截至11月24日10时05分，前一日11月23日',
  );
  for (const { title, text } of scenario.items) {
    expect(fillTimes(title + text, STARTED_AT)).not.toMatch(/[{}]/);
  }
});

test('a count grows to its limit and never below zero', () => {
  const growth = { start: 2, perMinute: 0.5, most: 10 };
  expect([0, 10, 13, 100].map((at) => countAt(growth, 10, at))).toEqual([2, 2, 3, 10]);
  expect(countAt({ start: 2, perMinute: -1, most: 10 }, 0, 50)).toBe(0);
});

test.for([
  { wrong: 'an unknown site', yaml: 'site: nowhere', says: 'no site nowhere' },
  { wrong: 'a copy of nothing', yaml: 'site: a\n    copyOf: b', says: 'not above it' },
  { wrong: 'a misspelt key', yaml: 'site: a\n    titel: x', says: 'titel' },
])('$wrong stops the scenario from loading', ({ yaml, says }) => {
  const text = `name: t\ntitle: t\nminutes: 9\nexpected: []\nsites:
  - { id: a, kind: feed, name: a, outlet: a, outletKind: institution, mediaTier: M3 }
items:\n  - id: one\n    minute: 1\n    matter: noise\n    ${yaml}\n`;
  expect(() => parseScenario(text)).toThrow(says);
});

test('the sample office can be reached, and holds every role the drill needs', () => {
  const roles = new Set(office.people.flatMap((person) => person.roles));
  for (const role of ['opinionLead', 'deputyLeader', 'principal', 'releaseReviewer'] as const) {
    expect(roles).toContain(role);
  }
  expect(office.duty.first).not.toBe(office.duty.second);
  for (const { email } of office.people) expect(email).toMatch(/@drill\.invalid$/);
  // Codes that begin with 99 belong to no province.
  for (const { code } of office.regions) expect(code).toMatch(/^99/);
});

/** What each matter's events were graded, minute by minute, when every item is read as it appears. */
async function playThrough(grouping = groupingPack): Promise<{
  readonly grades: Map<number, Map<Matter, Grade>>;
  readonly events: readonly OpinionEvent[];
}> {
  const stores = openMemoryStores();
  let at = STARTED_AT;
  const stage = createAnalysis({
    ...stores,
    watches: office.watches,
    regions: office.regions,
    grading: gradingPack,
    facts: factsPack,
    resolvePlaces,
    grouping,
    context: gradingContext,
    rekey: (eventId, pseudonym) => `${eventId}/${pseudonym}`,
    now: () => at,
    isDrill: true,
  });
  const grades = new Map<number, Map<Matter, Grade>>();
  for (const item of scenario.items.filter(({ minute, hostile }) => minute >= 0 && !hostile)) {
    at = momentOf(item.minute, STARTED_AT);
    await stage.process([postOf(item, at)]);
    const now = new Map<Matter, Grade>();
    for (const event of await stores.events.listOpen()) {
      const matter = event.title.match(/坍塌|死亡|基坑|工地/) ? 'collapse' : 'water';
      const known = now.get(matter);
      const { grade } = event.proposal;
      if (!known || isAbove(grade, known)) now.set(matter, grade);
    }
    grades.set(item.minute, now);
  }
  return { grades, events: await stores.events.listOpen() };
}

function postOf(item: DrillItem, at: Date): Post {
  const site = scenario.sites.find(({ id }) => id === item.site);
  if (!site) throw new Error(item.site);
  const text = fillTimes(item.text, STARTED_AT);
  return {
    id: item.id,
    rawItemId: item.id,
    sourceId: site.id,
    url: `http://127.0.0.1/${item.id}`,
    title: fillTimes(item.title, STARTED_AT),
    text,
    contentDigest: digestOf(text),
    outlet: site.outletKind === 'individual' ? null : site.outlet,
    outletKind: site.outletKind,
    mediaTier: site.mediaTier,
    ...(item.author && { authorPseudonym: digestOf(item.author) }),
    ...(site.kind === 'hotList' && { hotRank: 1, hotListScope: 'local' as const }),
    publishedAt: at,
    publishedFrom: 'feed',
    fetchedAt: at,
    isDrill: true,
  };
}

test.for([
  { rules: 'the shipped rules', factor: 1 },
  { rules: 'rules that group a little sooner', factor: 0.9 },
  { rules: 'rules that group a little later', factor: 1.1 },
])('$rules reach each grade in the minute the scenario names, and no other', async ({ factor }) => {
  const { events: rule } = groupingPack;
  const leastSimilarity = rule.leastSimilarity * factor;
  const played = await playThrough({ ...groupingPack, events: { ...rule, leastSimilarity } });
  const { grades, events } = played;
  const reached: { matter: Matter; grade: Grade; minute: number }[] = [];
  for (const [minute, now] of grades) {
    for (const [matter, grade] of now) {
      const isNew = !reached.some((row) => row.matter === matter && row.grade === grade);
      if (isNew && grade !== 'WATCH') reached.push({ matter, grade, minute });
    }
  }
  expect(reached).toEqual(
    scenario.expected.map(({ matter, grade, minute }) => ({ matter, grade, minute })),
  );
  expect(events.map(({ isDrill }) => isDrill)).toEqual([true, true]);
});

test('a rumoured toll lifts nothing; the city medium’s does', async () => {
  const { events } = await playThrough();
  const collapse = events.find(({ title }) => title.includes('坍塌'));
  const credible = collapse?.figures.filter(({ isCredible }) => isCredible);
  expect(collapse?.figures.some(({ isCredible, dead }) => !isCredible && dead === 5)).toBe(true);
  expect(credible?.map(({ dead }) => dead).filter(Boolean)).toContain(4);
  expect(credible?.every(({ dead = 0 }) => dead <= 4)).toBe(true);
});
