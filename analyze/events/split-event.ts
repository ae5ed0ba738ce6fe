import { standingOf } from './keep-standing.ts';
import type { RegroupingAct } from './merge-events.ts';
import type { OpinionEvent } from './opinion-event.ts';
import { judgeAnew, openEvent, type Judging } from './update-event.ts';

/**
 * An event whose leads went in part to another: judged again over what is left, and still at no lower a grade
 * and from no later a start than before. Only a person lowers it, by citing the fact.
 *
 * @param judging the leads that are left to it
 * @returns undefined when this act was done already
 */
export function splitEvent(
  event: OpinionEvent,
  act: RegroupingAct,
  judging: Judging,
): OpinionEvent | undefined {
  if (event.kept.some(({ regroupingId }) => regroupingId === act.id)) return undefined;
  const standing = { ...event, kept: [...event.kept, standingOf(event, act.id)] };
  return judgeAnew(standing, judging);
}

/** The event that a split makes of the leads it takes out: its starts are those of its own records. */
export function openSplit(
  id: string,
  { isDrill }: Pick<OpinionEvent, 'isDrill'>,
  { parts, context, until }: Judging,
): OpinionEvent {
  const leads = parts.leads.map((lead) => ({ ...lead, eventId: id }));
  return openEvent(id, { ...parts, leads }, context, { isDrill, until });
}
