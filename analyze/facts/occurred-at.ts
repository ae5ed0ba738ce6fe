import { beijingDay } from '#core';
import { readDate } from '#ingest';
import type { Clause } from './clauses.ts';
import type { Standing } from './contexts.ts';

/** When it happened, with the words that say so. */
export interface Occurred {
  readonly at: Date;
  readonly words: string;
}

const PART = '(?:凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|晚间|晚|深夜|夜间|夜里|夜)';
const CLOCK = String.raw`(?:\d{1,2}[时点](?!间)(?:\d{1,2}分|半)?|\d{1,2}:\d{2})`;
const DAY = String.raw`(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|本月\d{1,2}日|(?<![\d月])\d{1,2}日|今[天日晨晚早]|昨[天日晚夜]|前[天日晚])`;
const WRITTEN = new RegExp(`${DAY}(?:${PART})?(?:${CLOCK})?|(?<!\\d)${PART}${CLOCK}`, 'g');
/** Until when something was counted, or when something will be, is not when it happened. */
const NOT_THEN = /(?:截至|截止|截止到|至|预计|将于|定于|自|起|到|前)$/;
const DAY_ONLY = /^(\d{1,2})日/;

/**
 * The first moment that a text gives for what it tells.
 *
 * @param publishedAt what 今日, 23日 and a date without a year are counted from
 */
export function readOccurredAt(
  text: string,
  clauses: readonly Clause[],
  standings: readonly Standing[],
  publishedAt: Date,
): Occurred | undefined {
  for (const [number, { start, end }] of clauses.entries()) {
    if (standings[number]?.context) continue;
    const clause = text.slice(start, end);
    for (const match of clause.matchAll(WRITTEN)) {
      if (NOT_THEN.test(clause.slice(0, match.index))) continue;
      const at = readDate(inFull(match[0], publishedAt), publishedAt);
      if (at) return { at, words: match[0] };
    }
  }
  return undefined;
}

/** 23日 is of this month, or of the last one while this month has not come so far. */
function inFull(words: string, publishedAt: Date): string {
  const day = Number(DAY_ONLY.exec(words)?.[1] ?? 0);
  if (day === 0) return words.replace(/^(?=[^\d今昨前本])/, '今日');
  const [year = 0, month = 0, today = 0] = beijingDay(publishedAt).split('-').map(Number);
  const first = new Date(Date.UTC(year, day > today ? month - 2 : month - 1, 1));
  return `${first.getUTCFullYear()}年${first.getUTCMonth() + 1}月${words}`;
}
