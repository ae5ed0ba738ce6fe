import type { RhythmPack } from './rhythm.ts';
import { gotThrough, outageSince, type NetworkLook } from './outage.ts';

/** Follows the looks at all sources, and knows at any time whether the internet is out. */
export interface OutageWatch {
  note(sourceId: string, look: NetworkLook): void;
  /** Since when nobody can be reached; undefined while somebody answers. */
  since(now: Date): Date | undefined;
}

/** Remembers no more than what can tell of an outage: the newest answer, and who failed after it. */
export function createOutageWatch(rule: RhythmPack['outage'], domainsInAll: number): OutageWatch {
  const failed = new Map<string, NetworkLook>();
  let answer: NetworkLook | undefined;
  let outage: Date | undefined;
  return {
    note(sourceId, look) {
      if (!gotThrough(look)) failed.set(sourceId, look);
      else if (!answer || answer.at < look.at) {
        answer = look;
        for (const [id, { at }] of failed) if (at <= look.at) failed.delete(id);
      }
    },
    since(now) {
      const looks = [...(answer ? [answer] : []), ...failed.values()];
      const found = outageSince(looks, now, rule, domainsInAll);
      // It began when it began, though of each source only the newest failure is remembered.
      outage = found && (outage ?? found);
      return outage;
    },
  };
}
