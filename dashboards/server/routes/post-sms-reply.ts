import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SmsReplyResult } from '#alert';
import { SmsReplyView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import {
  GatewayHeaders,
  GatewayParams,
  GatewayQuery,
  takeBytes,
  toGatewayCall,
} from '../gateway-call.ts';

/**
 * POST /api/v1/sms-replies/:gateway: a gateway hands on what somebody answered by text message. Signature or
 * secret says that it is the gateway, the number says who answered, the code which alert is meant.
 */
export function postSmsReply({ commands }: Pick<ServerDeps, 'commands'>): FastifyPluginAsyncZod {
  return async (app) => {
    takeBytes(app);
    const schema = {
      summary: '短信回复（签名或密钥）',
      params: GatewayParams,
      headers: GatewayHeaders,
      querystring: GatewayQuery,
      response: { 200: SmsReplyView },
    };
    const config = { access: 'open', act: '短信回复' } as const;
    app.post('/api/v1/sms-replies/:gateway', { schema, config }, async (request) =>
      toView(await commands.receiveSmsReply(toGatewayCall(request))),
    );
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
