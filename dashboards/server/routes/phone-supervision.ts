import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ServerDeps } from '../deps.ts';
import { renderSupervisionPage } from '../phone/supervision-page.ts';
import { phonePage } from './phone-page.ts';

type Deps = Pick<ServerDeps, 'rules' | 'supervisions' | 'commands' | 'people' | 'now' | 'drill'>;

const Words = z.string().trim().min(1).max(2_000);

/** GET and POST /s/:supervisionToken: a supervision order, to be answered. */
export function phoneSupervision(deps: Deps): FastifyPluginAsyncZod {
  const { rules, supervisions, commands, now } = deps;
  return phonePage(deps, {
    folder: '/s',
    param: 'supervisionToken',
    summary: '督办单页',
    act: '答复督办',
    page: '督办',
    form: z.object({ step: z.literal('reply'), cause: Words, measures: Words }),
    findById: async (id) => await supervisions.findById(id),
    render(supervision, person, saying) {
      const may = rules.supervisionStepsOpenTo(supervision, person);
      return renderSupervisionPage({ supervision, may, ...saying });
    },
    async take(supervisionId, taken, actor) {
      const request = { supervisionId, taken, actor, at: now() };
      return [await commands.takeSupervisionStep(request), '已答复'];
    },
  });
}
