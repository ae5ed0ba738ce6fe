import { createPulse, newId, startLoop, type Now } from '#core';
import {
  createDutyAudit,
  createLoopback,
  createTrials,
  keepDailyMessage,
  tellOperators,
  type AlertingDeps,
  type Channel,
  type DutyAudit,
  type DutyRoundsDeps,
  type SelfWatchPack,
  type Trials,
} from '#alert';
import type { ReadinessPart } from '#server';
import { createPoster } from '../alert/adapters/channels/http-post.ts';
import type { Backend } from './backends/embedded.ts';

export interface SelfWatch {
  /** This part has just done its work. */
  beat(component: string): void;
  /** Audits its records every so often; heartbeats are written from the first moment. */
  audit(alerting: AlertingDeps): void;
  /** What the outside of the product needs for its trials: steps to be run often, and the end of their way. */
  trials(alerting: AlertingDeps): {
    readonly step: () => Promise<number>;
    readonly loopback: Channel;
  };
  /** A step to be run often, that sends the message of the day and looks whether it went out. */
  dailyMessage(alerting: AlertingDeps, rounds: DutyRoundsDeps): () => Promise<number>;
  readiness(): readonly ReadinessPart[];
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
  let trials: Trials | undefined;
  return {
    beat: (component) => pulse.beat(component),
    audit(alerting) {
      const turn = createDutyAudit({
        alerting,
        records: [
          backend.countdowns,
          backend.alerts,
          backend.outbox,
          backend.events,
          backend.people,
          backend.rosters,
          backend.handOvers,
          backend.dutyDays,
          backend.dutyRecords,
          backend.releases,
          backend.conferences,
          backend.orders,
          backend.supervisions,
          backend.rumors,
          backend.transfers,
          backend.assessments,
          backend.consultations,
          backend.keyMessages,
          backend.evaluations,
          backend.reports,
        ],
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
    trials(alerting) {
      const own = createTrials({
        log: backend.log,
        countdowns: backend.countdowns,
        outbox: backend.outbox,
        pack: pack.trial,
        now: alerting.now,
        realNow,
        tell: async (trouble) => void (await tellOperators(trouble, alerting)),
      });
      trials = own;
      return { step: own.step, loopback: createLoopback(own.arrived) };
    },
    dailyMessage: (alerting, rounds) => async () =>
      await keepDailyMessage({
        rounds,
        outbox: backend.outbox,
        daily: pack.daily,
        tell: async (trouble) => void (await tellOperators(trouble, alerting)),
      }),
    readiness() {
      const ageMs = realNow().getTime() - (last?.at ?? startedAt).getTime();
      const trial = trials?.last();
      return [
        { name: '值守自查', ...judgeAudit(last, ageMs > TURNS_LATE * pack.audit.everyMs) },
        ...(trial ? [{ name: '试跑', isOk: trial.isOk, detail: trial.detail }] : []),
      ];
    },
    async close() {
      await auditing?.close();
      await writing.close();
      await poster?.close();
    },
  };
}

/** Late or with duties that nobody serves, the product cannot do what it is for. */
function judgeAudit(
  last: DutyAudit | undefined,
  isLate: boolean,
): { readonly isOk: boolean; readonly detail: string } {
  if (isLate) return { isOk: false, detail: '很久没有自查了' };
  const found = last?.findings.join('；') || (last ? '没有发现问题' : '还没有到第一轮');
  const { unserved } = last ?? {};
  return unserved ? { isOk: false, detail: unserved.join('；') } : { isOk: true, detail: found };
}
