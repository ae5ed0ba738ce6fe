/** One measured number, as the README shows it. */
export interface Figure {
  readonly what: string;
  /** What the project asks of it, in words. */
  readonly asked: string;
  /** What was measured, with its unit. */
  readonly measured: string;
  readonly isMet: boolean;
  /** How it was measured. */
  readonly how: string;
}

/** @param ratio 0 to 1 */
export function percentile(values: readonly number[], ratio: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * ratio) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Each measure runs in a process of its own and hands over what it found. */
export function handOver(figures: readonly Figure[]): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
