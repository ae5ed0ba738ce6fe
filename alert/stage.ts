import { amend, isAbove, type Stage } from '#core';
import { GradedEventSchema, mergedFrom, type GradedEvent } from '#analyze';
import { armCountdowns } from './arm-countdowns.ts';
import { callPeople, resolveCalls } from './call-people.ts';
import { SatisfyingActSchema, type Countdown, type SatisfyingAct } from './countdown.ts';
import type { AlertingDeps } from './deps.ts';
import { handOver } from './hand-over.ts';
import { alertId, openAlert, raiseAlert } from './open-alert.ts';
import { applyAct } from './pass-milestones.ts';
import { passCountdown } from './tick.ts';
import { takeOver } from './take-over.ts';

/** Graded events arm countdowns and become alerts, whose first notices travel inside them. */
export function createAlerting(deps: AlertingDeps): Stage<GradedEvent> {
  return {
    name: 'alerting',
    schema: GradedEventSchema,
    async process(batch) {
      // Only the newest news of an event counts; its history holds what was before.
      const newest = new Map(batch.map((event) => [event.id, event]));
      for (const event of newest.values()) {
        if (await handOver(event, deps)) continue;
        const countdowns = await arm(event, deps);
        await alertOn(event, countdowns, deps);
      }
    },
  };
}

async function arm(event: GradedEvent, deps: AlertingDeps): Promise<readonly Countdown[]> {
  const { countdowns, countdownPack: pack } = deps;
  const now = deps.now();
  const existing = await countdowns.listByEvent(event.id);
  const known = new Set(existing.map(({ id }) => id));
  for (const next of armCountdowns(event, existing, pack, now)) {
    if (known.has(next.id)) {
      await amend(countdowns, next.id, (found) =>
        armCountdowns(event, [found], pack, now).find(({ id }) => id === found.id),
      );
      continue;
    }
    // What is overdue already passes in the same write: born breached, and told at once.
    await countdowns.create(await passCountdown(next, deps, now));
  }
  return await countdowns.listByEvent(event.id);
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

/** Acts that a duty asks for satisfy the countdowns that name them. */
export function createActsStage(deps: AlertingDeps): Stage<SatisfyingAct> {
  const { countdowns, countdownPack: pack } = deps;
  return {
    name: 'acts',
    schema: SatisfyingActSchema,
    async process(batch) {
      for (const act of batch) {
        for (const { id } of await countdowns.listByEvent(act.eventId)) {
          await amend(countdowns, id, (countdown) => applyAct(countdown, act, pack));
        }
      }
    },
  };
}
