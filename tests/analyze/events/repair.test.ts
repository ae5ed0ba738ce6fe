import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRADES, isAtLeast } from '#core';
import { createRepair, createRegroupingDesk, gradeOf, growthAlarm, type Lead } from '#analyze';
import { mergeEvents } from '../../../analyze/events/merge-events.ts';
import { findParts } from '../../../analyze/events/repair-events.ts';
import { sumOfTerms } from '../../../analyze/events/sum-of-terms.ts';
import { unmergeEvents } from '../../../analyze/events/unmerge-events.ts';
import { openEvent } from '../../../analyze/events/update-event.ts';
import { aPerson } from '../../support/alerts.ts';
import { openMemoryStores } from '../../support/memory-stores.ts';
import { gradingContext, groupingPack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aLeadOf, ANALYST, openRegrouping } from '../../support/regrouping.ts';

const MAIN = [
  ['爆管', 0.7],
  ['清河', 0.5],
  ['抢修', 0.5],
] as const;
const PIT = [
  ['坍塌', 0.7],
  ['基坑', 0.5],
  ['搜救', 0.5],
] as const;
const about = (lead: Lead, terms: readonly (readonly [string, number])[]): Lead => ({
  ...lead,
  terms: terms.map(([term, weight]) => [term, weight]),
});

async function openRepairs(leads: readonly Lead[], grouping = groupingPack) {
  const clock = { at: minutesAfter(120) };
  const opened = await openRegrouping(leads, openMemoryStores(), () => clock.at);
  const repair = createRepair({ ...opened, grouping, now: () => clock.at });
  const pass = async () => {
    clock.at = new Date(clock.at.getTime() + groupingPack.regrouping.everyMs);
    return await repair();
  };
  const desk = createRegroupingDesk({ ...opened, rule: groupingPack.regrouping });
  return { ...opened, pass, desk, clock };
}

/** Takes apart what the shipped pack would leave: for events that come apart in a test of few words. */
const strictPack = {
  ...groupingPack,
  regrouping: {
    ...groupingPack.regrouping,
    split: { leastCohesion: 0.8, leastLeads: 3, stricterBy: 0.3 },
  },
};

const sameMatter = () => [
  about(aLeadOf('event-1', 'lead-1', 0), MAIN),
  about(aLeadOf('event-2', 'lead-2', 20), MAIN),
];

test('two open events of one happening become one, by the machine and on record', async () => {
  const { pass, events, regroupings } = await openRepairs(sameMatter());
  expect(await pass()).toBe(1);
  expect(await events.listOpen()).toMatchObject([{ id: 'event-1', postCount: 2 }]);
  const [done] = await regroupings.listByEvent('event-1');
  expect(done).toMatchObject({ state: 'done', actor: { personId: 'machine' } });
  expect(done?.effects).toHaveLength(2);
  expect(await pass()).toBe(0);
});

test('between its times it does not look', async () => {
  const { regroup, events, leads, regroupings } = await openRegrouping(sameMatter());
  const now = () => minutesAfter(120);
  const repair = createRepair({ regroup, events, leads, regroupings, grouping: groupingPack, now });
  await repair();
  await leads.create(about(aLeadOf('event-3', 'lead-3', 30), MAIN));
  expect(await repair()).toBe(0);
});

test('events of two districts stay two, however alike', async () => {
  const { pass, events } = await openRepairs([
    about(aLeadOf('event-1', 'lead-1', 0, { regionCodes: ['990102'] }), MAIN),
    about(aLeadOf('event-2', 'lead-2', 20, { regionCodes: ['990103'] }), MAIN),
  ]);
  expect(await pass()).toBe(0);
  expect(await events.listOpen()).toHaveLength(2);
});

test('where a person has decided, the machine only proposes; declined, it never asks again', async () => {
  const { pass, events, regroupings, desk } = await openRepairs(sameMatter());
  const event = await events.findById('event-2');
  if (!event) throw new Error('no event');
  await events.replace({ ...event, revision: 2, confirmedGrade: 'L4' });
  expect(await pass()).toBe(1);
  expect(await events.listOpen()).toHaveLength(2);
  const [proposed] = await regroupings.listByEvent('event-2');
  expect(proposed).toMatchObject({ state: 'proposed' });
  const answer = {
    regroupingId: proposed?.id ?? '',
    actor: aPerson('analyst'),
    at: minutesAfter(140),
  };
  await desk.answerRegrouping({ ...answer, isAccepted: false, reason: '不是一件事' });
  expect(await pass()).toBe(0);
  await expect(
    desk.answerRegrouping({ ...answer, isAccepted: true, reason: '改主意' }),
  ).rejects.toThrow('已有人处理');
});

test('what was proposed and accepted is done', async () => {
  const { pass, events, regroupings, desk } = await openRepairs(sameMatter());
  const event = await events.findById('event-1');
  if (!event) throw new Error('no event');
  await events.replace({ ...event, revision: 2, state: 'assessing' });
  await pass();
  const [proposed] = await regroupings.listByEvent('event-1');
  await desk.answerRegrouping({
    regroupingId: proposed?.id ?? '',
    isAccepted: true,
    reason: '属实',
    actor: aPerson('analyst'),
    at: minutesAfter(140),
  });
  expect(await events.listOpen()).toMatchObject([
    { id: 'event-1', state: 'assessing', postCount: 2 },
  ]);
});

test('what a person split or took back does not come together again', async () => {
  const { pass, events, regroupings, desk } = await openRepairs(sameMatter());
  await pass();
  const [done] = await regroupings.listByEvent('event-1');
  const by = { actor: aPerson('analyst'), at: minutesAfter(150), reason: '两个小区两件事' };
  await desk.undoRegrouping({ ...by, regroupingId: done?.id ?? '' });
  expect(await pass()).toBe(0);
  expect(await events.listOpen()).toHaveLength(2);

  const two = await openRepairs(sameMatter().map((lead) => ({ ...lead, eventId: 'event-1' })));
  await two.desk.splitEvent({ ...by, eventId: 'event-1', leadIds: ['lead-2'], title: '另一件' });
  for (let round = 0; round < 3; round += 1) expect(await two.pass()).toBe(0);
  expect(await two.events.listOpen()).toHaveLength(2);
});

test('an event of several matters comes apart, and stays so', async () => {
  const matters = ['甲', '乙', '丙', '丁', '戊', '己'];
  const mixed = matters.flatMap((matter, index) =>
    [0, 1].map((copy) =>
      about(aLeadOf('event-1', `lead-${matter}${copy}`, index * 2 + copy), [[matter, 1]]),
    ),
  );
  expect(findParts(mixed, strictPack).map((part) => part.length)).toEqual([2, 2, 2, 2, 2, 2]);
  // Taken apart, every part holds together.
  for (const part of findParts(mixed, strictPack))
    expect(findParts(part, strictPack)).toHaveLength(1);
});

test('an event that draws in unlike leads fast says so', () => {
  const { leads: most } = groupingPack.regrouping.growth;
  const mixed = Array.from({ length: most }, (_, index) =>
    about(aLeadOf('event-1', `lead-${index}`, index), [[`词${index}`, 1]]),
  );
  const at = minutesAfter(59);
  expect(growthAlarm(mixed, groupingPack, at)).toContain(`新增${most}条线索`);
  expect(growthAlarm(mixed.slice(1), groupingPack, at)).toBeUndefined();
  expect(
    growthAlarm(
      mixed.map((lead) => about(lead, PIT)),
      groupingPack,
      at,
    ),
  ).toBeUndefined();
  expect(growthAlarm(mixed, groupingPack, minutesAfter(24 * 60))).toBeUndefined();
});

const leadsOf = (eventId: string) =>
  fc
    .array(
      fc.record({
        minute: fc.nat(600),
        mediaTier: fc.constantFrom('M1', 'M3', 'M4', 'M6'),
        contentClass: fc.constantFrom('A2', 'A3', 'A5', 'A6'),
        dead: fc.option(fc.nat(12), { nil: undefined }),
        interactions: fc.nat(60_000),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((found) =>
      found.map(({ minute, dead, interactions, ...more }, index) =>
        aLeadOf(eventId, `${eventId}-${index}`, minute, {
          ...more,
          ...(dead !== undefined && { dead }),
          snapshots: [{ at: minutesAfter(minute), interactions }],
        }),
      ),
    );
const until = minutesAfter(700);
const judging = (leads: readonly Lead[]) => ({
  parts: { leads, terms: sumOfTerms(leads, 120) },
  context: gradingContext,
  until,
});
const open = (id: string, leads: readonly Lead[]) =>
  openEvent(id, judging(leads).parts, gradingContext, { isDrill: false, until });
const act = { id: 'regrouping-1', actor: ANALYST, at: until };

test('no merge lowers a grade or moves a start later, whatever the two were', () => {
  fc.assert(
    fc.property(
      leadsOf('event-1'),
      leadsOf('event-2'),
      fc.option(fc.constantFrom(...GRADES), { nil: undefined }),
      fc.option(fc.constantFrom(...GRADES), { nil: undefined }),
      (first, second, oneGrade, twoGrade) => {
        const confirm = <T extends ReturnType<typeof open>>(event: T, to: typeof oneGrade): T =>
          to === undefined
            ? event
            : {
                ...event,
                confirmedGrade: to,
                gradeHistory: [
                  ...event.gradeHistory,
                  { at: until, actor: ANALYST, kind: 'confirmed', to, reason: '属实' },
                ],
              };
        const one = confirm(open('event-1', first), oneGrade);
        const two = confirm(open('event-2', second), twoGrade);
        const both = mergeEvents(one, two, act, judging([...first, ...second]));
        if (!both) throw new Error('not merged');
        for (const event of [one, two]) {
          expect(isAtLeast(gradeOf(both), gradeOf(event))).toBe(true);
          expect(isAtLeast(both.proposal.grade, event.proposal.grade)).toBe(true);
          expect(+both.knownAt.at).toBeLessThanOrEqual(+event.knownAt.at);
          for (const start of ['triggeredAt', 'mustRespondAt'] as const) {
            const before = event[start]?.at ?? Infinity;
            expect(+(both[start]?.at ?? Infinity)).toBeLessThanOrEqual(+before);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a merge undone gives back what was, whatever the two were', () => {
  fc.assert(
    fc.property(leadsOf('event-1'), leadsOf('event-2'), (first, second) => {
      const one = open('event-1', first);
      const two = open('event-2', second);
      const both = mergeEvents(one, two, act, judging([...first, ...second]));
      if (!both) throw new Error('not merged');
      const undone = unmergeEvents(both, { ...act, before: one }, two.findings, judging(first));
      expect({ ...undone, revision: 0, effects: [] }).toEqual({ ...one, revision: 0, effects: [] });
    }),
    { numRuns: 40 },
  );
});

test('repair comes to rest, whatever the events are made of', async () => {
  const kinds = new Set<string>();
  const words = fc.constantFrom('甲', '乙', '丙', '丁');
  const aLeadWords = fc.uniqueArray(words, { minLength: 1, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), aLeadWords), {
        minLength: 2,
        maxLength: 14,
      }),
      async (made) => {
        const leads = made.map(([event, found], index) =>
          about(
            aLeadOf(`event-${event}`, `lead-${index}`, index),
            found.map((word) => [word, 1 / Math.sqrt(found.length)] as const),
          ),
        );
        const { pass, leads: stored, regroupings } = await openRepairs(leads, strictPack);
        let rounds = 0;
        while ((await pass()) > 0) expect((rounds += 1)).toBeLessThan(20);
        const left = await Promise.all(leads.map(async ({ id }) => await stored.findById(id)));
        expect(left.filter(Boolean)).toHaveLength(leads.length);
        const done = await Promise.all(
          [1, 2, 3, 4].map(async (event) => await regroupings.listByEvent(`event-${event}`)),
        );
        for (const { kind } of done.flat()) kinds.add(kind);
      },
    ),
    { numRuns: 25, seed: 5 },
  );
  // A run in which nothing was mended would prove nothing.
  expect([...kinds].sort()).toEqual(['merge', 'split']);
});
