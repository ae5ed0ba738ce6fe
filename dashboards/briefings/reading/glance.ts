import type { ReportModel } from '../model.ts';

/**
 * A 快报 tells in the order of its form. What it is graded as, and until when what is due, in its own words: a leader
 * reads these first. Nothing for the other kinds, which begin with what matters.
 */
export function glanceOf({ kind, blocks }: Pick<ReportModel, 'kind' | 'blocks'>): string[] {
  if (kind !== 'flash') return [];
  return blocks.flatMap((block) => {
    if (block.kind !== 'paragraph') return [];
    const { lead = '', sentences } = block;
    // The points behind the grade stand in their section.
    const told = GRADE.test(lead) ? sentences.slice(0, 1) : lead.endsWith('时限') ? sentences : [];
    return told.length > 0 ? [told.map(({ text }) => text).join('')] : [];
  });
}

/** 五、初步研判与建议等级 of a 首报, 二、等级变化 of a 续报. */
const GRADE = /研判与建议等级$|等级变化$/;
