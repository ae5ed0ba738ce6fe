import { beijingMinute, GRADE_WORDS } from '#core';
import type { GradeProposal } from './grade-proposal.ts';
import { indicatorName } from './propose-grade.ts';

/**
 * What moved from one proposal to the next, in one sentence: 较 03-02 12:31（一般28分）：量3→6（…）、媒体6→9（市县媒体）。
 *
 * @returns undefined when no part and no floor moved
 */
export function whatChanged(before: GradeProposal, after: GradeProposal): string | undefined {
  const parts = after.points.flatMap((part) => {
    const old = before.points.find(({ indicator }) => indicator === part.indicator)?.points ?? 0;
    if (old === part.points) return [];
    return `${indicatorName(part.indicator)}${old}→${part.points}（${part.reason}）`;
  });
  const heldBefore = new Set(before.floors.map(({ code, isPending }) => `${code}${isPending}`));
  const floors = after.floors
    .filter(({ code, isPending }) => !heldBefore.has(`${code}${isPending}`))
    .map(
      ({ code, reason, isPending }) => `${isPending ? '待核实' : '新增'}下限${code}（${reason}）`,
    );
  const moved = [...parts, ...floors];
  if (moved.length === 0) return undefined;
  const { word } = GRADE_WORDS[before.grade];
  return `较 ${beijingMinute(before.at).slice(5)}（${word}${before.sum}分）：${moved.join('、')}。`;
}
