import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DeskView } from '#contract';
import { readDeskView, type DeskReadDeps } from '../reads/read-desk.ts';

/** GET /api/v1/desk: what waits, what runs out, what is wrong. */
export function getDesk(deps: DeskReadDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '工作台', response: { 200: DeskView } };
    app.get('/api/v1/desk', { schema }, () => readDeskView(deps));
  };
}
