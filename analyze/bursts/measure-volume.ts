import { BurstMeter, type Measured } from './burst-meter.ts';
import type { BurstPack } from './burst-pack.ts';

/** When a post was published, and where; copies of an outlet's text count once. */
export interface Voice {
  readonly publishedAt: Date;
  readonly outlet: string;
}

/** Posts of one bin beside what is usual there; the newest bin may still be filling. */
export interface VolumePoint extends Measured {
  /** Outlets within the longer window that ends here. */
  readonly outlets: number;
  /** A burst that enough posts and outlets stand behind. */
  readonly isBurst: boolean;
}

/**
 * How many posts a matter had, bin by bin up to a moment, beside what was usual for it until then.
 *
 * @param voices in any order; those before the rule's history or after `until` are left out
 * @returns oldest first, from the first post on, empty bins included
 */
export function measureVolume(
  voices: readonly Voice[],
  until: Date,
  rule: Pick<BurstPack, 'baseline' | 'burst'>,
): VolumePoint[] {
  const { binMs, longBins, historyMs, leastPosts, leastOutlets } = rule.burst;
  const binOf = (at: Date): number => Math.floor(at.getTime() / binMs);
  const last = binOf(until);
  const oldest = last - Math.floor(historyMs / binMs);
  const byBin = Map.groupBy(
    voices.filter(({ publishedAt }) => publishedAt <= until && binOf(publishedAt) >= oldest),
    ({ publishedAt }) => binOf(publishedAt),
  );
  if (byBin.size === 0) return [];

  const meter = new BurstMeter(rule, 'count');
  const points: VolumePoint[] = [];
  let recent: (readonly Voice[])[] = [];
  for (let bin = Math.min(...byBin.keys()); bin <= last; bin += 1) {
    const here = byBin.get(bin) ?? [];
    recent = [...recent, here].slice(-longBins);
    const window = recent.flat();
    const outlets = new Set(window.map(({ outlet }) => outlet)).size;
    const measured = meter.add(new Date(bin * binMs), here.length);
    const isBacked = window.length >= leastPosts || outlets >= leastOutlets;
    points.push({ ...measured, outlets, isBurst: measured.isOnset && isBacked });
  }
  return points;
}
