import { assert, constantFrom, date, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#core';
import { readDate, readMoment } from '../../../ingest/dates/read-date.ts';
import { toDigits } from '../../../ingest/dates/to-digits.ts';

/** Monday noon in Beijing. */
const NOW = new Date('2026-03-02T04:00:00Z');
const inBeijing = (at: Date | undefined): string | undefined =>
  at && new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');

test.for([
  ['2026年3月2日上午9点半', '2026-03-02 09:30:00', 'minute'],
  ['3月1日下午3时', '2026-03-01 15:00:00', 'minute'],
  ['二〇二六年三月二日', '2026-03-02 00:00:00', 'day'],
  ['二○二五年十二月三十一日', '2025-12-31 00:00:00', 'day'],
  ['2026.3.2', '2026-03-02 00:00:00', 'day'],
  ['20260302', '2026-03-02 00:00:00', 'day'],
  ['20260302102345', '2026-03-02 10:23:45', 'exact'],
  ['2026/3/2 10:23:45', '2026-03-02 10:23:45', 'exact'],
  ['２０２６－０３－０２　１０：２３', '2026-03-02 10:23:00', 'minute'],
  ['发布时间：2026-03-02 10:23 来源：霖江日报', '2026-03-02 10:23:00', 'minute'],
  ['来源：今日头条 2026-03-01 08:00', '2026-03-01 08:00:00', 'minute'],
  ['2026-03-02 霖江日报 10:23', '2026-03-02 10:23:00', 'minute'],
  ['2026年3月2日（星期一）10:23', '2026-03-02 10:23:00', 'minute'],
  ['2026-03-01 24:00', '2026-03-02 00:00:00', 'minute'],
  ['26-03-02 10:23', '2026-03-02 10:23:00', 'minute'],
  ['03-02 10:23', '2026-03-02 10:23:00', 'minute'],
  ['3月1日晚8时15分', '2026-03-01 20:15:00', 'minute'],
  ['昨天 15:04', '2026-03-01 15:04:00', 'relative'],
  ['昨晚8点', '2026-03-01 20:00:00', 'relative'],
  ['前天', '2026-02-28 00:00:00', 'relative'],
  ['半小时前', '2026-03-02 11:30:00', 'relative'],
  ['1小时20分钟前', '2026-03-02 10:40:00', 'relative'],
  ['三天前', '2026-02-27 12:00:00', 'relative'],
  ['3天前 15:04', '2026-02-27 15:04:00', 'relative'],
  ['1个月前', '2026-02-02 12:00:00', 'relative'],
  ['10:23', '2026-03-02 10:23:00', 'relative'],
  ['周三 15:04', '2026-02-25 15:04:00', 'relative'],
  ['星期一 10:00', '2026-03-02 10:00:00', 'relative'],
  ['上周五 15:04', '2026-02-27 15:04:00', 'relative'],
  ['去年12月30日 8时', '2025-12-30 08:00:00', 'relative'],
  ['Mon, 02 Mar 2026 02:23:45 GMT', '2026-03-02 10:23:45', 'exact'],
  ['02 Mar 26 10:23:45', '2026-03-02 10:23:45', 'exact'],
  ['Sun, 1 Mar 2026 21:23:45 EST', '2026-03-02 10:23:45', 'exact'],
  ['Mon, 02 Mar 2026 10:23:45 CST', '2026-03-02 10:23:45', 'exact'],
  ['Mon Mar 02 10:23:45 CST 2026', '2026-03-02 10:23:45', 'exact'],
  ['Mon Mar 02 2026 10:23:45 GMT+0800 (中国标准时间)', '2026-03-02 10:23:45', 'exact'],
  ['Mar 1, 2026 10:23 PM', '2026-03-01 22:23:00', 'minute'],
  ['2026-03-02T10:23:45', '2026-03-02 10:23:45', 'exact'],
  ['2026-03-02T02:23Z', '2026-03-02 10:23:00', 'exact'],
  ['2026-03-02 02:23:45 +0000', '2026-03-02 10:23:45', 'exact'],
  ['1772417025', '2026-03-02 10:03:45', 'exact'],
] as const)('%s is %s in Beijing, %s', ([written, moment, confidence]) => {
  const read = readMoment(written, NOW);
  expect([inBeijing(read?.at), read?.confidence]).toEqual([moment, confidence]);
});

test.for([
  ['2026年2月30日', 'a day that no year has'],
  ['2025-02-29 10:00', 'a leap day of another year'],
  ['2026-03-02 25:61', 'a time that no day has'],
  ['2026年3月2日12:11', 'more than ten minutes to come'],
  ['明天 10:00', 'tomorrow'],
  ['明年3月1日', 'next year'],
  ['下周三', 'next week'],
  ['每周三 10:00', 'what recurs'],
  ['农历二月十五', 'the moon’s calendar'],
  ['2026年3月', 'a month'],
  ['3/2/2026', 'an order nobody can know'],
  ['来源：今日头条', 'a name'],
  ['几分钟前', 'no number'],
  ['', 'nothing'],
] as const)('%s is no moment: %s', ([written]) => {
  expect(readMoment(written, NOW)).toBeUndefined();
});

test('a time within ten minutes of now is believed: clocks differ', () => {
  expect(inBeijing(readDate('2026-03-02 12:09', NOW))).toBe('2026-03-02 12:09:00');
});

/** How pages and feeds write a moment, and to what it is rounded by that. */
const pad = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const numeral = (value: number): string =>
  (value < 10 ? '' : `${value < 20 ? '' : '一二三四五六七八九'[Math.floor(value / 10) - 1]}十`) +
  (value % 10 === 0 && value > 0 ? '' : '〇一二三四五六七八九'[value % 10]);
const yearNumeral = (year: number): string =>
  Array.from(String(year), (digit) => '〇一二三四五六七八九'[Number(digit)]).join('');
const inWords = (hour: number): string =>
  hour < 12 ? `上午${hour}` : hour === 12 ? '中午12' : `下午${hour - 12}`;
type Form = readonly [
  roundedToMs: number,
  write: (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  ) => string,
];
const FORMS: readonly Form[] = [
  [SECOND_MS, (y, m, d, h, i, s) => `${y}-${pad(m)}-${pad(d)} ${pad(h)}:${pad(i)}:${pad(s)}`],
  [SECOND_MS, (y, m, d, h, i, s) => `${y}/${m}/${d} ${h}:${pad(i)}:${pad(s)}`],
  [SECOND_MS, (y, m, d, h, i, s) => `${y}-${pad(m)}-${pad(d)}T${pad(h)}:${pad(i)}:${pad(s)}+08:00`],
  [SECOND_MS, (y, m, d, h, i, s) => `${y}${pad(m)}${pad(d)}${pad(h)}${pad(i)}${pad(s)}`],
  [
    SECOND_MS,
    (y, m, d, h, i, s) => `${d} ${MONTHS[m - 1]} ${y} ${pad(h)}:${pad(i)}:${pad(s)} +0800`,
  ],
  [
    SECOND_MS,
    (y, m, d, h, i, s) => `${MONTHS[m - 1]} ${pad(d)} ${pad(h)}:${pad(i)}:${pad(s)} CST ${y}`,
  ],
  [SECOND_MS, (y, m, d, h, i, s) => `${y}年${m}月${d}日${h}时${i}分${s}秒`],
  [MINUTE_MS, (y, m, d, h, i) => `${y}年${m}月${d}日 ${pad(h)}:${pad(i)}`],
  [MINUTE_MS, (y, m, d, h, i) => `${y}年${m}月${d}日${inWords(h)}点${i}分`],
  [MINUTE_MS, (y, m, d, h, i) => `${y}.${m}.${d} ${pad(h)}：${pad(i)}`],
  [DAY_MS, (y, m, d) => `${y}${pad(m)}${pad(d)}`],
  [DAY_MS, (y, m, d) => `${y}.${m}.${d}`],
  [DAY_MS, (y, m, d) => `${yearNumeral(y)}年${numeral(m)}月${numeral(d)}日`],
];

test('a moment written in any form is read back as the same moment', () => {
  const moments = date({ min: new Date('2000-01-01T00:00:00Z'), max: NOW, noInvalidDate: true });
  assert(
    property(moments, constantFrom(...FORMS), (moment, [roundedToMs, write]) => {
      const shiftedMs = moment.getTime() + 8 * HOUR_MS;
      const wall = new Date(shiftedMs - (shiftedMs % roundedToMs));
      const [day, clock] = [wall.toISOString().slice(0, 10), wall.toISOString().slice(11, 19)];
      const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
      const [h = 0, i = 0, s = 0] = clock.split(':').map(Number);
      const written = write(y, m, d, h, i, s);
      expect([written, inBeijing(readDate(written, NOW))]).toEqual([written, `${day} ${clock}`]);
    }),
    { numRuns: 2_000 },
  );
});

test('no text at all makes reading a date throw', () => {
  const unit = constantFrom(
    ...'0123456789年月日时点分秒前昨今天周上下午:-/ +TZMarGST一十半'.split(''),
  );
  assert(
    property(string({ unit, maxLength: 30 }), (written) => {
      const read = readMoment(written, NOW);
      expect(read === undefined || Number.isFinite(read.at.getTime())).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});

test('numbers in characters become digits, other words stay', () => {
  expect(toDigits('二〇二六年十月二十一日三时零五分，十之八九，百分之三十')).toBe(
    '2026年10月21日3时05分，10之89，百分之30',
  );
});
