import { auditEffect, type Actor } from '#core';
import type { Release } from './release.ts';

/** The text with an act in its history and on its way to the audit trail, under the digest it was done to. */
export function notedAsRelease(
  release: Release,
  { actor, at, what, more = '' }: { actor: Actor; at: Date; what: string; more?: string },
): Release {
  const audit = auditEffect({
    at,
    actor,
    act: what,
    target: `release:${release.id}`,
    eventId: release.eventId,
    detail: `文本摘要 ${release.contentDigest}${more && `；${more}`}`,
  });
  return {
    ...release,
    history: [...release.history, { at, actor, what }],
    effects: [...release.effects, audit],
  };
}
