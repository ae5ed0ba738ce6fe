import { Refused, type Person } from '#core';
import { SECOND_FACTOR_NEEDED, type Release } from '#respond';
import type { SignReleaseBody } from '#contract';
import type { ServerDeps } from './deps.ts';
import { proveFactor, type FactorDeps } from './second-factor.ts';

export type SignDeps = FactorDeps & Pick<ServerDeps, 'commands'>;

/**
 * One step of a review, at the desk or by phone. A code is looked at, and used up, only where every other rule lets
 * the signature pass: what was refused for another reason can be tried again with the same code.
 *
 * @throws {Refused | NotFound}
 */
export async function signWithFactor(
  deps: SignDeps,
  releaseId: string,
  { code, ...body }: SignReleaseBody,
  actor: Person,
): Promise<Release> {
  const act = { releaseId, ...body, actor, at: deps.now() };
  try {
    return await deps.commands.signRelease(act);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== SECOND_FACTOR_NEEDED) throw error;
  }
  await proveFactor(deps, actor, code);
  return await deps.commands.signRelease({ ...act, isConfirmed: true });
}
