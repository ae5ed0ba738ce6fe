import { amend, isAbove, type CalendarYearMissing, type Stage } from '#core';
import { findingWords, GradedEventSchema, mergedFrom, type GradedEvent } from '#analyze';
import { armCountdowns } from './arm-countdowns.ts';
import { callPeople, resolveCalls } from './call-people.ts';
import { alertIdOf, closedAlert } from './countdown-alert.ts';
import { isOpen } from './countdown-state.ts';
import {
  CountdownBreachSchema,
  withBreachRecord,
  type CountdownBreach,
} from './countdown-breach.ts';
import { DutyActSchema, type Countdown, type DutyAct } from './countdown.ts';
import type { AlertingDeps } from './deps.ts';
import { handOver } from './hand-over.ts';
import { alertId, openAlert, raiseAlert } from './open-alert.ts';
import { applyAct } from './pass-milestones.ts';
import { startByAct } from './start-by-act.ts';
import { passCountdown } from './tick.ts';
import type { BreachRegister } from './ports.ts';
import { takeOver } from './take-over.ts';

/**
 * Graded events arm countdowns and become alerts, whose first notices travel inside them. `process` throws
 * CalendarYearMissing after all that needs no calendar was done, and is to be repeated once the year is there.
 */
export function createAlerting(deps: AlertingDeps): Stage<GradedEvent> {
  return {
    name: 'alerting',
    schema: GradedEventSchema,
    async process(batch) {
      // Only the newest news of an event counts; its history holds what was before.
      const newest = new Map(batch.map((event) => [event.id, event]));
      for (const event of newest.values()) {
        if (await handOver(event, deps)) continue;
        // What a missing year holds up must not keep anybody from being called.
        const later: CalendarYearMissing[] = [];
        const countdowns = await arm(event, deps, later);
        await alertOn(event, countdowns, deps);
        for (const act of transfersOf(event)) await takeAct(act, deps, later);
        if (later[0]) throw later[0];
      }
    },
  };
}

async function arm(
  event: GradedEvent,
  deps: AlertingDeps,
  later: CalendarYearMissing[],
): Promise<readonly Countdown[]> {
  const { countdowns } = deps;
  const now = deps.now();
  const rules = rulesOf(deps, later);
  const existing = await countdowns.listByEvent(event.id);
  const known = new Set(existing.map(({ id }) => id));
  for (const next of armCountdowns(event, existing, rules, now)) {
    if (known.has(next.id)) {
      await amend(countdowns, next.id, (found) => {
        const changed = armCountdowns(event, [found], rules, now).find(({ id }) => id === found.id);
        return changed && withBreachRecord(found, changed, now);
      });
      continue;
    }
    await beginCountdown(next, deps, now);
  }
  return await countdowns.listByEvent(event.id);
}

/** Duties for which a year is missing are left out, and say so. */
const rulesOf = (
  { countdownPack: pack, calendar }: AlertingDeps,
  later: CalendarYearMissing[],
) => ({ pack, calendar, laterFor: (error: CalendarYearMissing) => void later.push(error) });

/** What is overdue already passes in the same write: born breached, on record, and told at once. */
async function beginCountdown(begun: Countdown, deps: AlertingDeps, now: Date): Promise<void> {
  const recorded = withBreachRecord(undefined, begun, now);
  await deps.countdowns.create(await passCountdown(recorded, deps, now));
}

async function alertOn(
  event: GradedEvent,
  countdowns: readonly Countdown[],
  deps: AlertingDeps,
): Promise<void> {
  const { alerts, ladderPack } = deps;
  const now = deps.now();
  const merged = await Promise.all(
    mergedFrom(event).map(async (id) => await alerts.findById(alertId(id))),
  );
  const fresh = openAlert(event, ladderPack, now);
  const opened = fresh && takeOver(fresh, merged, now);
  if (opened) {
    const resolve = await resolveCalls(deps);
    const called = callPeople(opened, deps, resolve, countdowns, now) ?? opened;
    if (await alerts.create(called)) return;
  }
  for (const { id } of await alerts.listByEvent(event.id)) {
    const resolve = await resolveCalls(deps);
    await amend(alerts, id, (found) => {
      const news = raiseAlert(found, event, ladderPack, now);
      const raised = news && isAbove(news.grade, found.grade) ? takeOver(news, merged, now) : news;
      return raised && (callPeople(raised, deps, resolve, countdowns, now) ?? raised);
    });
  }
}

/** 上级转办 as a person put it on the event's record: its reply is due, and its id says which it is. */
function transfersOf({ id, title, findings }: GradedEvent): DutyAct[] {
  return findings
    .filter(({ kind }) => kind === 'upperOrder')
    .map((finding) => ({
      id: finding.id,
      eventId: id,
      kind: 'transferReceived',
      doneAt: finding.at,
      ref: finding.id,
      what: findingWords(finding),
      title,
    }));
}

/** Acts meet, end, shorten and begin the duties that name them, in this order; a missing year as above. */
export function createActsStage(deps: AlertingDeps): Stage<DutyAct> {
  return {
    name: 'acts',
    schema: DutyActSchema,
    async process(batch) {
      for (const act of batch) {
        const later: CalendarYearMissing[] = [];
        await takeAct(act, deps, later);
        if (later[0]) throw later[0];
      }
    },
  };
}

async function takeAct(
  act: DutyAct,
  deps: AlertingDeps,
  later: CalendarYearMissing[],
): Promise<void> {
  const { countdowns, countdownPack: pack } = deps;
  const subject = act.eventId ?? act.target ?? act.id;
  const now = deps.now();
  for (const { id } of await countdowns.listByEvent(subject)) {
    await amend(countdowns, id, (countdown) => {
      const met = applyAct(countdown, act, pack);
      return met && withBreachRecord(countdown, met, now);
    });
  }
  if (!act.eventId) await closeAlerts(subject, deps, now);
  const siblings = await countdowns.listByEvent(subject);
  const known = new Set(siblings.map(({ id }) => id));
  const begun = (all: readonly Countdown[]) => startByAct(act, all, rulesOf(deps, later), now);
  for (const next of begun(siblings)) {
    if (!known.has(next.id)) {
      await beginCountdown(next, deps, now);
      continue;
    }
    await amend(countdowns, next.id, (found) =>
      begun(siblings.map((one) => (one.id === found.id ? found : one))).find(
        ({ id, statutoryDueAt }) => id === found.id && statutoryDueAt < found.statutoryDueAt,
      ),
    );
  }
}

/** Breaches are written into the chain, in the order in which they were noticed. */
export function createBreachStage(breaches: BreachRegister): Stage<CountdownBreach> {
  return {
    name: 'countdown-breaches',
    schema: CountdownBreachSchema,
    async process(batch) {
      for (const breach of batch) await breaches.append(breach);
    },
  };
}

/** The alert of a duty without an event is done with when the duty is. */
async function closeAlerts(target: string, deps: AlertingDeps, now: Date): Promise<void> {
  for (const countdown of await deps.countdowns.listByEvent(target)) {
    const id = alertIdOf(countdown);
    if (isOpen(countdown) || !(await deps.alerts.findById(id))) continue;
    const what = countdown.history.at(-1)?.what ?? '已结束';
    await amend(deps.alerts, id, (alert) => closedAlert(alert, what, now));
  }
}
