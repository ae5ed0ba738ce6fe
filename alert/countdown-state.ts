import type { Countdown } from './countdown.ts';

/** Still asks for something: not met, not ended otherwise. An unmet breach does. */
export function isOpen({
  state,
  continuedUnder,
}: Pick<Countdown, 'state' | 'continuedUnder'>): boolean {
  if (continuedUnder) return false;
  return state === 'provisional' || state === 'running' || state === 'breached';
}

/** When it speaks next: a milestone that has not fired, a level of its ladder; undefined when it will not. */
export function nextDueAt(countdown: Countdown): Date | undefined {
  if (!isOpen(countdown)) return undefined;
  const times = countdown.milestones
    .filter(({ firedAt }) => !firedAt)
    .map(({ at }) => at.getTime());
  if (countdown.command?.nextAt) times.push(countdown.command.nextAt.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

export function withNote(countdown: Countdown, at: Date, what: string): Countdown {
  return { ...countdown, history: [...countdown.history, { at, what }] };
}

/** What the duty asks for was done: in time, late, or in time and recorded after the breach. */
export function met(countdown: Countdown, doneAt: Date, by: string, what: string): Countdown {
  if (!isOpen(countdown)) return countdown;
  const isInTime = doneAt <= countdown.statutoryDueAt;
  const late = {
    state: 'satisfiedLate' as const,
    breachedAt: countdown.breachedAt ?? countdown.statutoryDueAt,
  };
  const done: Countdown = {
    ...countdown,
    ...(isInTime ? { state: 'satisfied' as const } : late),
    satisfiedAt: doneAt,
    satisfiedBy: by,
  };
  // The breach record stays: what was proved afterwards is marked as such.
  const mark = isInTime && countdown.state === 'breached' ? '（补录）' : '';
  return withNote(done, doneAt, `${what}${isInTime ? '' : '（超时后完成）'}${mark}`);
}
