import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf } from '#core';
import { AlertParams, AlertView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readAlertView } from '../reads/read-alert.ts';

type Deps = Pick<ServerDeps, 'alerts' | 'outbox' | 'rules' | 'commands' | 'now'>;

/** POST /api/v1/alerts/:alertId/acknowledgement: 确认，我来处理. A repeat shows who was first. */
export function postAcknowledgement(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '确认预警', params: AlertParams, response: { 200: AlertView } };
    const config = { act: '确认预警' };
    app.post('/api/v1/alerts/:alertId/acknowledgement', { schema, config }, async (request) => {
      const { alertId } = request.params;
      const alert = await deps.commands.acknowledgeAlert({
        alertId,
        actor: actorOf(personOf(request)),
        at: deps.now(),
        via: 'desk',
      });
      return readAlertView(deps, alert);
    });
  };
}
