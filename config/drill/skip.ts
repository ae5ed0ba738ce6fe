import type { DrillClock } from './drill-clock.ts';
import type { Players } from './players.ts';
import type { Scenario } from './scenario.ts';

/** 快进到下一步: the clock strides to the next act of the scenario, and then goes on as before. */
export interface Skip {
  isOn(): boolean;
  start(): void;
  stop(): void;
  step(): void;
}

/** No longer while the city writes much: its lists would roll on before a slow machine has read them. */
const BUSY_STRIDE_MINUTES = 1;
const CALM_STRIDE_MINUTES = 20;
/** So many items in the hours around are much. */
const MUCH = 3;
const AROUND_MINUTES = 60;

/**
 * In strides, and not by a clock that runs faster: a machine that is busy for a while is later, and never past it.
 */
export function createSkip(deps: {
  readonly scenario: Scenario;
  readonly clock: DrillClock;
  readonly players: Players;
}): Skip {
  const { scenario, clock, players } = deps;
  let until: number | undefined;

  const nextMinute = (elapsed: number): number | undefined => {
    const settled = new Set(players.state().played.map(({ actId }) => actId));
    const open = scenario.acts.filter(({ id }) => !settled.has(id));
    const ahead = open.map(({ minute }) => minute).filter((minute) => minute > elapsed);
    if (ahead.length > 0) return Math.min(...ahead);
    // What is left waits for time to pass.
    return open.length > 0 ? elapsed + AROUND_MINUTES : undefined;
  };

  return {
    isOn: () => until !== undefined,
    start() {
      until ??= nextMinute(clock.elapsedMinutes());
    },
    stop: () => (until = undefined),
    step() {
      // What is due is tried first; nobody strides past it.
      if (until === undefined || players.hasHope()) return;
      const elapsed = clock.elapsedMinutes();
      if (elapsed >= until) {
        until = undefined;
        return;
      }
      const near = scenario.items.filter(
        ({ minute }) => Math.abs(minute - elapsed) < AROUND_MINUTES,
      );
      const stride = near.length > MUCH ? BUSY_STRIDE_MINUTES : CALM_STRIDE_MINUTES;
      clock.leap(Math.min(stride, until - elapsed));
    },
  };
}
