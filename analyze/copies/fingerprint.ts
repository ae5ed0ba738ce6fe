/** How a text's fingerprints are taken and compared; values live in the grouping pack. */
export interface FingerprintRule {
  /** Characters a shingle. */
  readonly shingle: number;
  /** Shingles a window; the smallest hash of each window is kept. */
  readonly window: number;
}

const TEXT = /[\p{Letter}\p{Number}]/u;
/** By UTF-16 unit: whether it belongs to a letter or a digit. */
let isText: Uint8Array | undefined;
const SURROGATES = { from: 0xd800, low: 0xdc00, to: 0xdfff } as const;

/** The letters and digits of a text as UTF-16 units; what stands between them is often changed by a copy. */
export function lettersOf(text: string): Uint16Array {
  isText ??= Uint8Array.from({ length: 0x10000 }, (_, unit) =>
    Number(TEXT.test(String.fromCharCode(unit))),
  );
  const units = new Uint16Array(text.length);
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isText[unit] === 1) {
      units[count++] = unit;
    } else if (unit >= SURROGATES.from && unit < SURROGATES.low) {
      // A rare character takes two units.
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      if (character.length !== 2 || !TEXT.test(character)) continue;
      units[count++] = unit;
      units[count++] = text.charCodeAt(++index);
    }
  }
  return units.subarray(0, count);
}

/** FNV-1a of a run of units, unsigned 32 bits. Leads in the stores hold it: another hash would not find their copies. */
export function hashOf(units: Uint16Array, start: number, end: number, seed = 0x811c9dc5): number {
  // As a whole number of 32 bits from the start: what began as another kind stays slow in every step.
  let hash = seed | 0;
  for (let index = start; index < end; index += 1) {
    hash = Math.imul(hash ^ (units[index] ?? 0), 0x01000193);
  }
  return hash >>> 0;
}

/** Room to work in, kept from text to text: for arrays of its own each text would pay more than for its hashes. */
let hashes = new Uint32Array(1024);
let kept = new Uint32Array(1024);

/**
 * Winnowed fingerprints of a text: sorted, distinct 32-bit numbers.
 *
 * @param units from `lettersOf`
 *
 * Source: Schleimer, Wilkerson & Aiken (2003), winnowing.
 */
export function fingerprintsOf(units: Uint16Array, rule: FingerprintRule): number[] {
  const count = units.length - rule.shingle + 1;
  if (count <= 0) return [];
  if (count > hashes.length) {
    hashes = new Uint32Array(2 * count);
    kept = new Uint32Array(2 * count);
  }
  for (let start = 0; start < count; start += 1) {
    hashes[start] = hashOf(units, start, start + rule.shingle);
  }
  let keptCount = 0;
  let last = -1;
  let least = -1;
  for (let end = Math.min(rule.window, count); end <= count; end += 1) {
    const start = Math.max(0, end - rule.window);
    if (least < start) {
      // The smallest one left the window, once in several steps: look through it again.
      least = start;
      for (let at = start + 1; at < end; at += 1) if (isLess(at, least)) least = at;
    } else if (isLess(end - 1, least)) {
      least = end - 1;
    }
    if (least === last) continue;
    last = least;
    kept[keptCount++] = hashes[least] ?? 0;
  }
  return distinct(kept.subarray(0, keptCount).sort());
}

function distinct(sorted: Uint32Array): number[] {
  const numbers: number[] = [];
  // By index: over a typed array the iterator takes longer than all the rest.
  for (let at = 0; at < sorted.length; at += 1) {
    const number = sorted[at] ?? 0;
    if (at === 0 || number !== sorted[at - 1]) numbers.push(number);
  }
  return numbers;
}

const isLess = (a: number, b: number): boolean => (hashes[a] ?? 0) < (hashes[b] ?? 0);

/**
 * How many numbers two sets share.
 *
 * @param a sorted @param b sorted
 */
export function sharedCount(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  for (let left = 0, right = 0; left < a.length && right < b.length;) {
    const difference = (a[left] ?? 0) - (b[right] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return shared;
}
