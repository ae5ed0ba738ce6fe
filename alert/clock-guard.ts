import { MINUTE_MS, SECOND_MS } from '#core';

/** Two clocks read in the same moment: the wall's may be set, the other only runs. ms. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export interface ClockState {
  readonly last: ClockReading;
  /** Monotonic time before which no breach is confirmed. */
  readonly holdUntilMs: number;
}

export interface ClockJudgement {
  readonly state: ClockState;
  /** How far the wall clock jumped since the reading before; above zero forward; 0 when it did not. */
  readonly jumpMs: number;
  /** After a large forward jump a due time may be a mistake of the clock: warn, and look again. */
  readonly mayConfirmBreach: boolean;
}

const SMALLEST_JUMP_MS = 2 * SECOND_MS;
const LARGE_JUMP_MS = 5 * MINUTE_MS;
const HOLD_MS = 5 * SECOND_MS;

/** Compares how far both clocks went since the reading before. */
export function judgeClock(before: ClockState | undefined, reading: ClockReading): ClockJudgement {
  const last = before?.last ?? reading;
  const apartMs = reading.wallMs - last.wallMs - (reading.monotonicMs - last.monotonicMs);
  const jumpMs = Math.abs(apartMs) > SMALLEST_JUMP_MS ? apartMs : 0;
  const held = before?.holdUntilMs ?? Number.NEGATIVE_INFINITY;
  const holdUntilMs = jumpMs > LARGE_JUMP_MS ? reading.monotonicMs + HOLD_MS : held;
  return {
    state: { last: reading, holdUntilMs },
    jumpMs,
    mayConfirmBreach: reading.monotonicMs >= holdUntilMs,
  };
}
