import { newId, type Log, type Now } from '#core';
import type { CountdownStore, Outbox } from './ports.ts';
import type { SelfWatchPack } from './self-watch-pack.ts';
import type { SystemTrouble } from './system-alerts.ts';
import { TRIALS_TOPIC, trialInWords, whereIsTrial, type Trial } from './trial.ts';

/** How the newest trial stands; undefined before the first one ended. */
export interface TrialOutcome {
  readonly at: Date;
  readonly isOk: boolean;
  readonly detail: string;
}

export interface TrialDeps {
  readonly log: Pick<Log, 'append'>;
  readonly countdowns: CountdownStore;
  readonly outbox: Pick<Outbox, 'findById'>;
  readonly pack: SelfWatchPack['trial'];
  /** The clock that countdowns ring by. */
  readonly now: Now;
  readonly realNow: Now;
  readonly tell: (trouble: SystemTrouble) => Promise<void>;
}

export interface Trials {
  /** Begins the next trial when it is time, and tells of one that did not come through. @returns 1 for a new trial */
  readonly step: () => Promise<number>;
  /** The loopback has this trial's notice. */
  readonly arrived: (trialId: string) => void;
  last(): TrialOutcome | undefined;
}

/** 试跑, one at a time and one right at the start: whoever started the product hears soon whether it works. */
export function createTrials(deps: TrialDeps): Trials {
  const { log, pack, now, realNow, tell } = deps;
  let current: { readonly trial: Trial; readonly beganAt: Date; isOver: boolean } | undefined;
  let last: TrialOutcome | undefined;

  const begin = async (beganAt: Date): Promise<void> => {
    const startedAt = now();
    const dueAt = new Date(startedAt.getTime() + pack.afterMs);
    const trial: Trial = { id: newId(), startedAt, dueAt };
    // Counted from here, also when the log refuses it: that is what a trial is for.
    current = { trial, beganAt, isOver: false };
    await log.append(TRIALS_TOPIC, [{ id: trial.id, key: trial.id, body: trial }]);
  };

  return {
    async step() {
      const at = realNow();
      const ageMs = current ? at.getTime() - current.beganAt.getTime() : Infinity;
      if (current && !current.isOver && ageMs > pack.afterMs + pack.lateMs) {
        const where = await whereIsTrial(current.trial, deps);
        const detail = `试跑${trialInWords(ageMs)}没有送到：${where}`;
        last = { at, isOk: false, detail };
        const trouble = { part: 'trial', title: '试跑没有通过', reason: detail, isDrill: false };
        await tell(trouble);
        current.isOver = true;
      }
      if (ageMs < pack.everyMs) return 0;
      await begin(at);
      return 1;
    },
    arrived(trialId) {
      if (current?.trial.id !== trialId) return;
      const at = realNow();
      const tookMs = at.getTime() - current.beganAt.getTime();
      // What comes late did not come through: the next step says so.
      if (tookMs > pack.afterMs + pack.lateMs) return;
      current.isOver = true;
      last = { at, isOk: true, detail: `最近一次试跑${trialInWords(tookMs)}送到` };
    },
    last: () => last,
  };
}
