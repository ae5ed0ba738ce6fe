import client from 'prom-client';
import { MINUTE_MS, SECOND_MS, type Now, type StageCounts } from '#core';
import type { Notice, SendResult } from '#alert';
import type { Backend } from './backends/embedded.ts';

/** What the product counts of itself, which are no measures of the office (`#measures`), for /metrics; the server adds its own. */
export function createMetrics() {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const sends = new client.Counter({
    name: 'huiying_channel_send_total',
    help: 'Notices handed to a channel, by what came of it',
    labelNames: ['channel', 'result'],
    registers,
  });

  const watch = (parts: {
    readonly backend: Backend;
    readonly stageCounts: ReadonlyMap<string, Readonly<StageCounts>>;
    readonly now: Now;
  }): void => {
    const { backend, stageCounts } = parts;
    const stages = new client.Gauge({
      name: 'huiying_stage_entries',
      help: 'Entries a stage received, did, failed at and set aside since the start',
      labelNames: ['stage', 'outcome'],
      registers: [],
      collect() {
        for (const [stage, counts] of stageCounts) {
          for (const [outcome, count] of Object.entries(counts))
            this.set({ stage, outcome }, count);
        }
      },
    });
    const countdowns = new client.Gauge({
      name: 'huiying_countdowns_open',
      help: 'Countdowns that are not met, by code and state',
      labelNames: ['code', 'state'],
      registers: [],
      async collect() {
        this.reset();
        // A drill never enters a measure.
        const open = (await backend.countdowns.listOpen()).filter(({ isDrill }) => !isDrill);
        for (const { code, state } of open) this.inc({ code, state });
      },
    });
    const oldest = new client.Gauge({
      name: 'huiying_outbox_oldest_seconds',
      help: 'Age of the oldest notice that is still to be sent',
      registers: [],
      async collect() {
        const since = await backend.outbox.oldestUnsentAt();
        this.set(since ? Math.max(0, parts.now().getTime() - since.getTime()) / SECOND_MS : 0);
      },
    });
    const unreadable = new client.Gauge({
      name: 'huiying_unreadable_records',
      help: 'Records that cannot be read and that lists go on without',
      labelNames: ['kind'],
      registers: [],
      collect() {
        this.reset();
        for (const { kind, ids } of backend.listUnreadable()) this.set({ kind }, ids.length);
      },
    });
    for (const gauge of [stages, countdowns, oldest, unreadable]) registry.registerMetric(gauge);
  };
  const noticeSent = ({ channel, isDrill }: Notice, { result }: SendResult): void => {
    if (!isDrill) sends.inc({ channel, result });
  };
  return { registry, watch, noticeSent };
}

/** A notice older than this has not gone out in time. */
export const LATE_NOTICE_MS = MINUTE_MS;
