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
