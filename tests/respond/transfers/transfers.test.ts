import { describe, expect, test } from 'vitest';
import { ROLES, startOfBeijingDay, type Effect, type Person, type Role } from '#core';
import {
  ACTS_TOPIC,
  createActsStage,
  createAlerting,
  DutyActSchema,
  NOTICES_TOPIC,
  NoticeSchema,
  type DutyAct,
} from '#alert';
import {
  registerTransfer,
  replyMs,
  takeTransferStep,
  TRANSFER_STATES,
  type TransferDraft,
  type TransferRecord,
  type TransferState,
} from '#respond';
import { SqliteTransferStore } from '../../../respond/adapters/sqlite-transfer-store.ts';
import { newTransfer } from '../../../respond/transfers/register-transfer.ts';
import {
  TRANSFER_STEPS,
  transferStepsOpenTo,
  whyNotTransferStep,
  withTransferStep,
  type TransferStep,
  type TransferStepTaken,
} from '../../../respond/transfers/transfer-steps.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { after, aGradedEvent, NIGHT, openAlertingDeps } from '../../support/alerts.ts';
import { hands } from '../../support/orders.ts';
import { aPerson } from '../../support/people.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';
import { aTransfer, transferOffice, transferPack } from '../../support/transfers.ts';

for (const { where, open } of DATABASES) {
  describeDocuments(`transfers, ${where},`, {
    open: async () => new SqliteTransferStore(open().database),
    make: (id, effects) => ({ ...aTransfer(), id, effects: [...effects] }),
    change: (transfer) => ({ ...transfer, requirement: `${transfer.requirement}。` }),
  });
}

const settled = (one: TransferRecord): TransferRecord => ({ ...one, effects: [] });
const take = (
  transfer: TransferRecord,
  taken: TransferStepTaken,
  actor: Person = hands.lead,
  minutes = 120,
  eventId?: string,
): TransferRecord =>
  withTransferStep(
    settled(transfer),
    taken,
    { actor, at: after(minutes), eventId },
    transferOffice(),
  );
const reply = (
  minutes = 120,
  more: { text?: string; lateReason?: string } = {},
): TransferStepTaken => ({
  step: 'reply',
  repliedAt: after(minutes),
  text: '6时30分恢复供水，已向社会发布',
  ref: '市办〔2026〕12号',
  ...more,
});
const actsOf = ({ effects }: { readonly effects: readonly Effect[] }): DutyAct[] =>
  effects.filter(({ topic }) => topic === ACTS_TOPIC).map(({ body }) => DutyActSchema.parse(body));

/** State → step → who: the table of the domain model, written down a second time. */
const REPLIERS: readonly Role[] = ['opinionLead', 'coordinator', 'supervisor'];
const ASSIGNERS: readonly Role[] = ['opinionLead', 'coordinator', 'deputyLeader'];
const NOTE: readonly Role[] = [
  'dutyOfficer',
  'opinionLead',
  'coordinator',
  'supervisor',
  'handler',
  'liaison',
  'unitHead',
];
const LIFE: Record<TransferState, Partial<Record<TransferStep, readonly Role[]>>> = {
  received: { assign: ASSIGNERS, reply: REPLIERS, note: NOTE },
  inHand: { assign: ASSIGNERS, reply: REPLIERS, note: NOTE },
  replied: { close: REPLIERS, note: NOTE },
  closed: { note: NOTE },
};

describe.for(TRANSFER_STATES)('a transfer that is %s', (state) => {
  test.for(TRANSFER_STEPS)('takes the step %s from those, and those alone, whose it is', (step) => {
    const allowed = ROLES.filter(
      (role) => !whyNotTransferStep({ state }, step, aPerson(role, [role]), transferOffice()),
    );
    expect(allowed.toSorted()).toEqual([...(LIFE[state][step] ?? [])].toSorted());
  });

  test('offers the steps that it takes', () => {
    const offered = transferStepsOpenTo({ state }, hands.lead, transferOffice());
    expect(offered).toEqual(Object.keys(LIFE[state]));
  });
});

test('who sent what, when and until when stands in the record and on the way to the audit trail', () => {
  const transfer = aTransfer({ dueAt: after(24 * 60) });
  expect(transfer).toMatchObject({ state: 'received', registered: { by: { name: '陆柏舟' } } });
  expect(JSON.stringify(transfer.effects)).toContain(
    '登记转办：2026-03-07 02:17 收到省政府办公厅（省转办〔2026〕31号）：核实北环路爆管停水情况，报处置结果，2026-03-08 02:17 前反馈',
  );
});

test.for<{ wrong: string; change: Partial<TransferDraft>; actor?: Person; code: string }>([
  { wrong: 'somebody without the role', change: {}, actor: hands.water, code: 'ROLE_NEEDED' },
  { wrong: 'nobody it came from', change: { fromBody: ' ' }, code: 'TRANSFER_INCOMPLETE' },
  { wrong: 'nothing that is asked', change: { requirement: '' }, code: 'TRANSFER_INCOMPLETE' },
  { wrong: 'a receipt ahead', change: { receivedAt: after(1) }, code: 'TRANSFER_AHEAD' },
  { wrong: 'due before it came', change: { dueAt: NIGHT }, code: 'TRANSFER_DUE_WRONG' },
])('$wrong is refused', ({ change, actor = hands.lead, code }) => {
  const { fromBody, theirNo, receivedAt, requirement } = aTransfer();
  const draft = { fromBody, theirNo, receivedAt, requirement, ...change };
  const request = { draft, isDrill: false, actor, at: NIGHT };
  expect(() => newTransfer(request, transferPack)).toThrow(expect.objectContaining({ code }));
});

test('handed to a unit, whose people are told; where nobody can be, the record says so', () => {
  const once = take(aTransfer(), { step: 'assign', unit: '市水务局' });
  const told = once.effects
    .filter(({ topic }) => topic === NOTICES_TOPIC)
    .map(({ body }) => NoticeSchema.parse(body).receiver.name);
  expect(told.toSorted()).toEqual(['庄慕言', '骆书桥'].toSorted());
  expect(once).toMatchObject({ state: 'inHand', assigned: [{ unit: '市水务局' }] });
  const again = take(once, { step: 'assign', unit: '市供电公司' });
  expect(again.assigned.map(({ unit }) => unit)).toEqual(['市水务局', '市供电公司']);
  expect(again.history.at(-1)?.what).toBe('交市供电公司承办，该单位没有可通知的人');
  expect(() => take(once, { step: 'assign', unit: ' ' })).toThrow(
    expect.objectContaining({ code: 'TRANSFER_INCOMPLETE' }),
  );
});

test('the reply counts from when the sender had it, and its time is counted', () => {
  const replied = take(aTransfer(), reply());
  expect(replied).toMatchObject({ state: 'replied', reply: { ref: '市办〔2026〕12号' } });
  expect(replyMs(replied)).toBe(120 * 60_000);
  expect(replied.history.at(-1)?.what).toContain('用时2小时');
  expect(replyMs(aTransfer())).toBeUndefined();
});

test.for<[string, TransferStepTaken, string]>([
  ['nothing', reply(120, { text: ' ' }), 'TRANSFER_INCOMPLETE'],
  ['ahead', reply(121), 'REPLY_AHEAD'],
  ['before it came', reply(-1), 'REPLY_BEFORE_RECEIPT'],
  ['entered late without a reason', reply(60), 'LATE_REASON_NEEDED'],
])('a reply that is %s is refused', ([, taken, code]) => {
  expect(() => take(aTransfer(), taken)).toThrow(expect.objectContaining({ code }));
});

test('a reply entered late with its reason counts from when it was given', () => {
  const replied = take(aTransfer(), reply(60, { lateReason: '系统停机' }));
  expect(replyMs(replied)).toBe(60 * 60_000);
  expect(replied.history.at(-1)?.what).toContain('补录：系统停机');
});

test('nothing that was written is ever changed; what is wrong is followed by a note', () => {
  const noted = take(take(aTransfer(), reply()), { step: 'note', text: '来文号应为32号' });
  const closed = take(noted, { step: 'close' }, hands.supervisor);
  expect(closed.history.map(({ what }) => what.slice(0, 4))).toEqual([
    '登记转办',
    '2026',
    '补充说明',
    '转办办结',
  ]);
  expect(closed.theirNo).toBe(aTransfer().theirNo);
});

/** A register whose acts reach the countdowns as they do in the product. */
function aRegister() {
  const transfers = new SqliteTransferStore(memoryDatabase().database);
  const { deps, clock } = openAlertingDeps();
  const acts = createActsStage(deps);
  return {
    deps,
    clock,
    enter: async (draft: Partial<TransferDraft> = {}) => {
      const { fromBody, theirNo, receivedAt, requirement } = aTransfer();
      const told = { fromBody, theirNo, receivedAt, requirement, ...draft };
      const request = { draft: told, isDrill: false, actor: hands.lead, at: NIGHT };
      const transfer = await registerTransfer({ transfers, pack: transferPack }, request);
      await acts.process(actsOf(transfer));
      return transfer;
    },
    answer: async ({ id }: TransferRecord, minutes: number, eventId?: string) => {
      clock.at = after(minutes);
      const act = { actor: hands.lead, at: clock.at, eventId };
      const request = { transferId: id, taken: reply(minutes), ...act };
      await acts.process(
        actsOf(await takeTransferStep(transfers, transferOffice(), request)).slice(-1),
      );
    },
    dutiesOf: async (subject: string) =>
      (await deps.countdowns.listByEvent(subject)).filter(({ code }) => code === 'TRANSFER_DUE'),
    transfers,
  };
}
const endOf = (day: string): Date => new Date(+startOfBeijingDay(day) + 86_400_000);

describe('the reply is a duty with a countdown', () => {
  test('until the date of the paper, or five working days where it names none', async () => {
    const { enter, dutiesOf } = aRegister();
    const dated = await enter({ dueAt: after(600) });
    const undated = await enter({ theirNo: '省转办〔2026〕32号' });
    expect(await dutiesOf(`transfer:${dated.id}`)).toMatchObject([
      { statutoryDueAt: after(600), start: { at: NIGHT }, state: 'running' },
    ]);
    expect(await dutiesOf(`transfer:${undated.id}`)).toMatchObject([
      { statutoryDueAt: endOf('2026-03-13') },
    ]);
  });

  test('is met by the reply to this paper and by no other', async () => {
    const { enter, answer, dutiesOf } = aRegister();
    const one = await enter({ dueAt: after(600) });
    const other = await enter({ dueAt: after(600), theirNo: '省转办〔2026〕32号' });
    await answer(one, 300);
    expect(await dutiesOf(`transfer:${one.id}`)).toMatchObject([
      { state: 'satisfied', satisfiedAt: after(300) },
    ]);
    expect(await dutiesOf(`transfer:${other.id}`)).toMatchObject([{ state: 'running' }]);
  });

  test('two papers on one event are two duties, whatever becomes of the event', async () => {
    const { enter, answer, dutiesOf } = aRegister();
    const one = await enter({ dueAt: after(600), eventId: 'event-1' });
    const other = await enter({ dueAt: after(700), eventId: 'event-1', theirNo: '另一件' });
    // Merged meanwhile.
    await answer(other, 300, 'event-9');
    expect(await dutiesOf(`transfer:${one.id}`)).toMatchObject([{ state: 'running' }]);
    expect(await dutiesOf(`transfer:${other.id}`)).toMatchObject([{ state: 'satisfied' }]);
    expect(await dutiesOf('event-1')).toEqual([]);
  });

  test('that a finding on the event began is not begun twice, and comes due with the paper', async () => {
    const { deps, enter, answer, dutiesOf } = aRegister();
    const finding = { id: 'finding:1', at: NIGHT };
    const actor = { personId: 'first', name: '值班员' };
    const told = { ...finding, kind: 'upperOrder' as const, actor, source: '省政府办公厅来文' };
    const event = aGradedEvent('L4', { findings: [told] });
    await createAlerting(deps).process([event]);
    const earlier = after(-30);
    const one = await enter({ eventId: event.id, finding, receivedAt: earlier });
    expect(await dutiesOf(event.id)).toMatchObject([{ statutoryDueAt: endOf('2026-03-13') }]);
    const dated = { theirNo: '补发文号', dueAt: after(600) };
    await enter({ eventId: event.id, finding, receivedAt: earlier, ...dated });
    expect(await dutiesOf(event.id)).toMatchObject([{ statutoryDueAt: after(600) }]);
    await answer(one, 300, event.id);
    expect(await dutiesOf(event.id)).toMatchObject([{ state: 'satisfied' }]);
    expect(await dutiesOf(`transfer:${one.id}`)).toEqual([]);
  });
});

test('sent twice it is one; the newest received comes first', async () => {
  const { enter, transfers } = aRegister();
  const one = await enter();
  expect((await enter()).id).toBe(one.id);
  const earlier = await enter({ receivedAt: after(-600), eventId: 'event-1' });
  expect((await transfers.listNewest(10)).map(({ id }) => id)).toEqual([one.id, earlier.id]);
  expect((await transfers.listByEvent('event-1')).map(({ id }) => id)).toEqual([earlier.id]);
});
