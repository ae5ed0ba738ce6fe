import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GatewayCall } from './deps.ts';

const MOST_BYTES = 16 * 1_024;

/** What a gateway's call to us brings along; names of the headers as HTTP libraries give them. */
export const GatewayHeaders = z.object({
  'x-huiying-timestamp': z.string().max(20).optional(),
  'x-huiying-signature': z.string().max(128).optional(),
  'x-huiying-secret': z.string().max(200).optional(),
});
export const GatewayQuery = z.object({ secret: z.string().max(200).optional() });
export const GatewayParams = z.object({ gateway: z.string().min(1).max(20) });

/** Keeps bodies as bytes: those are signed, and gateways send forms as often as JSON. */
export function takeBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: MOST_BYTES },
    async (_request: unknown, body: unknown) => body,
  );
}

export function toGatewayCall(parts: {
  readonly headers: z.infer<typeof GatewayHeaders>;
  readonly query: z.infer<typeof GatewayQuery>;
  readonly params: z.infer<typeof GatewayParams>;
  readonly body: FastifyRequest['body'];
}): GatewayCall {
  const { headers, query, params, body } = parts;
  return {
    gateway: params.gateway,
    secret: headers['x-huiying-secret'] ?? query.secret,
    timestamp: headers['x-huiying-timestamp'],
    signature: headers['x-huiying-signature'],
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
