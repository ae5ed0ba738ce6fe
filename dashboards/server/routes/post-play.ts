import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { MeView, PlayBody } from '#contract';
import type { Drill } from '../deps.ts';
import { enter, type EnterDeps } from '../enter.ts';

type Deps = EnterDeps & { readonly drill: Drill };

/** POST /api/v1/drill/play: signs in as one of the sample people, without a password; only a drill has this. */
export function postPlay(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '扮演一个角色', body: PlayBody, response: { 200: MeView } };
    const config = { access: 'open', act: '扮演角色' } as const;
    app.post('/api/v1/drill/play', { schema, config }, async (request, reply) => {
      const person = await deps.drill.play(request.body.personId);
      return enter(deps, request, reply, { person, act: '演练中扮演角色' });
    });
  };
}
