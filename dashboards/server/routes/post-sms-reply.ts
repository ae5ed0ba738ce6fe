import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { SmsReplyResult } from '#alert';
import { SmsReplyView } from '#contract';
import type { ServerDeps } from '../deps.ts';

const MOST_BYTES = 16 * 1_024;
/** Names of the headers, as HTTP libraries give them. */
const ReplyHeaders = z.object({
  'x-huiying-timestamp': z.string().max(20).optional(),
  'x-huiying-signature': z.string().max(128).optional(),
  'x-huiying-secret': z.string().max(200).optional(),
});
const ReplyQuery = z.object({ secret: z.string().max(200).optional() });

/**
 * POST /api/v1/sms-replies/:gateway: a gateway hands on what somebody answered by text message. Signature or
 * secret says that it is the gateway, the number says who answered, the code which alert is meant.
 */
export function postSmsReply({ commands }: Pick<ServerDeps, 'commands'>): FastifyPluginAsyncZod {
  return async (app) => {
    // Signed are the bytes, and gateways send forms as often as JSON.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      async (_request: unknown, body: unknown) => body,
    );
    const schema = {
      summary: '短信回复（签名或密钥）',
      params: z.object({ gateway: z.string().min(1).max(20) }),
      headers: ReplyHeaders,
      querystring: ReplyQuery,
      response: { 200: SmsReplyView },
    };
    const config = { access: 'open', act: '短信回复' } as const;
    app.post('/api/v1/sms-replies/:gateway', { schema, config }, async (request) => {
      const { headers, query, params, body } = request;
      const result = await commands.receiveSmsReply({
        gateway: params.gateway,
        secret: headers['x-huiying-secret'] ?? query.secret,
        timestamp: headers['x-huiying-timestamp'],
        signature: headers['x-huiying-signature'],
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      });
      return toView(result);
    });
  };
}

const REFUSALS = {
  unknownNumber: '这个号码不属于任何一位人员',
  noCode: '回复里没有四位数字',
  noAlert: '没有对应的预警',
  ambiguous: '这个代码对应不止一条预警，请用链接确认',
} as const;

function toView(reply: SmsReplyResult): SmsReplyView {
  if (reply.kind === 'refused') return { result: reply.reason, detail: REFUSALS[reply.reason] };
  const who = reply.alert.acknowledgedBy?.name ?? '';
  return reply.kind === 'acknowledged'
    ? { result: reply.kind, detail: '已确认' }
    : { result: reply.kind, detail: `已由${who}确认` };
}
