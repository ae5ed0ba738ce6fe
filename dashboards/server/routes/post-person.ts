import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf } from '#core';
import { NewPersonView, PersonBody } from '#contract';
import { personOf } from '../access.ts';
import { addPerson } from '../accounts.ts';
import type { ServerDeps } from '../deps.ts';
import type { Sessions } from '../sessions.ts';
import { toPersonView } from '../views/to-person-view.ts';

type Deps = Pick<ServerDeps, 'people' | 'channels' | 'audit' | 'now'> & {
  readonly sessions: Sessions;
};

/** POST /api/v1/people: a new account with a one-time password, shown this once. */
export function postPerson(deps: Deps): FastifyPluginAsyncZod {
  const { channels } = deps;
  return async (app) => {
    const schema = { summary: '新增人员', body: PersonBody, response: { 201: NewPersonView } };
    const config = { access: ['sysAdmin'], act: '新增人员' } as const;
    app.post('/api/v1/people', { schema, config }, async (request, reply) => {
      const by = actorOf(personOf(request));
      const { person, oneTimePassword } = await addPerson(deps, by, request.body);
      return reply.code(201).send({ person: toPersonView(person, channels), oneTimePassword });
    });
  };
}
