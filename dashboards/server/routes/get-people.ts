import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PersonView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import type { Sessions } from '../sessions.ts';
import { toPersonView } from '../views/to-person-view.ts';

type Deps = Pick<ServerDeps, 'people' | 'channels' | 'audit' | 'now'> & {
  readonly sessions: Sessions;
};

/** GET /api/v1/people: everybody of the office, with what is needed to call them. */
export function getPeople({ people, channels }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '人员', response: { 200: z.array(PersonView) } };
    app.get('/api/v1/people', { schema }, async () =>
      (await people.listAll()).map((person) => toPersonView(person, channels)),
    );
  };
}
