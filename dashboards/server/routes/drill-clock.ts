import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DrillClockBody, DrillView } from '#contract';
import type { Drill } from '../deps.ts';
import type { EnterDeps } from '../enter.ts';

type Deps = EnterDeps & { readonly drill: Drill };

/** GET /api/v1/drill and PUT /api/v1/drill/clock: where the drill stands, and how fast it goes. */
export function drillClock({ drill }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const response = { 200: DrillView };
    const read = { schema: { summary: '演练', response }, config: { access: 'open' } } as const;
    app.get('/api/v1/drill', read, async () => drill.view());

    const schema = { summary: '演练的时钟', body: DrillClockBody, response };
    const config = { access: 'signedIn', act: '调整演练时钟' } as const;
    app.put('/api/v1/drill/clock', { schema, config }, async ({ body }) => {
      await drill.setClock(body);
      return drill.view();
    });
  };
}
