import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IntakeResult, SourceParams } from '#contract';
import type { ServerDeps } from '../deps.ts';

const MOST_BYTES = 5_000_000;
/** Names of the headers, as HTTP libraries give them. */
const PushHeaders = z.object({
  'x-huiying-timestamp': z.string().max(20),
  'x-huiying-signature': z.string().max(128),
});

/**
 * POST /api/v1/push/:sourceId: a vendor or an informant sends items. The signature over time and body says
 * who it is; the same items again are one.
 */
export function postPush({ commands }: Pick<ServerDeps, 'commands'>): FastifyPluginAsyncZod {
  return async (app) => {
    // Signed are the bytes, not what they parse to.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      async (_request: unknown, body: unknown) => body,
    );
    const schema = {
      summary: '推送信息（签名）',
      params: SourceParams,
      headers: PushHeaders,
      response: { 202: IntakeResult },
    };
    const config = { access: 'open', act: '推送信息' } as const;
    app.post('/api/v1/push/:sourceId', { schema, config }, async (request, reply) => {
      const { id, funnel } = await commands.receivePush({
        sourceId: request.params.sourceId,
        timestamp: request.headers['x-huiying-timestamp'],
        signature: request.headers['x-huiying-signature'],
        body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      });
      return reply.code(202).send({ runId: id, funnel });
    });
  };
}
