import { z } from 'zod';
import { durationInWords, idOf, SECOND_MS, type Effect, type Stage } from '#core';
import { NOTICES_TOPIC, type Notice } from './alert.ts';
import type { Countdown } from './countdown.ts';
import { withNote } from './countdown-state.ts';
import type { Channel, CountdownStore, Outbox } from './ports.ts';

/** Topic of trials on their way in. */
export const TRIALS_TOPIC = 'trials';

/** 试跑: the product sends itself the whole way that a countdown's notice goes. */
export const TrialSchema = z.object({
  id: z.string(),
  startedAt: z.coerce.date(),
  dueAt: z.coerce.date(),
});
export type Trial = Readonly<z.infer<typeof TrialSchema>>;

const countdownIdOf = ({ id }: Trial): string => idOf('countdown', 'trial', id);
const noticeIdOf = (countdownId: string): string => idOf('notice', countdownId, 'loopback');

/** Arms each trial's countdown, which the loop of all the others lets ring. */
export function createTrialStage(countdowns: CountdownStore): Stage<Trial> {
  return {
    name: 'trials',
    schema: TrialSchema,
    async process(batch) {
      for (const trial of batch) await countdowns.create(toCountdown(trial));
    },
  };
}

function toCountdown(trial: Trial): Countdown {
  const { id, startedAt, dueAt } = trial;
  return {
    id: countdownIdOf(trial),
    revision: 1,
    effects: [],
    target: `trial:${id}`,
    eventTitle: '试跑',
    // A drill never enters a measure.
    isDrill: true,
    isTrial: true,
    code: 'TRIAL',
    name: '试跑',
    basis: '自我看护',
    ruleVersion: '',
    calendar: 'hours24x7',
    start: { at: startedAt, recordId: `trial:${id}`, reason: '自我看护定时试跑' },
    shadow: {},
    statutoryDueAt: dueAt,
    managedDueAt: dueAt,
    state: 'running',
    milestones: [{ ratio: 1, at: dueAt }],
    armedAt: startedAt,
    isBornBreached: false,
    history: [],
  };
}

/** A trial that is due has rung: it ends, with its notice in the same write. It is never breached. */
export function passTrial(trial: Countdown, now: Date): Countdown | undefined {
  if (trial.state !== 'running' || trial.statutoryDueAt > now) return undefined;
  const milestones = trial.milestones.map((one) => ({ ...one, firedAt: now }));
  const rung: Countdown = { ...trial, state: 'satisfied', satisfiedAt: now, milestones };
  return { ...withNote(rung, now, '试跑到点'), effects: [...trial.effects, toEffect(trial, now)] };
}

function toEffect({ id, target = '' }: Countdown, now: Date): Effect {
  const notice: Notice = {
    id: noticeIdOf(id),
    revision: 1,
    effects: [],
    alertId: '',
    key: target,
    receiver: { personId: '', name: '试跑', address: '' },
    channel: 'loopback',
    priority: 2,
    shortCode: '试跑',
    subject: '【试跑】',
    text: '',
    html: '',
    isDrill: true,
    isTest: true,
    state: 'pending',
    nextAt: new Date(0),
    createdAt: now,
    attempts: [],
  };
  return { topic: NOTICES_TOPIC, id: notice.id, key: target, body: notice };
}

/** A way that ends in this process. `arrived` is told the trial's id. */
export function createLoopback(arrived: (trialId: string) => void): Channel {
  return {
    kind: 'loopback',
    async send({ key = '' }) {
      arrived(key.slice('trial:'.length));
      return { result: 'ok', detail: '试跑已送到' };
    },
    async close() {},
  };
}

/** How far a trial came that did not come through, in words: where people must look. */
export async function whereIsTrial(
  trial: Trial,
  stores: { readonly countdowns: CountdownStore; readonly outbox: Pick<Outbox, 'findById'> },
): Promise<string> {
  const countdown = await stores.countdowns.findById(countdownIdOf(trial));
  if (!countdown) return '写进了日志，没有人来取（研判到时限这一段）';
  if (countdown.state === 'running') return '时限到点没有响';
  if (countdown.effects.length > 0) return '时限响了，通知没有写进日志';
  const notice = await stores.outbox.findById(noticeIdOf(countdown.id));
  if (!notice) return '通知写进了日志，没有进发件箱';
  if (notice.state === 'sent') return '送到了，但晚了';
  const last = notice.attempts.at(-1)?.detail;
  return `通知在发件箱里没有发出${last ? `（${last}）` : ''}`;
}

/** `59 秒` or `2分钟`: how long a trial took. */
export const trialInWords = (ms: number): string =>
  ms < 120 * SECOND_MS ? `${Math.round(ms / SECOND_MS)}秒` : durationInWords(ms);
