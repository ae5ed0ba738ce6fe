import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { digestOf } from '#core';
import {
  ConfirmFactorBody,
  MeView,
  OfferedFactorView,
  OfferFactorBody,
  PersonParams,
  PersonView,
} from '#contract';
import { personOf, signedInOf } from '../access.ts';
import { findPerson } from '../accounts.ts';
import type { EnterDeps } from '../enter.ts';
import { FieldRefused } from '../errors.ts';
import { verifyPassword } from '../password.ts';
import { confirmFactor, offerFactor, resetFactor, type FactorDeps } from '../second-factor.ts';
import { toMeView } from '../views/to-me-view.ts';
import { toPersonView } from '../views/to-person-view.ts';

/** POST /api/v1/second-factor…: a person sets up their own; an administrator takes one away. */
export function secondFactor(deps: FactorDeps & EnterDeps): FastifyPluginAsyncZod {
  const { people, signInTries, realNow, limits, channels } = deps;
  const rateLimit = { max: limits.signInsPerMinute, timeWindow: '1 minute' };
  return async (app) => {
    const offer = {
      summary: '开始设置动态口令',
      body: OfferFactorBody,
      response: { 200: OfferedFactorView },
    };
    const offering = { access: 'signedIn', act: '开始设置动态口令', rateLimit } as const;
    app.post('/api/v1/second-factor', { schema: offer, config: offering }, async (request) => {
      const person = personOf(request);
      // As for a new password: an open session is not enough, and no place to guess.
      const key = digestOf(`own ${person.id}`);
      const tries = await signInTries.countTry(
        key,
        realNow(),
        limits.signInTries,
        limits.signInLockMs,
      );
      const isRight =
        tries.count <= limits.signInTries &&
        (await verifyPassword(request.body.password, person.passwordHash ?? ''));
      if (!isRight) throw new FieldRefused('password', '密码不对');
      await signInTries.clear(key);
      return await offerFactor(deps, person);
    });

    const confirm = {
      summary: '确认动态口令',
      body: ConfirmFactorBody,
      response: { 200: MeView },
    };
    const confirming = { access: 'signedIn', act: '设置动态口令', rateLimit } as const;
    app.post(
      '/api/v1/second-factor/confirmation',
      { schema: confirm, config: confirming },
      async (request) => {
        const { person, session } = signedInOf(request);
        return toMeView(deps, await confirmFactor(deps, person, request.body.code), session);
      },
    );

    const reset = {
      summary: '重置动态口令',
      params: PersonParams,
      response: { 200: PersonView },
    };
    const resetting = { access: ['sysAdmin'], act: '重置动态口令' } as const;
    app.post(
      '/api/v1/people/:personId/second-factor-reset',
      { schema: reset, config: resetting },
      async (request) => {
        const person = await findPerson(people, request.params.personId);
        return toPersonView(await resetFactor(deps, personOf(request), person), channels);
      },
    );
  };
}
