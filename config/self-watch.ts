import { createPulse, newId, startLoop, type Now } from '#core';
import { createDutyAudit, type AlertingDeps, type DutyAudit, type SelfWatchPack } from '#alert';
import type { ReadinessPart } from '#server';
import { createPoster } from '../alert/adapters/channels/http-post.ts';
import type { Backend } from './backends/embedded.ts';

export interface SelfWatch {
  /** This part has just done its work. */
  beat(component: string): void;
  /** Audits its records every so often; heartbeats are written from the first moment. */
  audit(alerting: AlertingDeps): void;
  readiness(): ReadinessPart;
  close(): Promise<void>;
}

/** The group that takes notices from the log into the outbox. */
export const NOTICE_GROUP = 'outbox';
/** An audit that is so many turns late is no longer made. */
const TURNS_LATE = 3;

/** 自我看护: heartbeats for an onlooker outside, and an audit of the records that duties rest on. */
export function startSelfWatch(parts: {
  readonly backend: Backend;
  readonly pack: SelfWatchPack;
  /** Told after each turn of the audit that found nothing: who hears no more of us raises the alarm. */
  readonly pingUrl?: string | undefined;
  readonly realNow: Now;
  readonly isDrill: boolean;
  readonly onError: (error: unknown) => void;
}): SelfWatch {
  const { backend, pack, pingUrl, realNow, isDrill, onError } = parts;
  const pulse = createPulse({
    heartbeats: backend.heartbeats,
    bootId: newId(),
    realNow,
    monotonicMs: () => performance.now(),
  });
  backend.log.onPassed = (topic, group) => pulse.beat(`read.${topic}.${group}`);
  const writing = startLoop({
    everyMs: pack.heartbeatEveryMs,
    step: async () => await pulse.write(),
    onError,
  });
  const poster = pingUrl === undefined ? undefined : createPoster();
  let auditing: ReturnType<typeof startLoop> | undefined;
  const startedAt = realNow();
  let last: DutyAudit | undefined;
  return {
    beat: (component) => pulse.beat(component),
    audit(alerting) {
      const turn = createDutyAudit({
        alerting,
        records: [backend.countdowns, backend.alerts, backend.outbox],
        log: backend.log,
        outbox: backend.outbox,
        noticeGroup: NOTICE_GROUP,
        trail: backend.audit,
        pack: pack.audit,
        realNow,
        isDrill,
      });
      auditing = startLoop({
        everyMs: pack.audit.everyMs,
        step: async () => {
          last = await turn();
          pulse.beat('dutyAudit');
          if (poster && pingUrl && last.findings.length === 0) {
            await poster.post({ url: new URL(pingUrl), method: 'GET' });
          }
        },
        onError,
      });
    },
    readiness() {
      const ageMs = realNow().getTime() - (last?.at ?? startedAt).getTime();
      const isOk = ageMs <= TURNS_LATE * pack.audit.everyMs;
      const found = last?.findings.join('；') || (last ? '没有发现问题' : '还没有到第一轮');
      return { name: '值守自查', isOk, detail: isOk ? found : '很久没有自查了' };
    },
    async close() {
      await auditing?.close();
      await writing.close();
      await poster?.close();
    },
  };
}
