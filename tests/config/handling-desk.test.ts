import { expect, test } from 'vitest';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { createHandlingDesk } from '../../config/handling-desk.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { SqliteConferenceStore } from '../../respond/adapters/sqlite-conference-store.ts';
import { SqliteConsultationStore } from '../../respond/adapters/sqlite-consultation-store.ts';
import { SqliteOrderStore } from '../../respond/adapters/sqlite-order-store.ts';
import { SqliteSupervisionStore } from '../../respond/adapters/sqlite-supervision-store.ts';
import { callConsultation, endConsultation } from '#respond';
import { calendar, NIGHT } from '../support/alerts.ts';
import { anOpinionEvent } from '../support/events.ts';
import { aCall, aResult, judgingPack, opinionLead } from '../support/judging.ts';
import { memoryDatabase } from '../support/temp-database.ts';

const TASK = {
  track: 'fact',
  leadUnit: '市水务局',
  assistUnits: [],
  task: '查明爆管原因',
} as const;

async function aDesk() {
  const { database } = memoryDatabase();
  const backend = {
    events: new SqliteOpinionEventStore(database),
    orders: new SqliteOrderStore(database),
    supervisions: new SqliteSupervisionStore(database),
    conferences: new SqliteConferenceStore(database),
    consultations: new SqliteConsultationStore(database),
    people: { listAll: async () => [opinionLead] } as never,
  };
  const desk = createHandlingDesk({
    backend,
    packs: readPacks(SettingsSchema.parse({ office: { name: '市政府', contact: 'a@b.test' } })),
    calendar,
    channels: new Set(['email']),
    now: () => NIGHT,
    isDrill: false,
    linkTo: () => 'https://huiying.test/o/1',
  });
  const event = { ...anOpinionEvent(), id: 'event-1' };
  await backend.events.create(event);
  await backend.events.create({
    ...event,
    id: 'event-2',
    state: 'merged',
    mergedInto: 'event-1',
  });
  const issue = async (eventId: string, decisionId?: string) =>
    await desk.commands.issueOrders({
      eventId,
      orders: [{ ...TASK, ...(decisionId && { decisionId }) }],
      publishingUnit: undefined,
      actor: opinionLead,
      at: NIGHT,
    });
  return { desk, backend, issue };
}

test('no order and no conference is begun on an event that goes on under another', async () => {
  const { desk, issue, backend } = await aDesk();
  await expect(issue('event-2')).rejects.toThrow('已并入另一事件');
  const plan = { eventId: 'event-2', plan: {} as never, actor: opinionLead, at: NIGHT };
  await expect(desk.commands.planConference(plan)).rejects.toThrow('已并入另一事件');
  expect(await backend.orders.listByEvent('event-2')).toEqual([]);
});

test('an order carries out a decision of its own event, and no other', async () => {
  const { backend, issue } = await aDesk();
  const deps = { consultations: backend.consultations, pack: judgingPack };
  const on = { event: { id: 'event-1', isDrill: false }, actor: opinionLead, at: NIGHT };
  await callConsultation(deps, { ...on, call: aCall });
  const [held] = await backend.consultations.listByEvent('event-1');
  await endConsultation(deps, { ...on, consultationId: held?.id ?? '', result: aResult() });
  const [ended] = await backend.consultations.listByEvent('event-1');
  const decision = ended?.result?.decisions[0];
  const [order] = await issue('event-1', decision?.id);
  expect(order?.decisionId).toBe(decision?.id);
  await expect(issue('event-1', 'decision-of-nobody')).rejects.toThrow('没有找到会商决定');
});
