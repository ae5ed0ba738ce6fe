import type { DrillClock } from './drill-clock.ts';
import type { Players } from './players.ts';
import type { Scenario } from './scenario.ts';

/** 快进到下一步: the clock flies to the next act of the scenario, and then goes on as before. */
export interface Skip {
  isOn(): boolean;
  start(): void;
  stop(): void;
  step(): void;
}

/** No faster while the city writes much: its lists would roll on before a slow machine has read them. */
const BUSY_SPEED = 600;
const CALM_SPEED = 20_000;
const LEAST_SPEED = 60;
/** So many items in the coming hour are much. */
const MUCH = 3;
/** Where acts that are due wait for time to pass. */
const STRETCH_MINUTES = 60;
/** Of what is left, so much is covered in a second: it slows down before the end. */
const SHARE_PER_SECOND = 3;

export function createSkip(deps: {
  readonly scenario: Scenario;
  readonly clock: DrillClock;
  readonly players: Players;
}): Skip {
  const { scenario, clock, players } = deps;
  let flight: { readonly until: number; readonly speedBefore: number } | undefined;

  const nextMinute = (elapsed: number): number | undefined => {
    const settled = new Set(players.state().played.map(({ actId }) => actId));
    const open = scenario.acts.filter(({ id }) => !settled.has(id));
    const ahead = open.map(({ minute }) => minute).filter((minute) => minute > elapsed);
    if (ahead.length > 0) return Math.min(...ahead);
    return open.length > 0 ? elapsed + STRETCH_MINUTES : undefined;
  };
  const stop = (): void => {
    if (flight) clock.setSpeed(flight.speedBefore);
    flight = undefined;
  };

  return {
    isOn: () => flight !== undefined,
    start() {
      const until = nextMinute(clock.elapsedMinutes());
      if (flight || until === undefined) return;
      clock.resume();
      flight = { until, speedBefore: clock.state().speed };
    },
    stop,
    step() {
      if (!flight) return;
      const elapsed = clock.elapsedMinutes();
      const left = flight.until - elapsed;
      if (left <= 0) {
        stop();
        return;
      }
      // What is due now is tried at the speed of before; nobody flies past it.
      if (players.hasHope()) {
        clock.setSpeed(flight.speedBefore);
        return;
      }
      const coming = scenario.items.filter(
        ({ minute }) => minute > elapsed - STRETCH_MINUTES && minute < elapsed + STRETCH_MINUTES,
      );
      const most = coming.length > MUCH ? BUSY_SPEED : CALM_SPEED;
      clock.setSpeed(Math.min(most, Math.max(LEAST_SPEED, left * 60 * SHARE_PER_SECOND)));
    },
  };
}
