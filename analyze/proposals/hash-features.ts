/** Places a feature can have; a power of two. Two features that meet in one place share its weight. */
export const FEATURE_PLACES = 2 ** 17;

/** FNV-1a over UTF-16 units (Fowler, Noll & Vo). */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** Mixes the high bits down: the low ones of FNV alone are weak. */
const placeOf = (hash: number): number =>
  (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 12) & (FEATURE_PLACES - 1);

/**
 * Words and pairs of neighbouring words as places in a table: the words first, then the pairs.
 *
 * @param tokens in order, as `Segmenter.cut` gives them
 * @returns 2n − 1 places for n tokens, empty for none
 *
 * Source: Weinberger et al. (2009), feature hashing; without the sign, so that a weight can be read as a reason.
 */
export function hashFeatures(tokens: readonly string[]): Uint32Array {
  const count = tokens.length;
  const places = new Uint32Array(Math.max(0, 2 * count - 1));
  let before = 0;
  for (let index = 0; index < count; index += 1) {
    const hash = hashOf(tokens[index] ?? '');
    places[index] = placeOf(hash);
    if (index > 0) places[count + index - 1] = placeOf(Math.imul(before, 31) + hash);
    before = hash;
  }
  return places;
}

/** The words behind a position of what `hashFeatures` gave. */
export function featureAt(tokens: readonly string[], position: number): string {
  const count = tokens.length;
  if (position < count) return tokens[position] ?? '';
  return `${tokens[position - count] ?? ''}${tokens[position - count + 1] ?? ''}`;
}
