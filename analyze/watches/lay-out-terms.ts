/** Terms by number: of each group one must occur, of the exclusions none. */
export interface AskedTerms {
  readonly groups: readonly Int32Array[];
  readonly exclude: Int32Array;
}

/**
 * Lays out what many watches ask in one array: to look at a watch is to read on in one place, where a list of lists
 * would be fetched from all over the memory.
 *
 * @returns whether a watch, by its position, is met by the terms that `seen` has under `epoch`
 */
export function layOutTerms(
  watches: readonly AskedTerms[],
): (watch: number, seen: Uint32Array, epoch: number) => boolean {
  // A watch is how many groups it has, then each group, then its exclusions; a list is its length and its terms.
  const list = (terms: Int32Array): number[] => [terms.length, ...terms];
  const begins = new Int32Array(watches.length);
  const laid: number[] = [];
  for (const [number, { groups, exclude }] of watches.entries()) {
    begins[number] = laid.length;
    laid.push(groups.length, ...groups.flatMap(list), ...list(exclude));
  }
  const asked = Int32Array.from(laid);

  const hasSeen = (from: number, until: number, seen: Uint32Array, epoch: number): boolean => {
    for (let at = from; at < until; at += 1) {
      if (seen[asked[at] as number] === epoch) return true;
    }
    return false;
  };

  return (watch, seen, epoch) => {
    let at = (begins[watch] as number) + 1;
    for (let left = asked[at - 1] as number; left > 0; left -= 1) {
      const until = at + 1 + (asked[at] as number);
      if (!hasSeen(at + 1, until, seen, epoch)) return false;
      at = until;
    }
    return !hasSeen(at + 1, at + 1 + (asked[at] as number), seen, epoch);
  };
}
