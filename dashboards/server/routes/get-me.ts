import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MeView } from '#contract';
import { signedInOf } from '../access.ts';
import type { EnterDeps } from '../enter.ts';
import { toMeView } from '../views/to-me-view.ts';

/** GET /api/v1/me: who is signed in, and the token that changes carry. */
export function getMe(deps: EnterDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '当前登录的人', response: { 200: MeView } };
    app.get('/api/v1/me', { schema, config: { access: 'own' } }, async (request) => {
      const { person, session } = signedInOf(request);
      return toMeView(deps, person, session);
    });
  };
}
