import type { Regrouping } from '#analyze';
import type { RegroupingView } from '#contract';
import { iso } from './iso.ts';

/** A regrouping as the page of one of its two events shows it. */
export function toRegroupingView(
  regrouping: Regrouping,
  eventId: string,
  mayRegroup: boolean,
): RegroupingView {
  const { id, kind, state, actor, at, reason, leadIds, answer } = regrouping;
  const { title, otherTitle } = regrouping;
  const isWhole = regrouping.eventId === eventId;
  const last = state === 'proposed' || !answer ? { actor, at, reason } : answer;
  return {
    id,
    kind,
    state,
    what:
      kind === 'merge'
        ? `《${otherTitle}》并入《${title}》`
        : `从《${title}》拆出 ${leadIds.length} 条线索，另立《${otherTitle}》`,
    otherId: isWhole ? regrouping.otherId : regrouping.eventId,
    by: last.actor.name,
    at: iso(last.at),
    reason: last.reason,
    may: mayRegroup ? MAY[state] : [],
  };
}

const MAY: Readonly<Record<Regrouping['state'], RegroupingView['may']>> = {
  proposed: ['answer'],
  declined: [],
  begun: [],
  done: ['undo'],
  undoing: [],
  undone: [],
};
