import { z } from 'zod';

/** Where an item of a run can end, in the order in which it is asked. */
export const FUNNEL_COLUMNS = [
  'unparsable',
  'refused',
  'old',
  'duplicate',
  'outOfScope',
  'quarantined',
  'new',
] as const;
export type FunnelColumn = (typeof FUNNEL_COLUMNS)[number];

const Count = z.int().min(0);
/** 去向账: counts of what became of every item of a run. */
export const FunnelSchema = z.object({
  fetched: Count,
  unparsable: Count,
  refused: Count,
  old: Count,
  duplicate: Count,
  outOfScope: Count,
  quarantined: Count,
  new: Count,
});
export type Funnel = Readonly<z.infer<typeof FunnelSchema>>;

/**
 * The funnel with one of its quarantined items gone to where it ended after all: a page may hold many items.
 *
 * @throws {RangeError} when it has none
 */
export function afterReparse(funnel: Funnel, ended: readonly FunnelColumn[]): Funnel {
  if (funnel.quarantined < 1) throw new RangeError('no item of this run is quarantined');
  const counts = toFunnel(ended);
  const sum = (column: keyof Funnel): number => funnel[column] + counts[column];
  return {
    fetched: sum('fetched') - 1,
    unparsable: sum('unparsable'),
    refused: sum('refused'),
    old: sum('old'),
    duplicate: sum('duplicate'),
    outOfScope: sum('outOfScope'),
    quarantined: sum('quarantined') - 1,
    new: sum('new'),
  };
}

/** Counts the outcomes of a run's items; `fetched` is their number, so the columns add up by construction. */
export function toFunnel(outcomes: readonly FunnelColumn[]): Funnel {
  const count = (column: FunnelColumn): number =>
    outcomes.filter((outcome) => outcome === column).length;
  return {
    fetched: outcomes.length,
    unparsable: count('unparsable'),
    refused: count('refused'),
    old: count('old'),
    duplicate: count('duplicate'),
    outOfScope: count('outOfScope'),
    quarantined: count('quarantined'),
    new: count('new'),
  };
}
