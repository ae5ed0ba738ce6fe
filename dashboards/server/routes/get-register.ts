import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { beijingDay, NotFound } from '#core';
import { registerCsv, type PlacedEntry } from '#respond';
import { PageParams, RegisterEntryParams, RegisterEntryView, RegisterQuery } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toRegisterEntryView } from '../views/to-register-view.ts';

type Deps = Pick<
  ServerDeps,
  'register' | 'snapshots' | 'pages' | 'events' | 'commands' | 'rules' | 'now'
>;

/** More than an office publishes in many years. */
const MOST_LOOKED = 50_000;
const MOST_SHOWN = 500;

/** GET /api/v1/register, as CSV, and the pages kept; POST …/look: 发布登记簿, newest first. */
export function getRegister(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '发布登记簿',
      querystring: RegisterQuery,
      response: { 200: z.array(RegisterEntryView) },
    };
    app.get('/api/v1/register', { schema }, async (request) => {
      const { query } = request;
      // What an entry points to is of the same event.
      const all = await deps.register.listPlaced(MOST_LOOKED, query.eventId);
      const shown = all.filter((one) => isAsked(one, query)).slice(0, MOST_SHOWN);
      const mayLook = deps.rules.mayLookAtPage(personOf(request));
      const around = { ...linksIn(all), mayLook, ...(await aroundOf(shown, deps)) };
      return shown.map((one) => toRegisterEntryView(one, around));
    });

    const export_ = { summary: '发布登记簿，供表格软件打开', querystring: RegisterQuery };
    app.get('/api/v1/register.csv', { schema: export_ }, async ({ query }, reply) => {
      const all = await deps.register.listPlaced(MOST_LOOKED, query.eventId);
      const name = encodeURIComponent(`发布登记簿-${beijingDay(deps.now())}.csv`);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(registerCsv(all.filter((one) => isAsked(one, query)).toReversed()));
    });

    const look = { summary: '现在再看一次发布的页面', params: RegisterEntryParams };
    const looking = { schema: look, config: { act: '再看发布的页面' } };
    app.post('/api/v1/register/:entryId/look', looking, async (request, reply) => {
      const { entryId } = request.params;
      await deps.commands.lookAtPage({ entryId, actor: personOf(request), at: deps.now() });
      return reply.code(204).send();
    });

    const page = { summary: '存下的网页原文', params: PageParams };
    app.get('/api/v1/register/pages/:digest', { schema: page }, async ({ params }, reply) => {
      const bytes = await deps.pages.read(params.digest);
      if (!bytes) throw new NotFound('页面快照', params.digest);
      // A stranger's page must never run under our name: it is saved, not shown.
      return reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename="${params.digest.slice(0, 16)}.html"`)
        .send(Buffer.from(bytes));
    });
  };
}

function isAsked({ entry }: PlacedEntry, { from, to, kind }: RegisterQuery): boolean {
  const day = beijingDay(entry.releasedAt);
  return (
    (from === undefined || day >= from) &&
    (to === undefined || day <= to) &&
    (kind === undefined || (entry.kind ?? 'publication') === kind)
  );
}

/** Where each entry stands, and which ones correct or withdraw it, first to last. */
function linksIn(all: readonly PlacedEntry[]) {
  const positions = new Map(all.map(({ position, entry }) => [entry.id, position]));
  const since = Map.groupBy(all.toReversed(), ({ entry }) => entry.about?.entryId);
  return { positions, since };
}

async function aroundOf(shown: readonly PlacedEntry[], { snapshots, events }: Deps) {
  const found = await snapshots.listByIds(shown.map(({ entry }) => entry.id));
  const eventTitles = new Map<string, string>();
  for (const id of new Set(shown.map(({ entry }) => entry.eventId))) {
    const event = await events.findById(id);
    if (event) eventTitles.set(id, event.title);
  }
  return { snapshots: new Map(found.map((one) => [one.id, one])), eventTitles };
}
