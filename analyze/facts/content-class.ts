import { CONTENT_CLASSES, type ContentClass, type GradingPack } from '../grade/grading-pack.ts';
import type { Mark } from './marks.ts';

const WORDS_SHOWN = 5;

/**
 * The highest class of content that the words or the dead reach.
 *
 * @param found words of the pack's classes that count; `of` is the class's rank
 * Source: grading pack, contentWords and contentFigures.
 */
export function readContentClass(
  found: readonly Mark[],
  dead: number | undefined,
  pack: GradingPack,
): { readonly contentClass: ContentClass; readonly contentWords: string } {
  const byFigure = pack.contentFigures.findLast((row) => dead !== undefined && dead >= row.dead);
  const ranks = found.map(({ of }) => of);
  const rank = Math.max(byFigure ? CONTENT_CLASSES.indexOf(byFigure.class) : 0, ...ranks);
  const because = new Set(found.filter(({ of }) => of === rank).map(({ word }) => word));
  const contentClass = CONTENT_CLASSES[rank] ?? 'A0';
  if (byFigure?.class === contentClass) because.add(`死亡${dead ?? 0}人`);
  return { contentClass, contentWords: [...because].slice(0, WORDS_SHOWN).join('、') };
}
