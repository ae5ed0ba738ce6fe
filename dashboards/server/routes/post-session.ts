import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { beijingMinute, digestOf } from '#core';
import { MeView, SignInBody } from '#contract';
import type { ServerDeps, ServerLimits } from '../deps.ts';
import { enter, type EnterDeps } from '../enter.ts';
import { SignedOut } from '../errors.ts';
import { hashPassword, verifyPassword } from '../password.ts';

type Deps = EnterDeps &
  Pick<ServerDeps, 'people' | 'signInTries' | 'realNow'> & { readonly limits: ServerLimits };

/** POST /api/v1/session: signing in. */
export function postSession(deps: Deps): FastifyPluginAsyncZod {
  const { people, signInTries, limits } = deps;
  return async (app) => {
    // Checked when there is no such account, so that the time taken does not tell whether there is.
    let nobodysHash: string | undefined;
    const schema = { summary: '登录', body: SignInBody, response: { 200: MeView } };
    const config = {
      access: 'open',
      act: '登录',
      rateLimit: { max: limits.signInsPerMinute, timeWindow: '1 minute' },
    } as const;

    app.post('/api/v1/session', { schema, config }, async (request, reply) => {
      const { signInName, password } = request.body;
      const person = await people.findBySignInName(signInName);
      // A name that is nobody's may be a password typed into the wrong field: it is not written down.
      request.triedBy = { personId: person?.id ?? 'unknown', name: person?.name ?? '未知账号' };

      const key = digestOf(signInName);
      const { signInTries: most, signInLockMs } = limits;
      // Counted before the password is looked at: tries side by side cannot slip past the count.
      const tries = await signInTries.countTry(key, deps.realNow(), most, signInLockMs);
      if (tries.count > most) throw locked(new Date(tries.lastAt.getTime() + signInLockMs));

      const hash = person?.passwordHash ?? (nobodysHash ??= await hashPassword('nobody'));
      const isRight = await verifyPassword(password, hash);
      if (!person?.passwordHash || !isRight || person.isDisabled) {
        throw new SignedOut('SIGN_IN_FAILED', '登录名或密码不对');
      }
      await signInTries.clear(key);
      return await enter(deps, request, reply, { person, act: '登录' });
    });
  };
}

function locked(until: Date): SignedOut {
  const time = beijingMinute(until).slice(11);
  return new SignedOut('SIGN_IN_LOCKED', `连续输错次数过多，账号锁定至 ${time}`);
}
