import { amend, auditEffect, durationInWords, MACHINE, type AuditEntry, type Now } from '#core';
import { AuditEntrySchema } from '#core';
import { eventIdOf } from './alert.ts';
import { callPeople, resolveCalls } from './call-people.ts';
import { judgeClock, type ClockState } from './clock-guard.ts';
import { openCountdownAlert } from './countdown-alert.ts';
import type { Countdown } from './countdown.ts';
import { nextDueAt } from './countdown-state.ts';
import type { AlertingDeps } from './deps.ts';
import { alertId, wake } from './open-alert.ts';
import { passed, reachNow } from './pass-countdown.ts';
import { tellOperators } from './system-alerts.ts';

/** So many documents a tick; the next tick takes the rest. */
const MOST_A_TICK = 200;

/**
 * Lets time pass for every countdown that is due. The start of the product is the same loop.
 *
 * @returns how many changed
 */
export async function tickCountdowns(deps: AlertingDeps, mayConfirmBreach = true): Promise<number> {
  const due = await deps.countdowns.findDue(deps.now(), MOST_A_TICK);
  if (due.length === 0) return 0;
  const reach = await reachNow(deps);
  const now = deps.now();
  // First, so that no message leads to what is not there.
  for (const one of due) {
    if (!one.eventId && !one.isTrial) await deps.alerts.create(openCountdownAlert(one, now));
  }
  const changes = due.flatMap((before) => {
    const after = passed(before, deps, reach, now, mayConfirmBreach);
    return after ? [{ before, after: { ...after, revision: before.revision + 1 } }] : [];
  });
  // One write for all: of hundreds that are due at once the last must not wait for as many commits.
  const stale = new Set(await deps.countdowns.replaceAll(changes.map(({ after }) => after)));
  for (const { before, after } of changes) {
    // Somebody changed it meanwhile: it is due still, and the next tick takes it.
    if (stale.has(after.id)) continue;
    if (before.state !== 'breached' && after.state === 'breached') await wakeResting(after, deps);
    await tellOfEmptyLevels(before, after, deps);
  }
  return changes.length;
}

/** Who asked to be left alone until it gets worse is called when a duty of the event was missed. */
async function wakeResting(countdown: Countdown, deps: AlertingDeps): Promise<void> {
  const { ladderPack, alerts } = deps;
  if (!countdown.eventId || !ladderPack.restUntilWorse.breachOf.includes(countdown.code)) return;
  const id = alertId(countdown.eventId);
  if (!(await alerts.findById(id))?.rest) return;
  await amend(
    alerts,
    id,
    (alert) => alert.rest && wake(alert, ladderPack, deps.now(), `${countdown.name}超时`),
  );
}

async function tellOfEmptyLevels(
  before: Countdown,
  after: Countdown,
  deps: AlertingDeps,
): Promise<void> {
  const steps = (after.command?.steps ?? []).slice(before.command?.steps.length ?? 0);
  const unheard = steps.filter(({ names }) => names.length === 0);
  if (unheard.length === 0) return;
  await tellOperators(
    {
      part: 'ladder',
      title: '升级阶梯有一级叫不到人',
      reason: `${after.name}（${after.eventTitle}）：指挥阶梯第${unheard.map(({ step }) => step + 1).join('、')}级没有人可通知，已叫下一级`,
      isDrill: after.isDrill,
    },
    deps,
  );
}

/** A step that compares the clocks before it lets time pass; it keeps what it read last. */
export function createCountdownTick(
  deps: AlertingDeps,
  clock: {
    readonly realNow: Now;
    /** ms of a clock that nobody can set. */
    readonly monotonicMs: () => number;
    readonly audit: { append(entry: AuditEntry): Promise<void> };
    readonly isDrill: boolean;
  },
): () => Promise<number> {
  let state: ClockState | undefined;
  return async () => {
    const reading = { wallMs: clock.realNow().getTime(), monotonicMs: clock.monotonicMs() };
    const judged = judgeClock(state, reading);
    state = judged.state;
    if (judged.jumpMs !== 0) {
      const reason = `系统时钟向${judged.jumpMs > 0 ? '前' : '后'}跳了${jumpWords(judged.jumpMs)}`;
      const effect = auditEffect({
        at: clock.realNow(),
        actor: MACHINE,
        act: 'clockJump',
        target: 'system:clock',
        detail: reason,
      });
      await clock.audit.append(AuditEntrySchema.parse(effect.body));
      const trouble = { part: 'clock', title: '系统时钟跳变', reason, isDrill: clock.isDrill };
      await tellOperators(trouble, deps);
    }
    return await tickCountdowns(deps, judged.mayConfirmBreach);
  };
}

const jumpWords = (ms: number): string =>
  Math.abs(ms) < 60_000 ? `${Math.round(Math.abs(ms) / 1000)}秒` : durationInWords(ms);

/** Lets every ladder that is due take its step. @returns how many alerts changed */
export async function tickLadders(deps: AlertingDeps): Promise<number> {
  const due = await deps.alerts.findLadderDue(deps.now(), MOST_A_TICK);
  for (const alert of due) {
    const now = deps.now();
    const countdowns = await deps.countdowns.listByEvent(eventIdOf(alert) ?? alert.id);
    const resolve = await resolveCalls(deps);
    const after = await amend(deps.alerts, alert.id, (found) =>
      callPeople(found, deps, resolve, countdowns, now),
    );
    const steps = (after.ladder?.steps ?? []).slice(alert.ladder?.steps.length ?? 0);
    const empty = steps.filter((step) => step.empty.length > 0 && step.calls.every(isUnheard));
    if (empty.length === 0) continue;
    const reason = `${alert.title}：第${empty.map(({ step }) => step + 1).join('、')}步没有人可通知，已叫下一步`;
    const title = '升级阶梯有一步叫不到人';
    await tellOperators({ part: 'ladder', title, reason, isDrill: alert.isDrill }, deps);
  }
  return due.length;
}

const isUnheard = ({ channels }: { readonly channels: readonly { readonly state: string }[] }) =>
  channels.every(({ state }) => state === 'notSetUp');

/** A countdown with everything that is due by now passed and told. */
export async function passCountdown(
  countdown: Countdown,
  deps: AlertingDeps,
  now: Date,
): Promise<Countdown> {
  const dueAt = nextDueAt(countdown);
  if (!dueAt || dueAt > now) return countdown;
  if (!countdown.eventId) await deps.alerts.create(openCountdownAlert(countdown, now));
  return passed(countdown, deps, await reachNow(deps), now) ?? countdown;
}
