/** How a text's fingerprints are taken and compared; values live in the grouping pack. */
export interface FingerprintRule {
  /** Characters a shingle. */
  readonly shingle: number;
  /** Shingles a window; the smallest hash of each window is kept. */
  readonly window: number;
}

const NOT_TEXT = /[^\p{Letter}\p{Number}]/gu;

/**
 * Winnowed fingerprints of a text: sorted, distinct 32-bit numbers.
 * Source: Schleimer, Wilkerson & Aiken (2003), winnowing.
 */
export function fingerprintsOf(text: string, rule: FingerprintRule): number[] {
  const units = text.replace(NOT_TEXT, '');
  const hashes: number[] = [];
  for (let start = 0; start + rule.shingle <= units.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let index = start; index < start + rule.shingle; index += 1) {
      hash = Math.imul(hash ^ units.charCodeAt(index), 0x01000193);
    }
    hashes.push(hash >>> 0);
  }
  if (hashes.length === 0) return [];
  const kept = new Set<number>();
  for (let start = 0; start === 0 || start + rule.window <= hashes.length; start += 1) {
    kept.add(Math.min(...hashes.slice(start, start + rule.window)));
  }
  return [...kept].sort((a, b) => a - b);
}

/**
 * Share of the smaller set that the larger one holds.
 *
 * @param a sorted @param b sorted
 * @returns 0 to 1, and how many are shared
 */
export function containment(
  a: readonly number[],
  b: readonly number[],
): { readonly ratio: number; readonly shared: number } {
  let shared = 0;
  for (let left = 0, right = 0; left < a.length && right < b.length;) {
    const difference = (a[left] ?? 0) - (b[right] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  const smaller = Math.min(a.length, b.length);
  return { ratio: smaller === 0 ? 0 : shared / smaller, shared };
}
