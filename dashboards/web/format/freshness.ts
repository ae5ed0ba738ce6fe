const MINUTE_MS = 60_000;
/** Some source is read this often on any desk that is well. */
const EXPECTED_EVERY_MS = 5 * MINUTE_MS;

/** fresh; old after twice the expected interval (yellow); dead after five times (red), or with no data at all. */
export type Freshness = 'fresh' | 'old' | 'dead';

export function freshness(ageMs: number | undefined): Freshness {
  if (ageMs === undefined || ageMs > 5 * EXPECTED_EVERY_MS) return 'dead';
  return ageMs > 2 * EXPECTED_EVERY_MS ? 'old' : 'fresh';
}
