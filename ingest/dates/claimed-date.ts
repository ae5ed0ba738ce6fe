import { readDate } from './read-date.ts';

const NUMERALS = '[〇○零一二三四五六七八九十]';
const DAY = String.raw`(?:\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?|${NUMERALS}{4}年${NUMERALS}{1,2}月${NUMERALS}{1,3}日)`;
const DAY_IN_WORDS = String.raw`(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|${NUMERALS}{4}年${NUMERALS}{1,2}月${NUMERALS}{1,3}日)`;
/** A date the text gives itself: after 发布日期 and the like, as its signature at the end, or alone on a line near it. */
const LABELLED = new RegExp(
  String.raw`(?:发布日期|发布时间|成文日期|发文日期|印发日期)\s*[:：]?\s*(${DAY})`,
);
const SIGNATURE = new RegExp(String.raw`(${DAY_IN_WORDS})\s*(?:印发)?[)）\s]*$`);
const OWN_LINE = new RegExp(String.raw`^[(（\s]*(${DAY_IN_WORDS})\s*(?:印发)?[)）\s]*$`);
/** Below a signature stand at most a list of annexes, a contact or an editor's name. */
const TAIL_LINES = 6;

/** What the text claims as its own date; an old notice posted again shows by it. Undefined when it claims none. */
export function claimedDate(text: string, now: Date): Date | undefined {
  const whole = text.trim();
  const tail = whole.split('\n').slice(1).slice(-TAIL_LINES);
  const written =
    LABELLED.exec(whole)?.[1] ??
    SIGNATURE.exec(whole)?.[1] ??
    tail.map((line) => OWN_LINE.exec(line)?.[1]).findLast((day) => day !== undefined);
  return written === undefined ? undefined : readDate(written, now);
}
