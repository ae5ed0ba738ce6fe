import { MINUTE_MS } from '#core';
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

const LEAST_DOMAINS = 3;
const RECENT_MS = 30 * MINUTE_MS;

/**
 * One internet outage instead of N dead sources: the newest looks at three or more sites, all of them, did
 * not get through.
 *
 * @returns since when; undefined when somebody answered, or too few were asked to tell
 */
export function outageSince(looks: readonly NetworkLook[], now: Date): Date | undefined {
  const recent = looks.filter(({ at }) => now.getTime() - at.getTime() <= RECENT_MS);
  const lastAnswerAt = Math.max(0, ...recent.filter(gotThrough).map(({ at }) => at.getTime()));
  const failed = recent.filter((look) => !gotThrough(look) && look.at.getTime() > lastAnswerAt);
  const domains = new Set(failed.map(({ domain }) => domain));
  if (domains.size < LEAST_DOMAINS) return undefined;
  return new Date(Math.min(...failed.map(({ at }) => at.getTime())));
}
