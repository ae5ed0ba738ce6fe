import type { FastifyInstance } from 'fastify';
import client, { type Gauge, type Registry } from 'prom-client';

export interface ServerMetrics {
  readonly streamClients: Gauge;
}

/** What the server itself measures; route names, never addresses, so that no id or token shows. */
export function addMetrics(app: FastifyInstance, registry: Registry): ServerMetrics {
  const registers = [registry];
  const seconds = new client.Histogram({
    name: 'huiying_http_request_seconds',
    help: 'Time from request to end of answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
    registers,
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    // A stream lasts as long as its reader stays: its length says nothing of our speed.
    if (route === '/api/v1/stream') return;
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1_000);
  });
  return {
    streamClients: new client.Gauge({
      name: 'huiying_sse_clients',
      help: 'Open screens that listen for changes',
      registers,
    }),
  };
}

/** A registry with the figures of the process, when none was given. */
export function newRegistry(): Registry {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  return registry;
}
