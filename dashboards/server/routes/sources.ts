import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { QuarantinedView, SourceView } from '#contract';
import type { ServerDeps } from '../deps.ts';

const MOST_QUARANTINED = 200;

/** GET /api/v1/sources: each with its health and the funnel of its last runs. */
export function getSources({ sources }: Pick<ServerDeps, 'sources'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '信息源', response: { 200: z.array(SourceView) } };
    app.get('/api/v1/sources', { schema }, async () => [...(await sources.listSources())]);
  };
}

/** GET /api/v1/quarantine: what was set apart and why; the bytes themselves never leave the store here. */
export function getQuarantine({ sources }: Pick<ServerDeps, 'sources'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '隔离的条目', response: { 200: z.array(QuarantinedView) } };
    app.get('/api/v1/quarantine', { schema }, async () => [
      ...(await sources.listQuarantined(MOST_QUARANTINED)),
    ]);
  };
}
