import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SourcesSummaryView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toSourcesSummary } from '../views/to-sources-summary.ts';

/** GET /api/v1/sources/summary: what is true of all sources together. */
export function getSourcesSummary({
  sources,
  rules,
}: Pick<ServerDeps, 'sources' | 'rules'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '信息源概况', response: { 200: SourcesSummaryView } };
    app.get('/api/v1/sources/summary', { schema }, async (request) => ({
      ...toSourcesSummary(await sources.listHealth(), await sources.outageSince()),
      watches: [...(await sources.listWatches())],
      mayKeep: rules.mayKeepSources(personOf(request)),
      keepers: rules.sourceKeepers,
    }));
  };
}
