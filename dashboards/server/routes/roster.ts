import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { beijingDay, DAY_MS } from '#core';
import {
  addLeave,
  addOverride,
  answerSwap,
  askSwap,
  fileZeroReport,
  mayKeepRoster,
  setPlan,
  withdrawChange,
} from '#alert';
import {
  HandOverRow,
  LeaveBody,
  OverrideBody,
  RosterBody,
  RosterQuery,
  RosterView,
  SwapAnswerBody,
  SwapBody,
  ZeroReportBody,
  ZeroReportParams,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { iso } from '../views/iso.ts';
import { toRosterView } from '../views/to-roster-view.ts';

type Deps = Pick<ServerDeps, 'roster' | 'people' | 'now'>;

const MOST_HAND_OVERS = 60;
const MOST_DAYS = 30;
const LINK_MS = 2 * DAY_MS;

/** /api/v1/roster and below it: the calendar of who is on duty, and what changes it. */
export function roster(deps: Deps): FastifyPluginAsyncZod {
  const { roster: room, people, now } = deps;
  const parts = { ...room, people };
  const done = { 204: z.undefined() };
  // Business people swap their own shifts; the rest is checked by the rule pack, administrators included.
  const access = 'signedIn' as const;
  return async (app) => {
    const read = { summary: '值班表', querystring: RosterQuery, response: { 200: RosterView } };
    app.get('/api/v1/roster', { schema: read }, async (request) => {
      const at = now();
      const reader = personOf(request);
      return toRosterView({
        month: request.query.month ?? beijingDay(at).slice(0, 7),
        at,
        table: await room.reader.table(),
        calendar: room.calendar,
        pack: room.pack,
        people: await people.listAll(),
        reader,
        mayKeep: mayKeepRoster(reader, room.pack),
        gaps: await room.gaps(),
        dutyDays: await room.dutyDays.listNewest(MOST_DAYS),
      });
    });

    const plan = { summary: '编排班次', body: RosterBody, response: done };
    app.put(
      '/api/v1/roster',
      { schema: plan, config: { access, act: '编排班次' } },
      async (request, reply) => {
        const { from, shifts, fallback } = request.body;
        const act = { actor: personOf(request), at: now(), plan: { from, shifts }, fallback };
        await setPlan(parts, act);
        return reply.code(204).send();
      },
    );

    const override = { summary: '顶班', body: OverrideBody, response: done };
    app.post(
      '/api/v1/roster/overrides',
      { schema: override, config: { access, act: '顶班' } },
      async (request, reply) => {
        const { from, to, ...body } = request.body;
        const times = { from: new Date(from), to: new Date(to) };
        await addOverride(parts, { ...body, ...times, actor: personOf(request), at: now() });
        return reply.code(204).send();
      },
    );

    const leave = { summary: '请假', body: LeaveBody, response: done };
    app.post(
      '/api/v1/roster/leaves',
      { schema: leave, config: { access, act: '请假' } },
      async (request, reply) => {
        await addLeave(parts, { ...request.body, actor: personOf(request), at: now() });
        return reply.code(204).send();
      },
    );

    const withdrawal = {
      summary: '撤销顶班或请假',
      params: z.object({ changeId: z.string().min(1) }),
      response: done,
    };
    app.post(
      '/api/v1/roster/withdrawals/:changeId',
      { schema: withdrawal, config: { access, act: '撤销顶班或请假' } },
      async (request, reply) => {
        const { changeId } = request.params;
        await withdrawChange(parts, { changeId, actor: personOf(request), at: now() });
        return reply.code(204).send();
      },
    );

    const swap = { summary: '申请换班', body: SwapBody, response: done };
    app.post(
      '/api/v1/roster/swaps',
      { schema: swap, config: { act: '申请换班' } },
      async (request, reply) => {
        await askSwap(parts, { ...request.body, actor: personOf(request), at: now() });
        return reply.code(204).send();
      },
    );

    const answer = {
      summary: '答复换班',
      params: z.object({ swapId: z.string().min(1) }),
      body: SwapAnswerBody,
      response: done,
    };
    app.post(
      '/api/v1/roster/swaps/:swapId/answer',
      { schema: answer, config: { act: '答复换班' } },
      async (request, reply) => {
        const { swapId } = request.params;
        const { isAccepted } = request.body;
        await answerSwap(parts, { swapId, isAccepted, actor: personOf(request), at: now() });
        return reply.code(204).send();
      },
    );

    const report = {
      summary: '零报告',
      params: ZeroReportParams,
      body: ZeroReportBody,
      response: done,
    };
    app.post(
      '/api/v1/zero-reports/:day',
      { schema: report, config: { act: '零报告' } },
      async (request, reply) => {
        const { day } = request.params;
        const act = { day, text: request.body.text, actor: personOf(request), at: now() };
        await fileZeroReport(room.dutyDays, act);
        return reply.code(204).send();
      },
    );

    const rows = { summary: '交接班记录', response: { 200: z.array(HandOverRow) } };
    app.get('/api/v1/hand-overs', { schema: rows }, async (request) => {
      const expiresAt = new Date(now().getTime() + LINK_MS);
      const { id: personId } = personOf(request);
      const found = await room.handOvers.listNewest(MOST_HAND_OVERS);
      return found.map((one) => ({
        id: one.id,
        changeAt: iso(one.changeAt),
        outgoing: one.outgoing.map(({ name }) => name),
        incoming: one.incoming.map(({ name }) => name),
        open: one.items.filter(({ kind }) => kind !== 'act').length,
        note: one.note,
        ...(one.submitted && { submittedAt: iso(one.submitted.at) }),
        ...(one.signed && { signed: { by: one.signed.by.name, at: iso(one.signed.at) } }),
        url: room.handOverPath({ handOverId: one.id, personId, expiresAt }),
      }));
    });
  };
}
