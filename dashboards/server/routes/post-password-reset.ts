import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { actorOf, amend } from '#core';
import { NewPersonView, PersonParams } from '#contract';
import { personOf } from '../access.ts';
import { findPerson } from '../accounts.ts';
import type { ServerDeps } from '../deps.ts';
import { hashPassword, newOneTimePassword } from '../password.ts';
import { recordAct } from '../record-act.ts';
import type { Sessions } from '../sessions.ts';
import { toPersonView } from '../views/to-person-view.ts';

type Deps = Pick<ServerDeps, 'people' | 'channels' | 'audit' | 'now'> & {
  readonly sessions: Sessions;
};

/** POST /api/v1/people/:personId/password-reset: a new one-time password; their sessions end. */
export function postPasswordReset(deps: Deps): FastifyPluginAsyncZod {
  const { people, channels, sessions } = deps;
  return async (app) => {
    const schema = {
      summary: '重置密码',
      params: PersonParams,
      response: { 200: NewPersonView },
    };
    const config = { access: ['sysAdmin'], act: '重置密码' } as const;
    app.post('/api/v1/people/:personId/password-reset', { schema, config }, async (request) => {
      const person = await findPerson(people, request.params.personId);
      const oneTimePassword = newOneTimePassword();
      const passwordHash = await hashPassword(oneTimePassword);
      await recordAct(deps, actorOf(personOf(request)), {
        act: '重置密码',
        target: `person:${person.id}`,
        detail: person.name,
      });
      const changed = await amend(people, person.id, (found) => ({
        ...found,
        passwordHash,
        mustChangePassword: true,
      }));
      await sessions.closeOfPerson(person.id);
      return { person: toPersonView(changed, channels), oneTimePassword };
    });
  };
}
