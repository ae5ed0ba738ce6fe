import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound } from '#core';
import { EventParams, RelatedEventView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { toEventRow } from '../views/to-event-row.ts';
import { iso } from '../views/iso.ts';

type Deps = Pick<ServerDeps, 'events' | 'releases' | 'rules'>;

/** GET /api/v1/events/:eventId/related: earlier events like this one, and what was promised in their releases. */
export function getRelated(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '相关的旧事件与其中的承诺',
      params: EventParams,
      response: { 200: z.array(RelatedEventView) },
    };
    app.get('/api/v1/events/:eventId/related', { schema }, async ({ params }) => {
      const event = await deps.events.findById(params.eventId);
      if (!event) throw new NotFound(deps.events.kind, params.eventId);
      const related = await deps.rules.relatedTo(event);
      return await Promise.all(
        related.map(async ({ event: earlier, similarity, words }) => {
          const releases = await deps.releases.listByEvent(earlier.id);
          const promises = releases
            .filter(({ state }) => state === 'published' || state === 'corrected')
            .flatMap(({ title, text, published }) =>
              deps.rules.promisesIn(text).map((sentence) => ({
                sentence,
                release: title,
                publishedAt: iso(published?.at),
              })),
            );
          const { id, title, grade, stateName, firstPublicAt } = toEventRow(earlier, []);
          return {
            id,
            title,
            grade,
            stateName,
            firstPublicAt,
            similarity,
            words: [...words],
            promises,
          };
        }),
      );
    });
  };
}
