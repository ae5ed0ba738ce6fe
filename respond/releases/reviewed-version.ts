import { beijingMinute } from '#core';
import { DISCLOSURE_NAMES, RELEASE_KIND_NAMES } from '../words.ts';
import type { Release, ReleaseText } from './release.ts';
import { textDifference, type DifferencePart } from './text-difference.ts';

/** What a text became after somebody had reviewed it. */
export interface ChangeSinceReview {
  /** When the reviewed version was written over. */
  readonly replacedAt: Date;
  /** Who had signed it, agreeing or not. */
  readonly reviewers: readonly string[];
  readonly parts: readonly DifferencePart[];
}

/** The text against the version that was reviewed last; undefined where nobody reviewed another one. */
export function changeSinceReview(release: Release): ChangeSinceReview | undefined {
  const reviewed = release.reviewedVersions?.at(-1);
  if (!reviewed) return undefined;
  const { contentDigest, replacedAt } = reviewed;
  const reviewers = release.signatures
    .filter((one) => one.contentDigest === contentDigest && one.at <= replacedAt)
    .map(({ actor }) => actor.name);
  return {
    replacedAt,
    reviewers: [...new Set(reviewers)],
    parts: textDifference(whole(reviewed), whole(release)),
  };
}

/** All that a signature covers, as one text. */
function whole({
  kind,
  title,
  text,
  releasingUnit,
  disclosureType,
  checklist,
}: ReleaseText): string {
  const { facts, measures, result, nextUpdateAt } = checklist;
  return [
    title,
    text,
    `种类：${RELEASE_KIND_NAMES[kind]}`,
    `发布单位：${releasingUnit}`,
    `公开属性：${DISCLOSURE_NAMES[disclosureType]}`,
    `已知事实：${facts}`,
    `措施：${measures}`,
    `结果：${result}`,
    `下次更新：${nextUpdateAt ? beijingMinute(nextUpdateAt) : ''}`,
  ].join('\n');
}
