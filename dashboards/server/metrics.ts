import type { FastifyInstance } from 'fastify';
import client, { type Gauge, type Histogram, type Registry } from 'prom-client';
import { SECOND_MS } from '#core';
import type { Commands, ServerDeps } from './deps.ts';

export interface ServerMetrics {
  readonly streamClients: Gauge;
  readonly acknowledgeSeconds: Histogram;
}

/** What the server itself measures; route names, never addresses, so that no id or token shows. */
export function addMetrics(
  app: FastifyInstance,
  registry: Registry,
  { sources, now }: Pick<ServerDeps, 'sources' | 'now'>,
): ServerMetrics {
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
    seconds.observe(labels, reply.elapsedTime / SECOND_MS);
  });
  const lag = new client.Gauge({
    name: 'huiying_source_lag_seconds',
    help: 'Time since a source was last read with success',
    labelNames: ['source'],
    registers,
    collect: async () => {
      lag.reset();
      for (const { id, lastOkAt } of await sources.listHealth()) {
        const lagMs = lastOkAt ? now().getTime() - Date.parse(lastOkAt) : undefined;
        if (lagMs !== undefined) lag.set({ source: id }, lagMs / SECOND_MS);
      }
    },
  });
  return {
    acknowledgeSeconds: new client.Histogram({
      name: 'huiying_alert_acknowledge_seconds',
      help: 'Time from an alert to its acknowledgement by a person',
      labelNames: ['grade'],
      buckets: [30, 60, 120, 300, 600, 900, 1_800, 3_600],
      registers,
    }),
    streamClients: new client.Gauge({
      name: 'huiying_sse_clients',
      help: 'Open screens that listen for changes',
      registers,
    }),
  };
}

/** The commands as they were, with a look at how long an alert waited. A drill enters no measure. */
export function withMeasures(
  { commands, alerts }: Pick<ServerDeps, 'commands' | 'alerts'>,
  { acknowledgeSeconds }: ServerMetrics,
): Commands {
  return {
    ...commands,
    acknowledgeAlert: async (act) => {
      const before = await alerts.findById(act.alertId);
      const alert = await commands.acknowledgeAlert(act);
      const { firedAt, grade, isDrill } = alert;
      // The answer to a reminder acknowledges again; only the first time ended the wait.
      const isFirst =
        before?.state === 'fired' && alert.acknowledgedBy?.personId === act.actor.personId;
      if (isFirst && !isDrill) {
        acknowledgeSeconds.observe({ grade }, (act.at.getTime() - firedAt.getTime()) / SECOND_MS);
      }
      return alert;
    },
  };
}

/** A registry with the figures of the process, when none was given. */
export function newRegistry(): Registry {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  return registry;
}
