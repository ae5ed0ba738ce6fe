import type { DraftReleaseBody } from '#contract';
import type { ReleaseDraft } from './deps.ts';

/** A draft as the browser sent it, with its moment as one. */
export function toDraft(body: DraftReleaseBody): ReleaseDraft {
  const { nextUpdateAt, ...checklist } = body.checklist;
  return {
    ...body,
    checklist: { ...checklist, ...(nextUpdateAt && { nextUpdateAt: new Date(nextUpdateAt) }) },
  };
}
