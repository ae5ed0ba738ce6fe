import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf } from '#core';
import { AlertParams, AlertView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readAlertView } from '../reads/read-alert.ts';

type Deps = Pick<ServerDeps, 'outbox' | 'rules' | 'commands' | 'now'>;

/** POST /api/v1/alerts/:alertId/rest: 只在变坏时再叫我. */
export function postRest(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '只在变坏时再叫我',
      params: AlertParams,
      response: { 200: AlertView },
    };
    const config = { act: '只在变坏时再叫' };
    app.post('/api/v1/alerts/:alertId/rest', { schema, config }, async (request) => {
      const { alertId } = request.params;
      const actor = actorOf(personOf(request));
      return readAlertView(deps, await deps.commands.restAlert({ alertId, actor, at: deps.now() }));
    });
  };
}
