import { expect, test } from 'vitest';
import { transferActId } from '#respond';
import { EventTransfersView, TransfersView, TransferView } from '#contract';
import { aCountdown, anEvent, anOffice, minutesLater, START } from './support.ts';

/** An office that keeps the register, who leads it, and a unit that is handed matters. */
async function aRegisterOffice() {
  const office = await anOffice();
  await office.events.create(anEvent());
  await office.hire('骆书桥', ['handler'], { unit: '市水务局', email: 'luo@office.test' });
  const lead = await office.signIn(await office.hire('陆柏舟', ['opinionLead']));
  const watcher = await office.signIn(await office.hire('柏小满', ['monitor']));
  const get = async (url: string, headers = lead) =>
    await office.app.inject({ url: `/api/v1/${url}`, headers });
  const post = async (url: string, payload: object, headers = lead) =>
    await office.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload });
  const enter = async (more: object = {}) =>
    TransferView.parse((await post('transfers', { ...paper, ...more })).json());
  const step = async (id: string, payload: object) =>
    TransferView.parse((await post(`transfers/${id}/steps`, payload)).json());
  const list = async (query = '') =>
    TransfersView.parse((await get(`transfers${query}`)).json()).transfers;
  return { ...office, lead, watcher, get, post, enter, step, list };
}
const paper = {
  fromBody: '省政府办公厅',
  theirNo: '省转办〔2026〕31号',
  receivedAt: minutesLater(-30).toISOString(),
  requirement: '核实停水情况，报处置结果',
  dueAt: minutesLater(60).toISOString(),
};

test('entered, handed to a unit, answered, closed: each with who and when', async () => {
  const { enter, step } = await aRegisterOffice();
  const entered = await enter();
  expect(entered).toMatchObject({
    stateName: '已收到',
    dueAt: paper.dueAt,
    isOverdue: false,
    registered: { by: '陆柏舟' },
  });
  const handed = await step(entered.id, { step: 'assign', unit: '市水务局' });
  expect(handed.assigned).toMatchObject([{ unit: '市水务局', told: ['骆书桥'] }]);
  const replied = await step(entered.id, { step: 'reply', text: '已恢复供水' });
  expect(replied.reply).toMatchObject({ by: '陆柏舟', tookMs: 30 * 60_000, isLate: false });
  expect((await step(entered.id, { step: 'close' })).stateName).toBe('已办结');
});

test('the ledger is narrowed by what is owed, by day and by unit; the CSV is narrowed alike', async () => {
  const { enter, step, list, pass, get } = await aRegisterOffice();
  const answered = await enter({ theirNo: '一号' });
  await step(answered.id, { step: 'reply', text: '=1+1' });
  const overdue = await enter({ theirNo: '二号' });
  await step(overdue.id, { step: 'assign', unit: '市水务局' });
  await enter({ theirNo: '三号', dueAt: minutesLater(600).toISOString(), fromBody: '市督查室' });
  pass(120);
  const numbers = async (query: string) => (await list(query)).map(({ theirNo }) => theirNo);
  expect((await numbers('')).toSorted()).toEqual(['一号', '三号', '二号'].toSorted());
  expect((await numbers('?shows=open')).toSorted()).toEqual(['三号', '二号'].toSorted());
  expect(await numbers('?shows=overdue')).toEqual(['二号']);
  expect(await numbers('?shows=replied')).toEqual(['一号']);
  expect(await numbers(`?unit=${encodeURIComponent('水务')}`)).toEqual(['二号']);
  expect(await numbers(`?unit=${encodeURIComponent('督查')}`)).toEqual(['三号']);
  expect(await numbers('?from=2026-11-25')).toEqual([]);
  const csv = await get('transfers.csv?shows=replied');
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(decodeURIComponent(String(csv.headers['content-disposition']))).toContain('转办登记-');
  expect(csv.body).toContain('"省政府办公厅","一号"');
  expect(csv.body).toContain(`"'=1+1"`);
  expect(csv.body).not.toContain('二号');
  expect((await get('transfers.csv?shows=overdue')).body).toContain('超时未反馈');
});

test('its due time is its countdown’s; a waived one is not called overdue', async () => {
  const { enter, countdowns, list, pass, get, hire, signIn } = await aRegisterOffice();
  const { id } = await enter({ dueAt: undefined });
  expect((await list())[0]).toMatchObject({ isDueByRule: true, isOverdue: false });
  const { eventId: _, ...own } = aCountdown({
    id: 'countdown-t',
    code: 'TRANSFER_DUE',
    startActId: transferActId({ id }),
    statutoryDueAt: minutesLater(90),
  });
  countdowns.listByEvent = async (subject) =>
    subject === `transfer:${id}` ? [...countdowns.all.values()] : [];
  await countdowns.create(own);
  pass(100);
  const [late] = await list();
  expect(late).toMatchObject({ dueAt: minutesLater(90).toISOString(), isOverdue: true });
  const principal = await signIn(await hire('方景亭', ['principal']));
  const seen = TransfersView.parse((await get('transfers', principal)).json());
  expect(seen.transfers[0]?.duty?.may).toContain('waive');
  await countdowns.replace({
    ...own,
    revision: 2,
    state: 'waived',
    waiver: { by: { personId: 'p', name: '方景亭' }, at: START, reason: '来文撤回' },
  });
  expect((await list())[0]).toMatchObject({ isOverdue: false, dutyEnded: '已豁免（方景亭）' });
});

test('an event shows its own; a finding that told of the paper before is named once', async () => {
  const { enter, get, post, events } = await aRegisterOffice();
  const event = anEvent();
  const actor = { personId: 'p', name: '值班员' };
  const finding = {
    id: 'finding-7',
    kind: 'upperOrder' as const,
    at: START,
    actor,
    source: '来文',
  };
  await events.replace({ ...event, revision: 2, findings: [finding] });
  const read = async () => EventTransfersView.parse((await get('events/event-1/transfers')).json());
  expect((await read()).findings).toMatchObject([{ id: 'finding-7', words: '上级转办（来文）' }]);
  const entered = await enter({ eventId: 'event-1', findingId: 'finding-7' });
  expect(entered.eventTitle).toBe(event.title);
  const { findings, transfers } = await read();
  expect([findings, transfers.map(({ id }) => id)]).toEqual([[], [entered.id]]);
  // The answer was lost and the form is sent again: the same entry.
  const twice = await enter({ eventId: 'event-1', findingId: 'finding-7' });
  expect(twice.id).toBe(entered.id);
  const again = { ...paper, theirNo: '另一号', eventId: 'event-1', findingId: 'finding-7' };
  expect((await post('transfers', again)).statusCode).toBe(404);
});

test('who keeps no such register sees it, and is refused', async () => {
  const { enter, get, post, watcher } = await aRegisterOffice();
  const { id } = await enter();
  const seen = TransfersView.parse((await get('transfers', watcher)).json());
  expect([seen.mayRegister, seen.transfers[0]?.may]).toEqual([false, []]);
  const refused = await post('transfers', paper, watcher);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'ROLE_NEEDED']);
  const step = await post(`transfers/${id}/steps`, { step: 'reply', text: '好' }, watcher);
  expect(step.statusCode).toBe(403);
});
