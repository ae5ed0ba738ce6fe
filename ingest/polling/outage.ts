import type { RhythmPack } from './rhythm.ts';
import type { FetchProblem } from '../source-state.ts';

/** The newest look at one source, as far as the network goes. */
export interface NetworkLook {
  /** Registrable domain: one site down is one site down, however many of its pages are read. */
  readonly domain: string;
  readonly at: Date;
  readonly problem?: FetchProblem | undefined;
}

/** What stands between us and everybody, not one site's own trouble. */
const NETWORK: readonly (FetchProblem | undefined)[] = ['dns', 'connect', 'timeout'];
export const gotThrough = ({ problem }: NetworkLook): boolean => !NETWORK.includes(problem);

/**
 * One internet outage instead of N dead sources: since somebody answered last, nobody did, and those who did not are
 * enough to tell our line from theirs. A few sites whose names cannot be resolved are; where names can be, it takes
 * many: three sites that die together in a small office are three dead sites, and a provider's twelve in one that
 * reads five hundred are that provider's.
 *
 * @param domainsInAll how many sites the office reads
 * @returns since when; undefined when somebody answered, or too few were asked to tell
 */
export function outageSince(
  looks: readonly NetworkLook[],
  now: Date,
  rule: RhythmPack['outage'],
  domainsInAll: number,
): Date | undefined {
  const recent = looks.filter(({ at }) => now.getTime() - at.getTime() <= rule.recentMs);
  const lastAnswerAt = Math.max(0, ...recent.filter(gotThrough).map(({ at }) => at.getTime()));
  const failed = recent.filter((look) => !gotThrough(look) && look.at.getTime() > lastAnswerAt);
  const domains = new Set(failed.map(({ domain }) => domain));
  const isUnresolved = failed.every(({ problem }) => problem === 'dns');
  const least = isUnresolved ? rule.leastUnresolvedDomains : rule.leastDomains;
  if (domains.size < Math.max(least, domainsInAll * rule.leastShareOfDomains)) return undefined;
  return new Date(Math.min(...failed.map(({ at }) => at.getTime())));
}
