import type { EventView } from '../../contract/index.ts';

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isBurst: boolean;
}

export interface VolumeChart {
  readonly width: number;
  readonly height: number;
  readonly most: number;
  readonly bars: readonly Bar[];
  /** Outline of the usual range; absent while it is not known. */
  readonly usual: string | undefined;
}

const HEIGHT = 96;
const STEP = 5;
const GAP = 1;

/** Posts by bin as bars on a common floor, with the usual range behind them. */
export function toBars(volume: EventView['volume']): VolumeChart {
  const most = Math.max(0, ...volume.map(({ posts }) => posts));
  const top = Math.max(1, most, ...volume.map(({ usualUpTo = 0 }) => usualUpTo));
  const y = (value: number): number => HEIGHT - (value / top) * HEIGHT;
  const bars = volume.map(({ posts, isBurst }, index) => ({
    x: index * STEP,
    y: y(posts),
    width: STEP - GAP,
    height: HEIGHT - y(posts),
    isBurst,
  }));
  const known = volume.flatMap(({ usualUpTo }, index) =>
    usualUpTo === undefined ? [] : [{ x: index * STEP, y: y(usualUpTo) }],
  );
  const first = known[0];
  const last = known.at(-1);
  const usual =
    first && last
      ? `M${first.x} ${HEIGHT} ${known.map((point) => `L${point.x} ${point.y.toFixed(1)}`).join(' ')} L${last.x + STEP} ${last.y.toFixed(1)} L${last.x + STEP} ${HEIGHT} Z`
      : undefined;
  return { width: Math.max(1, volume.length * STEP), height: HEIGHT, most, bars, usual };
}
