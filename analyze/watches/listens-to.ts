import type { Watch } from './watch.ts';

/** What a watch may know a source by. */
export interface ListenedSource {
  readonly id: string;
  readonly kind: string;
  readonly regionCode?: string | undefined;
}

/**
 * Whether a watch listens to a source: one without a list listens to all; else the source's id, its kind or
 * its region must be named. A city's code names its counties, a county's its townships.
 */
export function listensTo(
  { sources = [] }: Pick<Watch, 'sources'>,
  { id, kind, regionCode }: ListenedSource,
): boolean {
  return (
    sources.length === 0 ||
    sources.some((named) => named === id || named === kind || isWithin(regionCode, named))
  );
}

/** What a watch names that is no source, kind or region of any: it would hear nothing by it. */
export const namesNothing = (
  { sources = [] }: Pick<Watch, 'sources'>,
  all: readonly ListenedSource[],
): readonly string[] =>
  sources.filter((named) => !all.some((source) => listensTo({ sources: [named] }, source)));

function isWithin(regionCode: string | undefined, named: string): boolean {
  return (
    regionCode !== undefined && /^\d{6,12}$/.test(named) && regionCode.startsWith(stemOf(named))
  );
}

/** 330000 is all of 33, 330100 all of 3301. */
const stemOf = (code: string): string => code.replace(/(?:00)+$/, '');
