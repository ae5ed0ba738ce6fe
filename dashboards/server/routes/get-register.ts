import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RegisterEntryView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { toRegisterEntryView } from '../views/to-release-view.ts';

const MOST_ENTRIES = 500;

/** GET /api/v1/register: 发布登记簿, newest first. */
export function getRegister({ register }: Pick<ServerDeps, 'register'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '发布登记簿', response: { 200: z.array(RegisterEntryView) } };
    app.get('/api/v1/register', { schema }, async () => {
      const entries = await register.listNewest(MOST_ENTRIES);
      return entries.map(toRegisterEntryView);
    });
  };
}
