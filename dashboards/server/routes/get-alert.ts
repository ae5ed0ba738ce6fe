import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { NotFound } from '#core';
import { AlertParams, AlertView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { readAlertView } from '../reads/read-alert.ts';

type Deps = Pick<ServerDeps, 'alerts' | 'outbox' | 'rules' | 'commands' | 'now'>;

/** GET /api/v1/alerts/:alertId */
export function getAlert(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '一条预警', params: AlertParams, response: { 200: AlertView } };
    app.get('/api/v1/alerts/:alertId', { schema }, async ({ params }) => {
      const alert = await deps.alerts.findById(params.alertId);
      if (!alert) throw new NotFound(deps.alerts.kind, params.alertId);
      return readAlertView(deps, alert);
    });
  };
}
