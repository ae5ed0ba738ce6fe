import { describe, expect, test } from 'vitest';
import { ROLES, startOfBeijingDay, type Person, type Role } from '#core';
import { NOTICES_TOPIC, NoticeSchema } from '#alert';
import {
  createBreachSupervision,
  createEventSupervision,
  SUPERVISION_STATES,
  tickSupervision,
  type SupervisionOrder,
  type SupervisionState,
} from '#respond';
import { SqliteOrderStore } from '../../../respond/adapters/sqlite-order-store.ts';
import { SqliteSupervisionStore } from '../../../respond/adapters/sqlite-supervision-store.ts';
import {
  climbed,
  superviseByHand,
  superviseEvent,
} from '../../../respond/supervision/open-supervision.ts';
import {
  SUPERVISION_STEPS,
  whyNotSupervise,
  withSupervisionStep,
  type SupervisionStep,
  type SupervisionStepTaken,
} from '../../../respond/supervision/supervision-steps.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { aGradedEvent, confirmed } from '../../support/alerts.ts';
import { anOrder, hands } from '../../support/orders.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import {
  aBreach,
  aSupervision,
  supervisionPack,
  supervisionParts,
  supervisionRoom,
} from '../../support/supervision.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

const told = ({ effects }: SupervisionOrder): string[] =>
  effects
    .filter(({ topic }) => topic === NOTICES_TOPIC)
    .map(({ body }) => NoticeSchema.parse(body).receiver.name);
const settled = (order: SupervisionOrder): SupervisionOrder => ({ ...order, effects: [] });
const step = (
  order: SupervisionOrder,
  actor: Person,
  taken: SupervisionStepTaken,
): SupervisionOrder =>
  withSupervisionStep(settled(order), taken, { actor, at: minutesAfter(60) }, supervisionRoom());
const ANSWER = { step: 'reply', cause: '停电致泵站停机', measures: '已加装备用电源' } as const;
/** The end of a Beijing day. */
const endOf = (day: string): Date => new Date(+startOfBeijingDay(day) + 86_400_000);

for (const { where, open } of DATABASES) {
  describeDocuments(`supervision orders, ${where},`, {
    open: async () => new SqliteSupervisionStore(open().database),
    make: (id, effects) => ({ ...aSupervision(), id, effects: [...effects] }),
    change: (order) => ({ ...order, reason: `${order.reason}。` }),
  });
}

describe('a missed limit', () => {
  test('is supervised at once: the unit is told, and who supervises', () => {
    const order = aSupervision();
    expect(order).toMatchObject({ state: 'urged', level: 'notice', unit: '市水务局' });
    expect(told(order).toSorted()).toEqual(['岳鹤龄', '庄慕言', '骆书桥'].toSorted());
    expect(order.urges).toMatchObject([{ level: 'notice', by: { name: '系统' } }]);
    // Noon of Monday: the day after the limit.
    expect(order.nextUrgeAt).toEqual(endOf('2026-03-03'));
  });

  test('climbs one level after the other by working days, and stops at the proposal to a person', () => {
    const levels: string[] = [];
    let order: SupervisionOrder | undefined = settled(aSupervision());
    while (order?.nextUrgeAt) {
      const at = order.nextUrgeAt;
      expect(climbed(order, supervisionRoom(), new Date(+at - 1))).toBeUndefined();
      order = climbed(order, supervisionRoom(), at);
      levels.push(`${order?.level} ${order?.urges.at(-1)?.at.toISOString()}`);
    }
    expect(levels).toEqual([
      `urge ${endOf('2026-03-03').toISOString()}`,
      `formal ${endOf('2026-03-06').toISOString()}`,
      `bulletinProposal ${endOf('2026-03-11').toISOString()}`,
    ]);
  });

  test('of nobody known is told to those who stand in', () => {
    // 庄慕言 supervises too.
    expect(told(aSupervision('')).toSorted()).toEqual(['岳鹤龄', '庄慕言', '陆柏舟'].toSorted());
  });

  test('does not climb once it is answered', () => {
    const replied = step(aSupervision(), hands.water, ANSWER);
    expect(replied.nextUrgeAt).toBeUndefined();
    const year = new Date('2027-03-01T00:00:00Z');
    expect(climbed({ ...replied, nextUrgeAt: NOON }, supervisionRoom(), year)).toBeUndefined();
  });
});

/** State → step → who: the table of the domain model, written down a second time. */
const LIFE: Partial<Record<SupervisionState, Partial<Record<SupervisionStep, readonly Role[]>>>> = {
  open: { urge: ['supervisor', 'opinionLead'], reply: ['liaison', 'handler', 'unitHead'] },
  urged: { urge: ['supervisor', 'opinionLead'], reply: ['liaison', 'handler', 'unitHead'] },
  replied: { urge: ['supervisor', 'opinionLead'], verify: ['supervisor', 'opinionLead'] },
  verified: { close: ['supervisor', 'opinionLead'] },
};

describe.for(SUPERVISION_STATES)('a supervision order that is %s', (state) => {
  test.for(SUPERVISION_STEPS)(
    'takes the step %s from those, and those alone, whose it is',
    (one) => {
      const people = ROLES.flatMap((role) =>
        ['市水务局', '市政府督查室'].map((unit) => aPerson(`${role}-${unit}`, [role], { unit })),
      );
      const order = { ...aSupervision(), state };
      const allowed = people.filter(
        (person) => !whyNotSupervise(order, one, person, supervisionPack),
      );
      const expected = people.filter(
        ({ roles: [role = 'monitor'], unit }) =>
          (LIFE[state]?.[one] ?? []).includes(role) && (unit === '市水务局') === (one === 'reply'),
      );
      expect(allowed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    },
  );
});

test('answered, verified by somebody else, closed', () => {
  const replied = step(aSupervision(), hands.water, ANSWER);
  expect(replied.reply).toMatchObject({ cause: '停电致泵站停机', unit: '市水务局' });
  // Of the unit, though a supervisor too.
  expect(() => step(replied, hands.waterHead, { step: 'verify' })).toThrow(
    expect.objectContaining({ code: 'OWN_MATTER' }),
  );
  const verified = step(replied, hands.supervisor, { step: 'verify' });
  expect(step(verified, hands.supervisor, { step: 'close' }).state).toBe('closed');
});

test('a reply that answers nothing is urged again, never at a lower level', () => {
  const formal = { step: 'urge', level: 'formal', text: '措施不具体' } as const;
  const again = step(step(aSupervision(), hands.water, ANSWER), hands.supervisor, formal);
  expect(again).toMatchObject({ state: 'urged', level: 'formal' });
  expect(() => step(again, hands.supervisor, { ...formal, level: 'urge' })).toThrow(
    expect.objectContaining({ code: 'URGE_LOWER' }),
  );
});

test.for<[SupervisionStepTaken, Person, string]>([
  [{ ...ANSWER, cause: ' ' }, hands.water, 'REPLY_INCOMPLETE'],
  [{ step: 'urge', level: 'urge', text: '' }, hands.supervisor, 'URGE_EMPTY'],
  [{ step: 'close' }, hands.supervisor, 'SUPERVISION_STEP_REFUSED'],
  [ANSWER, hands.housing, 'OTHER_UNIT'],
])('%o is refused', ([taken, actor, code]) => {
  expect(() => step(aSupervision(), actor, taken)).toThrow(expect.objectContaining({ code }));
});

test('a person supervises what they see; the unit and the reason are asked for', () => {
  const about = {
    eventId: 'event-1',
    isDrill: false,
    target: 'event:event-1',
    title: '停水',
    reason: '三天没有进展',
    unit: '市水务局',
    actor: hands.supervisor,
    at: NOON,
  };
  const order = superviseByHand(about, supervisionRoom());
  expect(order).toMatchObject({
    trigger: 'person',
    state: 'urged',
    urges: [{ text: about.reason }],
  });
  expect(() => superviseByHand({ ...about, actor: hands.water }, supervisionRoom())).toThrow(
    expect.objectContaining({ code: 'ROLE_NEEDED' }),
  );
  expect(() => superviseByHand({ ...about, unit: '' }, supervisionRoom())).toThrow(
    expect.objectContaining({ code: 'SUPERVISION_INCOMPLETE' }),
  );
});

test('an event comes under supervision when a person confirms it as grave, not when it is proposed', () => {
  const proposed = aGradedEvent('L2');
  const supervise = (event: typeof proposed) => superviseEvent(event, '', supervisionRoom(), NOON);
  expect(supervise(proposed)).toBeUndefined();
  expect(supervise(confirmed(proposed, NOON, 'L3'))).toBeUndefined();
  expect(supervise({ ...confirmed(proposed, NOON), state: 'merged' })).toBeUndefined();
  expect(supervise(confirmed(proposed, NOON))).toMatchObject({
    trigger: 'graveEvent',
    state: 'open',
    target: 'event:event-1',
  });
});

test('the stages open each matter once, for the unit that holds the fact order, and the tick climbs', async () => {
  const { database } = memoryDatabase();
  const orders = new SqliteOrderStore(database);
  await orders.create(anOrder());
  const supervisions = new SqliteSupervisionStore(database);
  let now = NOON;
  const deps = {
    ...supervisionParts,
    supervisions,
    orders,
    people: { listAll: async () => Object.values(hands) },
    now: () => now,
  };
  for (let time = 0; time < 2; time += 1) {
    await createBreachSupervision(deps).process([
      aBreach(),
      aBreach({ id: 'breach-2', countdownId: 'countdown-2', unit: '市教育局' }),
    ]);
    await createEventSupervision(deps).process([confirmed(aGradedEvent('L1'), NOON)]);
  }
  const all = await supervisions.listByEvent('event-1');
  expect(all.map(({ trigger, unit }) => [trigger, unit])).toEqual([
    ['breach', '市水务局'],
    ['breach', '市教育局'],
    ['graveEvent', '市水务局'],
  ]);
  expect(await tickSupervision(deps)).toBe(0);
  now = endOf('2026-03-03');
  expect(await tickSupervision(deps)).toBe(2);
  expect(await tickSupervision(deps)).toBe(0);
  expect((await supervisions.listNewest(9)).map(({ level }) => level)).toEqual([
    'notice',
    'urge',
    'urge',
  ]);
});
