import { expect, test } from 'vitest';
import type { Role } from '#core';
import { createActsStage, NOTICES_TOPIC, NoticeSchema, tickCountdowns } from '#alert';
import { after, aPerson, NIGHT, openAlertingDeps } from '../support/alerts.ts';

const PEOPLE = [
  aPerson('handler', { id: 'water-handler', unit: '市水务局' }),
  aPerson('unitHead', { id: 'water-head', unit: '市水务局' }),
  aPerson('handler', { id: 'school-handler', unit: '市教育局' }),
  aPerson('unitHead', { id: 'school-head', unit: '市教育局' }),
  aPerson('opinionLead', { id: 'lead', unit: '市政府办公室' }),
];
const roster = {
  onCall: async (role: Role) => PEOPLE.filter(({ roles }) => roles.includes(role)),
};

const ORDERED = {
  id: 'act-1',
  eventId: 'event-1',
  target: 'order:1',
  kind: 'orderIssued',
  doneAt: NIGHT,
  ref: 'order:1',
  what: '交办',
  variant: 'L2',
} as const;

test.for([
  { unit: '市水务局', told: ['water-handler', 'water-head'] },
  // A unit that reaches nobody: those who stand in, and nobody of another unit.
  { unit: '市卫健委', told: ['lead'] },
  { unit: undefined, told: ['school-handler', 'school-head', 'water-handler', 'water-head'] },
])('half the time of a duty of $unit is told to $told', async ({ unit, told }) => {
  const { deps, clock } = openAlertingDeps({ roster });
  await createActsStage(deps).process([{ ...ORDERED, ...(unit && { unit }) }]);
  clock.at = after(15);
  await tickCountdowns(deps);
  const stored = await deps.countdowns.listByEvent('event-1');
  const names = stored
    .flatMap(({ effects }) => effects)
    .filter(({ topic }) => topic === NOTICES_TOPIC)
    .map(({ body }) => NoticeSchema.parse(body).receiver.personId);
  expect(names.toSorted()).toEqual(told);
});
