import { amend, idOf, MACHINE, type Effect, type Person, type Stage } from '#core';
import { SourceTroubleSchema, type SourceTrouble } from '#ingest';
import type { Alert } from './alert.ts';
import type { AlertingDeps } from './deps.ts';
import { sourceText } from './notice-text.ts';
import { troubleNotices } from './trouble-notices.ts';

const KIND_WORDS: Readonly<Record<SourceTrouble['kind'], string>> = {
  noSuccess: '读不到',
  quiet: '异常安静',
  blocked: '被对方拒绝',
  outage: '外网不通',
  overBudget: '最长发现时间超预算',
  recovered: '已恢复',
};

/** One alert per source; a trouble that comes back opens it again. */
export const sourceAlertId = (sourceId: string): string => idOf('alert', sourceId, 'sourceSilent');

/** Troubles of sources become alerts to those who keep the sources; an end closes the alert by itself. */
export function createSourceAlerting(deps: AlertingDeps): Stage<SourceTrouble> {
  return {
    name: 'source-alerting',
    schema: SourceTroubleSchema,
    async process(batch) {
      for (const trouble of batch) await tell(trouble, deps);
    },
  };
}

async function tell(trouble: SourceTrouble, deps: AlertingDeps): Promise<void> {
  const { alerts, ladderPack, roster, now } = deps;
  const id = sourceAlertId(trouble.sourceId);
  const people = new Map<string, Person>();
  for (const role of ladderPack.sources.tell) {
    for (const person of await roster.onCall(role, 'first', now())) people.set(person.id, person);
  }
  const opened = openSourceAlert(trouble, [...people.values()], deps);
  if (opened && (await alerts.create(opened))) return;
  if (!(await alerts.findById(id))) return;
  await amend(alerts, id, (alert) => afterTrouble(alert, trouble, [...people.values()], deps));
}

/** A first trouble's alert; undefined for an end. */
function openSourceAlert(
  trouble: SourceTrouble,
  people: readonly Person[],
  deps: AlertingDeps,
): Alert | undefined {
  if (trouble.kind === 'recovered') return undefined;
  const alert: Alert = {
    id: sourceAlertId(trouble.sourceId),
    revision: 1,
    effects: [],
    rule: 'sourceSilent',
    subject: { kind: 'source', sourceId: trouble.sourceId },
    title: `${trouble.sourceName}：${KIND_WORDS[trouble.kind]}`,
    grade: 'WATCH',
    isDrill: trouble.isDrill,
    reason: trouble.reason,
    state: 'fired',
    firedAt: trouble.at,
    history: [note(trouble)],
  };
  return { ...alert, effects: noticesOf(alert, people, deps) };
}

/** The alert with one more piece of news; undefined for one it has seen. */
export function afterTrouble(
  alert: Alert,
  trouble: SourceTrouble,
  people: readonly Person[],
  deps: AlertingDeps,
): Alert | undefined {
  const seen = alert.history.findLast(({ actor }) => actor.personId === MACHINE.personId);
  if (seen && trouble.at <= seen.at) return undefined;
  const history = [...alert.history, note(trouble)];
  const isOpen = alert.state === 'fired' || alert.state === 'acknowledged';
  if (trouble.kind === 'recovered') {
    return isOpen ? { ...alert, state: 'handled', history } : { ...alert, history };
  }
  const title = `${trouble.sourceName}：${KIND_WORDS[trouble.kind]}`;
  const told: Alert = { ...alert, title, reason: trouble.reason, history };
  // Somebody looks at it already: no second message for the same source.
  if (isOpen) return told;
  const { acknowledgedAt: _at, acknowledgedBy: _by, ...rest } = told;
  const again: Alert = { ...rest, state: 'fired', firedAt: trouble.at };
  return { ...again, effects: [...again.effects, ...noticesOf(again, people, deps)] };
}

const note = ({ kind, reason, at }: SourceTrouble): Alert['history'][number] => ({
  at,
  actor: MACHINE,
  what: `${KIND_WORDS[kind]}：${reason}`,
});

function noticesOf(alert: Alert, people: readonly Person[], deps: AlertingDeps): Effect[] {
  const telling = {
    ways: deps.ladderPack.sources.channels,
    priority: 5,
    shortCode: `信息源#${alert.id.slice(0, 4)}·${alert.history.length}`,
    textWith: (parts: { shortCode: string; link: string }) => sourceText(alert, parts),
  };
  return troubleNotices(alert, people, telling, deps, deps.now());
}
