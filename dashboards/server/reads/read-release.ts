import { NotFound, type Person } from '#core';
import type { Release } from '#respond';
import type { ReleaseView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { toReleaseView } from '../views/to-release-view.ts';

export type ReleaseReadDeps = Pick<ServerDeps, 'releases' | 'rules'>;

/** @throws {NotFound} */
export async function findRelease(deps: ReleaseReadDeps, releaseId: string): Promise<Release> {
  const release = await deps.releases.findById(releaseId);
  if (!release) throw new NotFound(deps.releases.kind, releaseId);
  return release;
}

export async function readReleaseView(
  deps: ReleaseReadDeps,
  release: Release,
  person: Person,
): Promise<ReleaseView> {
  return toReleaseView(release, await deps.rules.reviewOf(release, person));
}
