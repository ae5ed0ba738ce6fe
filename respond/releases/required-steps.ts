import type { Grade, Role } from '#core';
import type { Release, ReviewSignature, ReviewStep } from './release.ts';
import { signersOf, type ReviewPack } from '../review-pack.ts';

/** Steps that a release of an event of this grade must pass, in the order shown. */
export function requiredSteps(pack: ReviewPack, grade: Grade): readonly ReviewStep[] {
  return pack.chains[grade];
}

/** Signatures under the present text; the void ones stay on record and count for nothing. */
export function validSignatures(release: Release): readonly ReviewSignature[] {
  return release.signatures.filter(
    ({ contentDigest, voidedAt }) => !voidedAt && contentDigest === release.contentDigest,
  );
}

/** The newest signature of a step under the present text. */
export function signatureOf(release: Release, step: ReviewStep): ReviewSignature | undefined {
  return validSignatures(release).findLast((signature) => signature.step === step);
}

/**
 * Steps not yet agreed to by somebody who may sign them at this grade. A grade that rose after a signature
 * can open a step again: what the deputy leader signed at L2 needs the principal at L1.
 */
export function openSteps(release: Release, grade: Grade, pack: ReviewPack): readonly ReviewStep[] {
  return requiredSteps(pack, grade).filter((step) => {
    const signature = signatureOf(release, step);
    const signers = signersOf(pack, step, grade);
    const isAgreed =
      signature?.verdict === 'agreed' &&
      countsFor(signature, signers) &&
      !isAuthor(release, signature.actor.personId);
    return !isAgreed;
  });
}

/** A stand-in counts for those it stood in for, and for nobody whom a grade that rose asks for instead. */
function countsFor({ roles, inPlaceOf }: ReviewSignature, signers: readonly Role[]): boolean {
  if (!inPlaceOf) return roles.some((role) => signers.includes(role));
  return (
    inPlaceOf.length > 0 &&
    inPlaceOf.every((role) => signers.includes(role)) &&
    signers.every((role) => inPlaceOf.includes(role))
  );
}

/** Whoever drafted or changed the text; such a person reviews no step of it. */
export function isAuthor(release: Release, personId: string): boolean {
  const editors = release.editors ?? [];
  return [release.drafter, ...editors].some((author) => author.personId === personId);
}
