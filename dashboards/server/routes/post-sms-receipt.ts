import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SmsReceiptView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import {
  GatewayHeaders,
  GatewayParams,
  GatewayQuery,
  takeBytes,
  toGatewayCall,
} from '../gateway-call.ts';

/** POST /api/v1/sms-receipts/:gateway: a gateway says whether a message it had taken arrived. */
export function postSmsReceipt({ commands }: Pick<ServerDeps, 'commands'>): FastifyPluginAsyncZod {
  return async (app) => {
    takeBytes(app);
    const schema = {
      summary: '短信送达回执（签名或密钥）',
      params: GatewayParams,
      headers: GatewayHeaders,
      querystring: GatewayQuery,
      response: { 200: SmsReceiptView },
    };
    const config = { access: 'open', act: '短信送达回执' } as const;
    app.post('/api/v1/sms-receipts/:gateway', { schema, config }, async (request) => ({
      isKnown: await commands.receiveSmsReceipt(toGatewayCall(request)),
    }));
  };
}
