import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { ReadinessView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { readDutyReadiness, type DutyReadDeps } from '../reads/read-duty.ts';

type Deps = DutyReadDeps & Pick<ServerDeps, 'readiness'> & { readonly metrics: Registry };

/** GET /livez, /readyz and /metrics: for machines that watch; not rate-limited. */
export function health(deps: Deps): FastifyPluginAsyncZod {
  const { readiness, metrics } = deps;
  const config = { rateLimit: false } as const;
  return async (app) => {
    const live = {
      summary: '进程在运行',
      response: { 200: z.object({ isLive: z.literal(true) }) },
    };
    app.get('/livez', { schema: live, config }, async () => ({ isLive: true as const }));

    const schema = {
      summary: '各部分是否就绪',
      response: { 200: ReadinessView, 503: ReadinessView },
    };
    app.get('/readyz', { schema, config }, async (_request, reply) => {
      const parts = [...(await readiness()), await readDutyReadiness(deps)];
      const isReady = parts.every(({ isOk }) => isOk);
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({
          isReady,
          failing: parts.filter(({ isOk }) => !isOk).map(({ name }) => name),
          parts,
        });
    });

    const text = { summary: 'Prometheus 指标', produces: ['text/plain'] };
    app.get('/metrics', { schema: text, config }, async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.metrics()),
    );
  };
}
