import { expect, test } from 'vitest';
import { ROLES } from '#core';
import {
  applyAct,
  armCountdowns,
  causesOpenTo,
  owesCause,
  passMilestones,
  withCause,
  type Countdown,
} from '#alert';
import {
  aGradedEvent,
  aPerson,
  after,
  armingRules,
  countdownPack,
  NIGHT,
} from '../support/alerts.ts';
import { outcomeOf } from '../support/outcome.ts';

const running = armCountdowns(aGradedEvent('L2'), [], armingRules, NIGHT).find(
  ({ code }) => code === 'AUTH_RELEASE_5H',
)!;
const missed = passMilestones(running, after(301))!.countdown;
const released = (minute: number): Countdown => {
  const act = {
    id: `act-${minute}`,
    eventId: 'event-1',
    kind: 'release',
    ref: 'release:1',
  } as const;
  return applyAct(missed, { ...act, doneAt: after(minute), what: '发布' }, countdownPack)!;
};
const record = {
  actor: aPerson('opinionLead'),
  at: after(400),
  reason: 'reviewSlow',
  words: '夜里找不到签发人，凌晨四点才签出',
};
const explained = withCause(missed, record, countdownPack);

test('a cause stands beside the breach with who said it and when, and erases nothing', () => {
  expect(explained).toMatchObject({
    state: 'breached',
    breachedAt: missed.breachedAt,
    statutoryDueAt: missed.statutoryDueAt,
    causes: [
      {
        reasonName: '审核、签发环节慢',
        words: record.words,
        by: { name: record.actor.name },
        at: after(400),
      },
    ],
  });
  expect(explained.effects.at(-1)).toMatchObject({
    topic: 'audit',
    body: { act: '写明超时原因：5小时发布', detail: `审核、签发环节慢：${record.words}` },
  });
});

test('a second cause is added to the first; met late or proved afterwards, both stay', () => {
  const more = {
    ...record,
    at: after(500),
    reason: 'other',
    words: '另有一次系统故障，已经另行登记',
  };
  const twice = withCause(explained, more, countdownPack);
  expect(twice.causes?.map(({ reason }) => reason)).toEqual(['reviewSlow', 'other']);
  const act = {
    id: 'a',
    eventId: 'event-1',
    kind: 'release',
    ref: 'release:1',
    what: '发布',
  } as const;
  const met = applyAct(twice, { ...act, doneAt: after(350) }, countdownPack);
  expect(met).toMatchObject({ state: 'satisfiedLate', causes: twice.causes });
});

test.for([
  { countdown: 'one that runs', one: running, owes: false },
  { countdown: 'a missed one', one: missed, owes: true },
  { countdown: 'one met late', one: released(310), owes: true },
  { countdown: 'one met in time and recorded after the breach', one: released(290), owes: true },
  { countdown: 'one whose cause is known', one: explained, owes: false },
  {
    countdown: 'one that goes on under another event',
    one: { ...missed, continuedUnder: 'event-2' },
    owes: false,
  },
  { countdown: 'one of a duty the pack does not ask', one: { ...missed, code: 'X' }, owes: false },
])('$countdown owes a cause: $owes', ({ one, owes }) => {
  expect(owesCause(one, countdownPack)).toBe(owes);
});

test.for(ROLES)('%s may say why a limit was missed as the pack says', (role) => {
  const actor = { ...aPerson('opinionLead'), roles: [role] };
  const may = countdownPack.causes.recorders.includes(role);
  expect(outcomeOf(() => withCause(missed, { ...record, actor }, countdownPack))).toBe(
    may ? 'done' : 'ROLE_NEEDED',
  );
  expect(causesOpenTo(missed, actor, countdownPack).length > 0).toBe(may);
  expect(causesOpenTo(running, actor, countdownPack)).toEqual([]);
});

test.for([
  { what: 'a limit that was kept', one: running, more: {}, code: 'NOT_BREACHED' },
  {
    what: 'a reason the pack does not have',
    one: missed,
    more: { reason: 'x' },
    code: 'CAUSE_UNKNOWN',
  },
  {
    what: 'words that explain nothing',
    one: missed,
    more: { words: '来不及　　　　　　　' },
    code: 'CAUSE_TOO_SHORT',
  },
])('$what takes no cause', ({ one, more, code }) => {
  expect(outcomeOf(() => withCause(one, { ...record, ...more }, countdownPack))).toBe(code);
});
