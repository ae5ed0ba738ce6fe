import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { amend, digestOf } from '#core';
import { ChangePasswordBody, MeView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps, ServerLimits } from '../deps.ts';
import { enter, type EnterDeps } from '../enter.ts';
import { FieldRefused } from '../errors.ts';
import { hashPassword, verifyPassword, weaknessOf } from '../password.ts';

type Deps = EnterDeps &
  Pick<ServerDeps, 'people' | 'signInTries' | 'realNow'> & { readonly limits: ServerLimits };

/** POST /api/v1/password: a person's own new password; every session of theirs but a new one ends. */
export function postPassword(deps: Deps): FastifyPluginAsyncZod {
  const { people, sessions, signInTries, limits } = deps;
  return async (app) => {
    const schema = { summary: '修改密码', body: ChangePasswordBody, response: { 200: MeView } };
    const config = {
      access: 'own',
      act: '修改密码',
      rateLimit: { max: limits.signInsPerMinute, timeWindow: '1 minute' },
    } as const;
    app.post('/api/v1/password', { schema, config }, async (request, reply) => {
      const { oldPassword, newPassword } = request.body;
      const person = personOf(request);

      // An open session must not become a place to guess the password.
      const key = digestOf(`own ${person.id}`);
      const { signInTries: most, signInLockMs } = limits;
      const tries = await signInTries.countTry(key, deps.realNow(), most, signInLockMs);
      const isRight =
        tries.count <= most && (await verifyPassword(oldPassword, person.passwordHash ?? ''));
      if (!isRight) throw new FieldRefused('oldPassword', '原密码不对');
      if (newPassword === oldPassword) throw new FieldRefused('newPassword', '不能与原密码相同');
      const weakness = weaknessOf(newPassword, person);
      if (weakness) throw new FieldRefused('newPassword', weakness);
      await signInTries.clear(key);

      const passwordHash = await hashPassword(newPassword);
      const changed = await amend(people, person.id, (found) => ({
        ...found,
        passwordHash,
        mustChangePassword: false,
      }));
      await sessions.closeOfPerson(person.id);
      return await enter(deps, request, reply, { person: changed, act: '修改密码' });
    });
  };
}
