import { digestOf } from '#core';
import type { Release, ReleaseText } from './release.ts';

/**
 * Digest of all that a reviewer reads and signs: one changed character gives another digest.
 *
 * @returns SHA-256, hex
 */
export function contentDigestOf(text: ReleaseText): string {
  const { kind, title, text: body, releasingUnit, disclosureType, checklist } = text;
  const { facts, measures, result, nextUpdateAt } = checklist;
  // A list keeps its order and its borders: text cannot move from one field to the next unseen.
  const parts = [kind, title, body, releasingUnit, disclosureType, facts, measures, result];
  return digestOf(JSON.stringify([...parts, nextUpdateAt?.toISOString() ?? null]));
}

/** What a release says, without what happened to it. */
export function textOf(release: Release): ReleaseText {
  const { kind, title, text, releasingUnit, disclosureType, checklist } = release;
  return { kind, title, text, releasingUnit, disclosureType, checklist };
}
