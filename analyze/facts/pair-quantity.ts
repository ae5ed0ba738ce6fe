import type { FatePatterns } from './fate-patterns.ts';
import type { Mark } from './marks.ts';
import type { Quantity } from './quantity.ts';

/** The text with the patterns it is read by. */
interface Read {
  readonly text: string;
  readonly patterns: FatePatterns;
}

const MOST_BETWEEN = 20;

/**
 * The number that stands before a fate, 3人死亡; two joined ones are one, 12名乘客和1名司机遇难.
 *
 * @param from where the previous pair ended
 */
export function quantityBefore(
  { text, patterns }: Read,
  mark: Mark,
  free: ReadonlySet<Quantity>,
  from: number,
): Quantity | undefined {
  const nearest = [...free].findLast(
    ({ start, end, hasUnit }) =>
      start >= from && end <= mark.start && (hasUnit || isBare(mark, end === mark.start)),
  );
  if (!nearest) return undefined;
  const between = text.slice(nearest.end, mark.start);
  const isOurs = between.length <= MOST_BETWEEN && !patterns.otherPeople.test(between);
  if (!isOurs || between.includes('、')) return undefined;
  const others = [...free].filter(({ end, hasUnit }) => hasUnit && end < nearest.start);
  const other = others.at(-1);
  // 12名乘客和1名司机遇难
  const isSum = other && other.start >= from && AND.test(text.slice(other.end, nearest.start));
  if (!other || !isSum) return nearest;
  const atMost = (other.atMost ?? NaN) + (nearest.atMost ?? NaN);
  return {
    atLeast: other.atLeast + nearest.atLeast,
    ...(!Number.isNaN(atMost) && { atMost }),
    start: other.start,
    end: nearest.end,
    hasUnit: true,
  };
}

const AND = /^[^,、()\d]{1,8}(?:和|及|以及|与|、)$/;

/** 3死5伤: a number without 人 counts only where it touches a fate of one character. */
const isBare = ({ word }: Mark, touches: boolean): boolean => touches && word.length === 1;

/** 遇难人数为14, 死亡:12: behind these words a number alone counts people. */
function isToll(text: string, from: number, start: number, end: number): boolean {
  const isAnnounced = /人数|:/.test(text.slice(from, start));
  return isAnnounced && /[,。;、)由从升增\n]/.test(text[end] ?? '\n');
}

export interface After {
  readonly quantity: Quantity;
  readonly replaced: readonly Quantity[];
  readonly isCorrection: boolean;
  /** 不是30人: said to be wrong. */
  readonly isMistaken: boolean;
}

/** The number that stands behind a fate: 死亡人数升至11人. */
export function quantityAfter(
  { text, patterns }: Read,
  mark: Mark,
  free: ReadonlySet<Quantity>,
): After | undefined {
  const [next, second] = [...free].filter(
    ({ start, end, hasUnit }) =>
      start >= mark.end &&
      (hasUnit || isBare(mark, start === mark.end) || isToll(text, mark.end, start, end)),
  );
  if (!next) return undefined;
  const between = text.slice(mark.end, next.start);
  if (!patterns.joined.test(between)) return undefined;
  // 由4人增加到5人: the second number is the news.
  const change = second && text.slice(next.end, second.start);
  if (second && change !== undefined && patterns.changed.test(change)) {
    const isCorrection = patterns.correction.test(change);
    return { quantity: second, replaced: [next], isCorrection, isMistaken: false };
  }
  return {
    quantity: next,
    replaced: [],
    isCorrection: patterns.correction.test(between),
    isMistaken: patterns.mistaken.test(between),
  };
}
