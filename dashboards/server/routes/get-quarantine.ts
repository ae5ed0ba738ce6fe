import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { QuarantinedView } from '#contract';
import type { ServerDeps } from '../deps.ts';

const MOST_QUARANTINED = 200;

/** GET /api/v1/quarantine: what was set apart and why; the bytes themselves never leave the store here. */
export function getQuarantine({ sources }: Pick<ServerDeps, 'sources'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '隔离的条目', response: { 200: z.array(QuarantinedView) } };
    app.get('/api/v1/quarantine', { schema }, async () => [
      ...(await sources.listQuarantined(MOST_QUARANTINED)),
    ]);
  };
}
