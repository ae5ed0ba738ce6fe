import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';

/** GET /api/openapi.json: this API, described. */
export function getOpenapi(): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '接口说明', hide: true };
    app.get('/api/openapi.json', { schema }, async (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
    );
  };
}
