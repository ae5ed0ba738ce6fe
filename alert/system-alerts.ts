import { amend, idOf, MACHINE, type Person, type Role } from '#core';
import type { Alert } from './alert.ts';
import type { AlertingDeps } from './deps.ts';
import { operatorText } from './notice-text.ts';
import { troubleNotices } from './trouble-notices.ts';

/** Something that those who run the product must look at. */
export interface SystemTrouble {
  /** Which part: clock, ladder, … */
  readonly part: string;
  readonly title: string;
  readonly reason: string;
  readonly isDrill: boolean;
  /** Beside the operators. */
  readonly alsoTell?: readonly Role[];
}

export const systemAlertId = (part: string): string => idOf('alert', part, 'system');

/**
 * One alert a part: what comes soon after is added to it, without a second message. Later they are told again, also
 * when somebody acknowledged the last time.
 *
 * @returns whether that was news
 */
export async function tellOperators(trouble: SystemTrouble, deps: AlertingDeps): Promise<boolean> {
  const now = deps.now();
  const people = new Map<string, Person>();
  for (const role of [...deps.ladderPack.operators.tell, ...(trouble.alsoTell ?? [])]) {
    for (const person of await deps.roster.onCall(role, 'first', now))
      people.set(person.id, person);
  }
  const told = withNotices(opened(trouble, now), [...people.values()], deps, now);
  if (await deps.alerts.create(told)) return true;
  const { tellAgainAfterMs } = deps.ladderPack.operators;
  let isNews = false;
  await amend(deps.alerts, told.id, (alert) => {
    isNews = false;
    const isOpen = alert.state === 'fired' || alert.state === 'acknowledged';
    const isRecent = isOpen && now.getTime() - alert.firedAt.getTime() < tellAgainAfterMs;
    // The same once more, each minute, says nothing new.
    if (isRecent && alert.reason === trouble.reason) return undefined;
    isNews = true;
    const history = [...alert.history, { at: now, actor: MACHINE, what: trouble.reason }];
    const next = { ...alert, reason: trouble.reason, title: trouble.title, history };
    if (isRecent) return next;
    const { acknowledgedAt: _at, acknowledgedBy: _by, ...rest } = next;
    const again: Alert = { ...rest, state: 'fired', firedAt: now };
    return withNotices(again, [...people.values()], deps, now);
  });
  return isNews;
}

function opened({ part, title, reason, isDrill }: SystemTrouble, now: Date): Alert {
  return {
    id: systemAlertId(part),
    revision: 1,
    effects: [],
    rule: 'system',
    subject: { kind: 'system', part },
    title,
    grade: 'WATCH',
    isDrill,
    reason,
    state: 'fired',
    firedAt: now,
    history: [{ at: now, actor: MACHINE, what: reason }],
  };
}

function withNotices(alert: Alert, people: readonly Person[], deps: AlertingDeps, at: Date): Alert {
  const effects = troubleNotices(
    alert,
    people,
    {
      ways: deps.ladderPack.operators.channels,
      priority: 2,
      shortCode: `系统#${alert.id.slice(0, 4)}·${alert.history.length}`,
      textWith: (parts) => operatorText(alert, parts),
    },
    deps,
    at,
  );
  return { ...alert, effects: [...alert.effects, ...effects] };
}
