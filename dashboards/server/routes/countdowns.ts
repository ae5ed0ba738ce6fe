import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  AdjustmentParams,
  AnswerTimeBody,
  AskForTimeBody,
  CauseBody,
  CountdownParams,
  CountdownView,
  WaiveBody,
} from '#contract';
import type { Countdown } from '#alert';
import type { Person } from '#core';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toCountdownView } from '../views/to-countdown-view.ts';

/** Breached and ended ones on the list; older ones stand on their event's page. */
const MOST_ENDED = 200;

type Deps = Pick<ServerDeps, 'countdowns' | 'commands' | 'rules' | 'now'>;

/** /api/v1/countdowns: all that ask for something and those that were missed; more time, waivers, and why they were missed. */
export function countdowns(deps: Deps): FastifyPluginAsyncZod {
  const seenBy = (person: Person) => (countdown: Countdown) =>
    toCountdownView(countdown, {
      may: deps.rules.mayAdjust(countdown, person),
      cause: deps.rules.causeOf(countdown, person),
    });
  return async (app) => {
    const list = { summary: '时限', response: { 200: z.array(CountdownView) } };
    app.get('/api/v1/countdowns', { schema: list }, async (request) => {
      const open = await deps.countdowns.listOpen();
      const ended = await deps.countdowns.listEndedLate(MOST_ENDED);
      return [...open, ...ended].map(seenBy(personOf(request)));
    });

    const response = { 200: CountdownView };
    const ask = { summary: '申请推迟', params: CountdownParams, body: AskForTimeBody, response };
    app.post(
      '/api/v1/countdowns/:countdownId/adjustments',
      { schema: ask, config: { act: '申请推迟时限' } },
      async (request) => {
        const actor = personOf(request);
        const { until, reason } = request.body;
        const { countdownId } = request.params;
        const act = { countdownId, until: new Date(until), reason, actor, at: deps.now() };
        return seenBy(actor)(await deps.commands.askForTime(act));
      },
    );

    const answer = {
      summary: '答复推迟申请',
      params: AdjustmentParams,
      body: AnswerTimeBody,
      response,
    };
    app.post(
      '/api/v1/countdowns/:countdownId/adjustments/:adjustmentId',
      { schema: answer, config: { act: '答复推迟申请' } },
      async (request) => {
        const actor = personOf(request);
        const act = { ...request.params, ...request.body, actor, at: deps.now() };
        return seenBy(actor)(await deps.commands.answerTime(act));
      },
    );

    const waiver = { summary: '豁免', params: CountdownParams, body: WaiveBody, response };
    app.post(
      '/api/v1/countdowns/:countdownId/waiver',
      { schema: waiver, config: { act: '豁免时限' } },
      async (request) => {
        const actor = personOf(request);
        const act = { ...request.params, ...request.body, actor, at: deps.now() };
        return seenBy(actor)(await deps.commands.waiveCountdown(act));
      },
    );

    const cause = { summary: '写明超时原因', params: CountdownParams, body: CauseBody, response };
    app.post(
      '/api/v1/countdowns/:countdownId/causes',
      { schema: cause, config: { act: '写明超时原因' } },
      async (request) => {
        const actor = personOf(request);
        const act = { ...request.params, ...request.body, actor, at: deps.now() };
        return seenBy(actor)(await deps.commands.recordCause(act));
      },
    );
  };
}
