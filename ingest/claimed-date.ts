import { readDate } from './read-date.ts';

/** A date the text gives itself: after 发布日期 and the like, or as its signature, alone at the end. */
const LABELLED =
  /(?:发布日期|发布时间|成文日期|发文日期|印发日期)\s*[:：]?\s*(\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?)/;
const SIGNATURE = /(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:印发)?[)）\s]*$/;

/** What the text claims as its own date; an old notice posted again shows by it. Undefined when it claims none. */
export function claimedDate(text: string, now: Date): Date | undefined {
  const written = LABELLED.exec(text)?.[1] ?? SIGNATURE.exec(text.trim())?.[1];
  return written === undefined ? undefined : readDate(written, now);
}
