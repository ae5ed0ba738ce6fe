/**
 * Where the greatest of a list stand, greatest first; of equals the one that came first. Cheaper than sorting when
 * few are asked for, or when the list is nearly in order.
 */
export function greatestAt(values: readonly number[], most: number): number[] {
  const kept: number[] = [];
  let least = -Infinity;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    const isFull = kept.length === most;
    if (isFull && !(value > least)) continue;
    let place = isFull ? most - 1 : kept.length;
    for (; place > 0; place -= 1) {
      const before = kept[place - 1] as number;
      if ((values[before] as number) >= value) break;
      kept[place] = before;
    }
    kept[place] = at;
    least = values[kept.at(-1) as number] as number;
  }
  return kept;
}
