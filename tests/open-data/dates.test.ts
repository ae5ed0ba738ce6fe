import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DAY_MS } from '#core';
import { readDate } from '../../ingest/dates/read-date.ts';
import { noOpenData, openDataText, shortfall, skipNote } from '../support/open-data.ts';

/** `now` in the data means the day somebody ran it; any fixed day does for the dates that say their year. */
const ANY_NOW = new Date('2026-03-02T04:00:00Z');
/** What a lunar calendar, a festival or a solar term is needed for. No page dates its posts so. */
const LUNAR =
  /农历|正月|腊月|初|廿|除夕|大年|年三十|节|春节|元旦|元宵|端午|国庆|七夕|冬至|大寒|小寒|芒种/;
/** A month's day in characters without 日 or 号 is read as lunar by some (二月十五) and not by others (四月十三). */
const DAY_WITHOUT_MARK = /月[一二三四五六七八九十]+(?![日号一二三四五六七八九十])/;

const CaseSchema = z.tuple([
  z.string(),
  z.union([
    z.number(),
    z.literal('now'),
    z.array(z.number()),
    z.record(z.string(), z.number()),
    z.null(),
  ]),
  z.object({ type: z.string(), definition: z.string(), time: z.unknown() }),
]);
const SpanSchema = z.tuple([z.string(), z.string()]);
interface DateCase {
  readonly written: string;
  readonly now: Date;
  readonly from: Date;
  readonly to: Date;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const beijing = (text: string): Date => new Date(`${text.replace(' ', 'T')}+08:00`);

function baseOf(base: z.infer<typeof CaseSchema>[1]): Date {
  if (base === 'now' || base === null) return ANY_NOW;
  if (typeof base === 'number') return new Date(base * 1_000);
  const parts = Array.isArray(base)
    ? base
    : ['year', 'month', 'day', 'hour', 'minute'].map((key) => base[key]);
  const [year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  return beijing(
    `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)} ${pad(hour)}:${pad(minute)}:${pad(second)}`,
  );
}

/**
 * The cases that can be publication dates: one accurate point (no span, nothing recurring, nothing vague), that lies
 * within one day, begins in the past or now, and needs neither the moon nor a festival.
 */
function publicationDates(): DateCase[] {
  const all = z
    .array(z.unknown())
    .parse(JSON.parse(openDataText('text/jionlp/time-expectations.json')));
  return all.flatMap((one): DateCase[] => {
    const parsed = CaseSchema.safeParse(one);
    if (!parsed.success) return [];
    const [written, base, { type, definition, time }] = parsed.data;
    const span = SpanSchema.safeParse(time);
    if (type !== 'time_point' || definition !== 'accurate' || !span.success) return [];
    const [from, to] = span.data.map(beijing) as [Date, Date];
    const now = baseOf(base);
    const isPoint = to >= from && to.getTime() - from.getTime() < DAY_MS;
    if (!isPoint || from > now || LUNAR.test(written) || DAY_WITHOUT_MARK.test(written)) return [];
    return [{ written, now, from, to }];
  });
}

/** Within what is expected: a minute or less where the text names one, else the day. */
function isRight({ written, now, from, to }: DateCase): boolean {
  const at = readDate(written, now);
  return at !== undefined && at >= from && at <= to;
}

describe.skipIf(noOpenData)(`dates of the JioNLP expectations${skipNote}`, () => {
  test('at least nine of ten publication dates are read', () => {
    const cases = publicationDates();
    expect(cases.length).toBeGreaterThan(25);
    const wrong = cases.filter((one) => !isRight(one));
    const lines = wrong.map(({ written, now, from }) => {
      const read = readDate(written, now)?.toISOString();
      return `${written}: ${read}, not ${from.toISOString()}`;
    });
    expect(shortfall(cases.length - wrong.length, lines, 0.9)).toBeUndefined();
  });
});
