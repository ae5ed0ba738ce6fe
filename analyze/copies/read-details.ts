import type { GroupingPack } from '../events/grouping-pack.ts';
import { parseChineseNumber } from '../text/chinese-number.ts';

const HAN_DIGITS = '[〇零一二两三四五六七八九十百千万]{1,9}';
const NUMBER = `(?:[0-9]+(?:\\.[0-9]+)?|${HAN_DIGITS})`;

/** A figure at the very end of a text that was cut may be half of one. */
const CUT_OFF = new RegExp(
  `[0-9〇零一二两三四五六七八九十百千万年月日时点:.]+(?:…+|\\.{2,}|全文|展开)*\\s*$`,
);

export type DetailReader = (text: string) => string[];

/**
 * Builds a reader of what a new bulletin on an old template changes: dates, clock times, figures and named places,
 * each once, figures as digits (三人 is 3). A whole date is one detail, for a new bulletin of the same month has
 * changed all of it.
 */
export function createDetailReader(rule: GroupingPack['copies']['details']): DetailReader {
  const clock = `${NUMBER}[时点](?:${NUMBER}分)?|[0-9]{1,2}:[0-9]{2}`;
  const date = `(?:${NUMBER}年)?${NUMBER}月${NUMBER}[日号](?:${clock})?`;
  // 一些 and 万一 are no figures: in Chinese only what stands before a unit is counted.
  const figure = `[0-9]+(?:\\.[0-9]+)?|${HAN_DIGITS}(?=[余多]?(?:${rule.units.join('|')}))`;
  const place = `\\p{Script=Han}{${rule.placeCharacters - 1}}(?:${rule.placeEndings.join('|')})`;
  const figures = new RegExp(`${date}|${clock}|${figure}`, 'gu');
  const places = new RegExp(place, 'gu');
  return (text) => {
    const found = new Set<string>();
    const whole = text.replace(CUT_OFF, '');
    for (const [written] of whole.matchAll(figures)) found.add(inDigits(written));
    for (const [written] of whole.matchAll(places)) found.add(written);
    return [...found];
  };
}

const inDigits = (written: string): string =>
  written.replaceAll(new RegExp(HAN_DIGITS, 'g'), (han) => String(parseChineseNumber(han) ?? han));
