import { GRADES, gradeLabel, hasRole, type Person } from '#core';
import { asksSecondFactor, signersOf, type ReviewPack } from '../review-pack.ts';
import { REVIEW_STEP_NAMES } from '../words.ts';
import type { ReviewStep } from './release.ts';

/** Steps of the review that ask for 动态口令 while nobody who may sign them has one, in words. */
export function describeMissingFactors(people: readonly Person[], pack: ReviewPack): string[] {
  const steps = Object.keys(pack.secondFactor) as ReviewStep[];
  return steps.flatMap((step) => {
    const grades = GRADES.filter((grade) => {
      if (!asksSecondFactor(pack, step, grade) || !pack.chains[grade].includes(step)) return false;
      const signers = people.filter(
        (one) => !one.isDisabled && hasRole(one, ...signersOf(pack, step, grade)),
      );
      return signers.length > 0 && signers.every(({ secondFactor }) => !secondFactor);
    });
    if (grades.length === 0) return [];
    const labels = grades.map(gradeLabel).join('、');
    return [`${labels}的${REVIEW_STEP_NAMES[step]}须动态口令，能签的人都还没有设置`];
  });
}
