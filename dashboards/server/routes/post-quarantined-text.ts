import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { QuarantinedTextView, RawItemParams } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';

/** POST /api/v1/quarantine/:rawItemId/text: the kept bytes as text; who read them goes on record first. */
export function postQuarantinedText({
  commands,
  now,
}: Pick<ServerDeps, 'commands' | 'now'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '查看隔离内容',
      params: RawItemParams,
      response: { 200: QuarantinedTextView },
    };
    const config = { access: 'signedIn', act: '查看隔离内容' } as const;
    app.post('/api/v1/quarantine/:rawItemId/text', { schema, config }, async (request) => {
      const { rawItemId } = request.params;
      return await commands.readQuarantined({ rawItemId, actor: personOf(request), at: now() });
    });
  };
}
