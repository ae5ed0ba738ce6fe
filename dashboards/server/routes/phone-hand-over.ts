import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { signHandOver, submitHandOver } from '#alert';
import type { ServerDeps } from '../deps.ts';
import { renderHandOverPage } from '../phone/hand-over-page.ts';
import { phonePage } from './phone-page.ts';

type Deps = Pick<ServerDeps, 'rules' | 'roster' | 'people' | 'now' | 'drill'>;

const FormSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('sign'), read: z.string().max(100) }),
  z.object({ act: z.literal('submit'), note: z.string().trim().max(1_000).default('') }),
]);

/** GET and POST /h/:handOverToken: a hand-over, to be read and signed. */
export function phoneHandOver(deps: Deps): FastifyPluginAsyncZod {
  const { roster, now } = deps;
  return phonePage(deps, {
    folder: '/h',
    param: 'handOverToken',
    summary: '交接班页',
    act: '交接班',
    page: '值班表',
    form: FormSchema,
    findById: async (id) => await roster.handOvers.findById(id),
    render: (handOver, person, { isSignedIn, message }) =>
      renderHandOverPage({ handOver, person, at: now(), isSignedIn, message }),
    async take(handOverId, form, actor) {
      const common = { handOverId, actor, at: now() };
      return form.act === 'sign'
        ? [await signHandOver(roster.handOvers, { ...common, read: form.read })]
        : [
            await submitHandOver(roster.handOvers, { ...common, note: form.note }),
            '已交班，等待签收',
          ];
    },
  });
}
