import type { Grade } from '#core';
import { openHits } from './hit-answers.ts';
import type { Release } from './release.ts';
import { signersOf, type ReviewPack } from '../review-pack.ts';
import { openSteps } from './required-steps.ts';
import { REVIEW_STEP_NAMES, rolesInWords } from '../words.ts';

/**
 * What stands between a release and its publication, in words for the person who wants to publish.
 *
 * @returns empty when the text may be published
 */
export function missingForPublication(
  release: Release,
  grade: Grade,
  pack: ReviewPack,
  at: Date,
): readonly string[] {
  return [
    ...(release.state === 'rejected' ? ['已退回修改，请先改稿'] : []),
    ...(release.disclosureType === 'proactive' ? [] : ['公开属性不是“主动公开”']),
    ...missingFromChecklist(release, pack),
    ...passedPromise(release, at),
    ...openHits(release, pack).map(({ words }) => `“${words}”没有写明处理意见`),
    ...openSteps(release, grade, pack).map(
      (step) =>
        `缺少${REVIEW_STEP_NAMES[step]}（${rolesInWords(signersOf(pack, step, grade))}签署）`,
    ),
  ];
}

/** A next update promised for a time that has gone by is no promise to the public. */
function passedPromise({ checklist, published }: Release, at: Date): readonly string[] {
  const { nextUpdateAt, result } = checklist;
  const isPassed =
    !published && nextUpdateAt !== undefined && nextUpdateAt <= at && result.trim() === '';
  return isPassed ? ['写明的下次更新时间已过，请改为新的时间或写明处理结果'] : [];
}

/** 内容完整性: what the text does not say yet. */
export function missingFromChecklist(
  { checklist }: Pick<Release, 'checklist'>,
  pack: ReviewPack,
): readonly string[] {
  return pack.checklist.filter(({ anyOf }) => !anyOf.some(isFilled)).map(({ missing }) => missing);

  function isFilled(item: keyof Release['checklist']): boolean {
    const value = checklist[item];
    return typeof value === 'string' ? value.trim() !== '' : value !== undefined;
  }
}
