import { PassThrough } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Gauge } from 'prom-client';
import { SECOND_MS } from '#core';
import type { StreamMessage } from '#contract';
import { signedInOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import type { Sessions } from '../sessions.ts';

const HEARTBEAT_EVERY_MS = 15 * SECOND_MS;
/** A reader so far behind is let go: it comes back with the last id it saw. */
const MOST_WAITING_BYTES = 65_536;

type Deps = Pick<ServerDeps, 'changes'> & {
  readonly sessions: Sessions;
  readonly clients: Gauge;
};

/** GET /api/v1/stream: server-sent events, one for each thing that changed. */
export function getStream({ changes, sessions, clients }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '实时变化', produces: ['text/event-stream'] };
    const config = { rateLimit: false } as const;
    // HEAD would open a stream that nobody reads.
    const options = { schema, config, exposeHeadRoute: false };
    app.get('/api/v1/stream', options, async (request, reply) => {
      const { digest } = signedInOf(request).session;
      const stream = new PassThrough();
      const write = (text: string): void => {
        if (stream.writableEnded) return;
        if (stream.writableLength > MOST_WAITING_BYTES) stream.end();
        else stream.write(text);
      };
      const say = (message: StreamMessage): void => {
        write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
      };

      // Said at once, so that a proxy passes the head on and the browser knows that it is open.
      write('retry: 3000\n: open\n\n');
      const lastId = Number(request.headers['last-event-id'] ?? Number.NaN);
      if (Number.isSafeInteger(lastId)) for (const message of changes.since(lastId)) say(message);

      const unsubscribe = changes.subscribe(say);
      const heartbeat = setInterval(async () => {
        write(': alive\n\n');
        if (!(await sessions.isOpen(digest).catch(() => false))) stream.end();
      }, HEARTBEAT_EVERY_MS);
      clients.inc();
      stream.once('close', () => {
        clearInterval(heartbeat);
        unsubscribe();
        clients.dec();
      });

      return reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-cache, no-transform')
        .header('x-accel-buffering', 'no')
        .send(stream);
    });
  };
}
