import { z } from 'zod';
import { MINUTE_MS, Refused, type Now } from '#core';

const SpeedSchema = z.number().positive().max(100_000);

/** What a drill's clock is at its last change; written down so that a restart goes on from it. */
export const DrillClockStateSchema = z.strictObject({
  /** Drill time of minute 0, and the real moment at which it began. */
  startedAt: z.coerce.date(),
  /** The pair of moments from which drill time is reckoned. */
  drillAt: z.coerce.date(),
  realAt: z.coerce.date(),
  /** Drill seconds in a real second. */
  speed: SpeedSchema,
  isPaused: z.boolean(),
});
export type DrillClockState = Readonly<z.infer<typeof DrillClockStateSchema>>;

/** Writes the state down; a change that cannot be written down does not happen. */
export type SaveDrillClock = (state: DrillClockState) => void;

/** 演练时间: runs at its speed, may stand still, never goes back. */
export interface DrillClock {
  readonly now: Now;
  /** Minutes of drill time since minute 0 of the scenario, fractions included. */
  elapsedMinutes(): number;
  /** @throws {Refused} when `speed` is not a positive number */
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /** Leaves out so many minutes. @throws {RangeError} when they are fewer than none */
  leap(minutes: number): void;
  /** The state as of now: what `restoreDrillClock` takes. */
  state(): DrillClockState;
}

export interface DrillClockSettings {
  /** Drill time of minute 0. */
  readonly startsAt: Date;
  readonly speed: number;
  readonly realNow: Now;
  readonly save?: SaveDrillClock;
}

/** A new drill, running from `startsAt`. @throws {Refused} when the speed is not a positive number */
export function startDrillClock(settings: DrillClockSettings): DrillClock {
  const { startsAt, speed, realNow, save } = settings;
  const state = {
    startedAt: startsAt,
    drillAt: startsAt,
    realAt: realNow(),
    speed: checkedSpeed(speed),
    isPaused: false,
  };
  save?.(state);
  return runDrillClock(state, realNow, save);
}

/**
 * Goes on after a stop of any kind. Drill time has run on meanwhile, so that a duty that fell due
 * while the process was dead is overdue, as it would be in earnest; a paused drill is still paused.
 */
export function restoreDrillClock(
  saved: DrillClockState,
  realNow: Now,
  save?: SaveDrillClock,
): DrillClock {
  return runDrillClock(DrillClockStateSchema.parse(saved), realNow, save);
}

/**
 * The drill time at a real moment, before the guard against a real clock that was set back.
 */
export function drillTimeAt(state: DrillClockState, realAt: Date): Date {
  if (state.isPaused) return state.drillAt;
  const realMs = Math.max(0, realAt.getTime() - state.realAt.getTime());
  return new Date(state.drillAt.getTime() + realMs * state.speed);
}

function runDrillClock(
  initial: DrillClockState,
  realNow: Now,
  save: SaveDrillClock | undefined,
): DrillClock {
  let state = initial;
  let shownMs = state.drillAt.getTime();

  const now = (): Date => {
    // A real clock set back would take drill time with it: stand still until it has caught up.
    shownMs = Math.max(shownMs, drillTimeAt(state, realNow()).getTime());
    return new Date(shownMs);
  };
  const anchored = (): DrillClockState => ({ ...state, drillAt: now(), realAt: realNow() });
  const change = (
    changed: Partial<Pick<DrillClockState, 'speed' | 'isPaused' | 'drillAt'>>,
  ): void => {
    const next = { ...anchored(), ...changed };
    save?.(next);
    state = next;
  };

  return {
    now,
    elapsedMinutes: () => (now().getTime() - state.startedAt.getTime()) / 60_000,
    setSpeed: (speed) => change({ speed: checkedSpeed(speed) }),
    pause: () => change({ isPaused: true }),
    resume: () => change({ isPaused: false }),
    leap(minutes) {
      if (!(minutes >= 0)) throw new RangeError(`time does not go back: ${minutes}`);
      change({ drillAt: new Date(now().getTime() + minutes * MINUTE_MS) });
    },
    state: anchored,
  };
}

function checkedSpeed(speed: number): number {
  const parsed = SpeedSchema.safeParse(speed);
  if (parsed.success) return parsed.data;
  throw new Refused('DRILL_SPEED', `演练速度须为大于 0 的数：${speed}`, 'invalid');
}
