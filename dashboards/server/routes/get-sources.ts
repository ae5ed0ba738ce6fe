import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SourceView } from '#contract';
import type { ServerDeps } from '../deps.ts';

/** GET /api/v1/sources: each with its health and the funnel of its last runs. */
export function getSources({ sources }: Pick<ServerDeps, 'sources'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '信息源', response: { 200: z.array(SourceView) } };
    app.get('/api/v1/sources', { schema }, async () => [...(await sources.listSources())]);
  };
}
