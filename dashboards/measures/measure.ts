/**
 * How an item stands in a measure. `in` and `out` make the denominator, `in` the numerator; the others are shown
 * beside it and never inside.
 */
export type Standing = 'in' | 'out' | 'waived' | 'cancelled' | 'open' | 'unknown';

/** One line of the list behind a measure. */
export interface MeasureItem {
  /** The record: countdown:…, event:…, release:… */
  readonly cite: string;
  readonly eventId?: string | undefined;
  /** What it is and how it stands, in words. */
  readonly words: string;
  readonly standing: Standing;
  /** Of a duration. */
  readonly ms?: number | undefined;
}

/** A change with its 95 % interval. */
export interface MeasuredChange {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One release with what was before and after it. */
export interface ChangeAround {
  readonly cite: string;
  readonly eventId: string;
  readonly words: string;
  readonly hours: number;
  readonly before: { readonly posts: number; readonly toned: number; readonly negative: number };
  readonly after: { readonly posts: number; readonly toned: number; readonly negative: number };
  /** Difference of the negative shares, −1 to 1. */
  readonly tone?: MeasuredChange | undefined;
  /** Posts after for each before. */
  readonly volume?: MeasuredChange | undefined;
  /** Negative posts after for each before; where the tone is compared. */
  readonly negativeVolume?: number | undefined;
  /** Why a change is not told. */
  readonly withheld: readonly string[];
}

export interface DurationGroup {
  readonly name: string;
  readonly count: number;
  readonly medianMs: number;
  readonly p90Ms?: number;
}

export type Measured =
  | {
      readonly kind: 'share';
      readonly numerator: number;
      readonly denominator: number;
      readonly waived: number;
      readonly cancelled: number;
      /** Not over yet when the records were read. */
      readonly open: number;
      /** Cannot be told from the records. */
      readonly unknown: number;
      /** 0 to 1; absent where the denominator is too small for a percentage. */
      readonly share?: number;
      readonly items: readonly MeasureItem[];
    }
  | {
      readonly kind: 'durations';
      readonly count: number;
      readonly medianMs?: number;
      readonly p90Ms?: number;
      readonly meanMs?: number;
      readonly mostMs?: number;
      readonly unknown: number;
      readonly groups: readonly DurationGroup[];
      readonly items: readonly MeasureItem[];
    }
  | { readonly kind: 'count'; readonly count: number; readonly items: readonly MeasureItem[] }
  | { readonly kind: 'changes'; readonly changes: readonly ChangeAround[] }
  | { readonly kind: 'notRecorded'; readonly reason: string };

/** 指标: a number computed from records, with the list behind it and how it is counted. */
export interface Measure {
  readonly code: string;
  /** 发现, 报告, 回应, … */
  readonly group: string;
  readonly name: string;
  /** How it is counted, in one sentence. */
  readonly counting: string;
  /** What a reader must know of this period's number. */
  readonly notes: readonly string[];
  readonly measured: Measured;
}

export interface MeasureLimits {
  /** Smaller denominators show counts only. */
  readonly leastForShare: number;
}

/** A share of what `in` and `out` are; the rest stands beside it. */
export function shareOf(items: readonly MeasureItem[], { leastForShare }: MeasureLimits): Measured {
  const count = (standing: Standing): number =>
    items.filter((item) => item.standing === standing).length;
  const numerator = count('in');
  const denominator = numerator + count('out');
  return {
    kind: 'share',
    numerator,
    denominator,
    waived: count('waived'),
    cancelled: count('cancelled'),
    open: count('open'),
    unknown: count('unknown'),
    ...(denominator >= leastForShare && denominator > 0 && { share: numerator / denominator }),
    items,
  };
}

/** Makes the shares of one group. */
export const sharesIn =
  (group: string, limits: MeasureLimits) =>
  (code: string, name: string, counting: string, items: readonly MeasureItem[]): Measure => ({
    code,
    group,
    name,
    counting,
    notes: [],
    measured: shareOf(items, limits),
  });

/**
 * Durations of the items that are `in`, in all and by group. Nine in ten of a few are all of them: the longest says it.
 *
 * @param groupOf a name by which the items are told apart too; none where it says undefined
 */
export function durationsOf(
  items: readonly MeasureItem[],
  { leastForShare }: MeasureLimits,
  groupOf: (item: MeasureItem) => string | undefined = () => undefined,
): Measured {
  const timed = items.filter(({ standing, ms }) => standing === 'in' && ms !== undefined);
  const all = timed.flatMap(({ ms }) => ms ?? []);
  const nineInTen = (times: readonly number[]): { p90Ms?: number } => {
    const p90Ms = times.length >= leastForShare ? p90(times) : undefined;
    return p90Ms === undefined ? {} : { p90Ms };
  };
  const groups = [...Map.groupBy(timed, groupOf)].flatMap(([name, of]) => {
    const times = of.flatMap(({ ms }) => ms ?? []);
    const medianMs = median(times);
    if (name === undefined || medianMs === undefined) return [];
    return [{ name, count: times.length, medianMs, ...nineInTen(times) }];
  });
  const medianMs = median(all);
  return {
    kind: 'durations',
    count: all.length,
    ...(medianMs !== undefined && {
      medianMs,
      meanMs: all.reduce((sum, ms) => sum + ms, 0) / all.length,
      mostMs: Math.max(...all),
    }),
    ...nineInTen(all),
    unknown: items.filter(({ standing }) => standing === 'unknown').length,
    groups: groups.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    items,
  };
}

export const countOf = (items: readonly MeasureItem[]): Measured => ({
  kind: 'count',
  count: items.length,
  items,
});

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.ceil(sorted.length / 2) - 1],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** The smallest value that nine in ten do not exceed (nearest rank). */
export function p90(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.9 * sorted.length) - 1];
}
