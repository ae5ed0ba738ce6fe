import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf } from '#core';
import { AcknowledgeBody, AlertParams, AlertView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { FieldRefused } from '../errors.ts';
import { readAlertView } from '../reads/read-alert.ts';

type Deps = Pick<ServerDeps, 'alerts' | 'people' | 'outbox' | 'rules' | 'commands' | 'now'>;

/** POST /api/v1/alerts/:alertId/acknowledgement: 确认，我来处理. A repeat shows who was first. */
export function postAcknowledgement(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '确认预警',
      params: AlertParams,
      body: AcknowledgeBody,
      response: { 200: AlertView },
    };
    const config = { act: '确认预警' };
    app.post('/api/v1/alerts/:alertId/acknowledgement', { schema, config }, async (request) => {
      const { alertId } = request.params;
      const own = actorOf(personOf(request));
      const forId = request.body?.forPersonId;
      const other = forId && forId !== own.personId ? await deps.people.findById(forId) : undefined;
      if (forId && forId !== own.personId && (!other || other.isDisabled)) {
        throw new FieldRefused('forPersonId', '没有这个人');
      }
      const alert = await deps.commands.acknowledgeAlert({
        alertId,
        actor: other ? actorOf(other) : own,
        ...(other && { through: own }),
        at: deps.now(),
        via: 'desk',
      });
      return readAlertView(deps, alert);
    });
  };
}
