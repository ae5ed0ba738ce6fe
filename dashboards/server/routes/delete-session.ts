import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf } from '#core';
import { signedInOf } from '../access.ts';
import type { EnterDeps } from '../enter.ts';
import { recordAct } from '../record-act.ts';

/** DELETE /api/v1/session: signing out. */
export function deleteSession(deps: EnterDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '退出', response: { 204: z.null() } };
    const config = { access: 'own', act: '退出' } as const;
    app.delete('/api/v1/session', { schema, config }, async (request, reply) => {
      const { session, person } = signedInOf(request);
      await recordAct(deps, actorOf(person), { act: '退出', target: `person:${person.id}` });
      await deps.sessions.close(session.digest);
      deps.cookie.clear(reply);
      return reply.code(204).send(null);
    });
  };
}
