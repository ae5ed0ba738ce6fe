import { claimedDate } from './claimed-date.ts';
import { dayInAddress } from '../pages/article-facts.ts';
import { readMoment, type WrittenMoment } from './read-date.ts';
import type { ReadItem } from '../read-item.ts';

/** China's line to the internet was opened on that day: nothing was published on the web here before. */
const WEB_BEGINS_AT = new Date('1994-04-20T00:00:00+08:00');
/** Where systems begin to count that do not begin before the web: Beijing's and Greenwich's first of January 2000. */
const BEGINNINGS = ['2000-01-01T00:00:00+08:00', '2000-01-01T00:00:00Z'].map((at) =>
  Date.parse(at),
);
/** Any written day lies before it; a day in full needs no other moment to be read. */
const LATE = new Date('2100-01-01T00:00:00Z');

/** Whether a moment is what a system writes where it has none: 1970-01-01, 1900-01-01. */
const isDefault = (at: Date): boolean => at < WEB_BEGINS_AT || BEGINNINGS.includes(at.getTime());

/** Whether a day written in full is such a default. */
export function isDefaultDate(written: string): boolean {
  const moment = readMoment(written, LATE);
  return moment !== undefined && isDefault(moment.at);
}

/**
 * When an item was published, by its own date; where that is a system's default, by the day in its address, then by the
 * date its text claims, and that proves little.
 *
 * @returns undefined when nothing tells
 */
export function publishedMoment(item: ReadItem, fetchedAt: Date): WrittenMoment | undefined {
  const own = readMoment(item.published, fetchedAt);
  if (!own || !isDefault(own.at)) return own;
  const inAddress = dayInAddress(item.url);
  const at =
    (inAddress && readMoment(inAddress, fetchedAt)?.at) ?? claimedDate(item.text, fetchedAt);
  return at && !isDefault(at) ? { at, confidence: 'inferred' } : undefined;
}
