import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { beijingDay, type Person } from '#core';
import type { Countdown } from '#alert';
import { transfersCsv, type TransferRecord } from '#respond';
import {
  EventParams,
  EventTransfersView,
  RegisterTransferBody,
  TransferParams,
  TransfersQuery,
  TransferStepBody,
  TransfersView,
  TransferView,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { dueAtOf, isOverdue, toTransferView } from '../views/to-transfer-view.ts';

type Deps = Pick<ServerDeps, 'transfers' | 'events' | 'rules' | 'now'>;

/** More than an office is handed in many years. */
const MOST_LOOKED = 20_000;
const MOST_SHOWN = 500;

interface Entry {
  readonly transfer: TransferRecord;
  readonly duty: Countdown | undefined;
}

/** /api/v1/transfers: 转办登记, as CSV too; what was handed down, to whom it went, and when it was answered. */
export function transfers({ transfers: room, events, rules, now }: Deps): FastifyPluginAsyncZod {
  const viewOf = async ({ transfer, duty }: Entry, person: Person): Promise<TransferView> => {
    const { eventId } = transfer;
    const eventTitle = eventId && (await events.findById(eventId))?.title;
    const may = room.stepsOpenTo(transfer, person);
    const dutySeen = duty && {
      may: rules.mayAdjust(duty, person),
      cause: rules.causeOf(duty, person),
    };
    return toTransferView(transfer, { eventTitle, duty, dutySeen, at: now(), may });
  };
  const entryOf = async (transfer: TransferRecord): Promise<Entry> => ({
    transfer,
    duty: await room.dutyOf(transfer),
  });
  const viewsOf = async (found: readonly Entry[], person: Person): Promise<TransferView[]> =>
    await Promise.all(found.map(async (one) => await viewOf(one, person)));
  const askedFor = async (query: TransfersQuery): Promise<readonly Entry[]> => {
    const found = await room.listNewest(MOST_LOOKED);
    const entries = await Promise.all(found.filter((one) => isIn(one, query)).map(entryOf));
    return entries.filter((one) => isShown(one, query, now()));
  };
  return async (app) => {
    const ledger = {
      summary: '转办登记',
      querystring: TransfersQuery,
      response: { 200: TransfersView },
    };
    app.get('/api/v1/transfers', { schema: ledger }, async (request) => {
      const shown = (await askedFor(request.query)).slice(0, MOST_SHOWN);
      const person = personOf(request);
      return {
        transfers: await viewsOf(shown, person),
        mayRegister: room.mayRegister(person),
        units: [...new Set(room.units)],
      };
    });

    const export_ = { summary: '转办登记，供表格软件打开', querystring: TransfersQuery };
    app.get('/api/v1/transfers.csv', { schema: export_ }, async ({ query }, reply) => {
      const rows = (await askedFor(query)).map(({ transfer, duty }) => ({
        transfer,
        dueAt: dueAtOf(transfer, duty),
        isOverdue: isOverdue(transfer, duty, now()),
      }));
      const name = encodeURIComponent(`转办登记-${beijingDay(now())}.csv`);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(transfersCsv(rows.toReversed()));
    });

    const list = {
      summary: '事件的转办登记',
      params: EventParams,
      response: { 200: EventTransfersView },
    };
    app.get('/api/v1/events/:eventId/transfers', { schema: list }, async (request) => {
      const { eventId } = request.params;
      const person = personOf(request);
      const found = await Promise.all((await room.listByEvent(eventId)).map(entryOf));
      const findings = await room.findingsOf(eventId);
      return {
        transfers: await viewsOf(found, person),
        findings: findings.map((one) => ({ ...one, at: one.at.toISOString() })),
        mayRegister: room.mayRegister(person),
      };
    });

    const enter = {
      summary: '登记转办',
      body: RegisterTransferBody,
      response: { 201: TransferView },
    };
    const entering = { schema: enter, config: { act: '登记转办' } };
    app.post('/api/v1/transfers', entering, async (request, reply) => {
      const actor = personOf(request);
      const { receivedAt, dueAt, findingId, eventId, ...told } = request.body;
      const draft = {
        ...told,
        receivedAt: new Date(receivedAt),
        ...(dueAt && { dueAt: new Date(dueAt) }),
        ...(eventId && { eventId }),
      };
      const transfer = await room.register({ draft, findingId, actor, at: now() });
      return reply.code(201).send(await viewOf(await entryOf(transfer), actor));
    });

    const step = {
      summary: '转办的一步：交承办单位、登记反馈、办结、补充说明',
      params: TransferParams,
      body: TransferStepBody,
      response: { 200: TransferView },
    };
    const stepping = { schema: step, config: { act: '办理转办' } };
    app.post('/api/v1/transfers/:transferId/steps', stepping, async (request) => {
      const actor = personOf(request);
      const { transferId } = request.params;
      const at = now();
      const { body } = request;
      const taken =
        body.step === 'reply'
          ? { ...body, repliedAt: body.repliedAt ? new Date(body.repliedAt) : at }
          : body;
      return viewOf(await entryOf(await room.take({ transferId, taken, actor, at })), actor);
    });
  };
}

function isIn(transfer: TransferRecord, { from, to, unit }: TransfersQuery): boolean {
  const day = beijingDay(transfer.receivedAt);
  const inHand = transfer.assigned.at(-1)?.unit ?? '';
  return (
    (from === undefined || day >= from) &&
    (to === undefined || day <= to) &&
    (!unit || transfer.fromBody.includes(unit) || inHand.includes(unit))
  );
}

function isShown({ transfer, duty }: Entry, { shows }: TransfersQuery, at: Date): boolean {
  if (shows === 'overdue') return isOverdue(transfer, duty, at);
  return shows === undefined || (shows === 'replied') === (transfer.reply !== undefined);
}
