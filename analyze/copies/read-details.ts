import type { GroupingPack } from '../events/grouping-pack.ts';
import { parseChineseNumber } from '../text/chinese-number.ts';

const HAN_DIGITS = '[〇零一二两三四五六七八九十百千万]{1,9}';
const NUMBER = `(?:[0-9]+(?:\\.[0-9]+)?|${HAN_DIGITS})`;

const FIGURE_CHARACTERS = '0123456789〇零一二两三四五六七八九十百千万';
const OF_FIGURE: ReadonlySet<string> = new Set(`${FIGURE_CHARACTERS}年月日号时点分:.`);
/** How a text that was cut ends. */
const CUT_MARK = /(?:…|\.{2,}|全文|展开|\s)+$/;
const MOST_CUT_MARK = 12;

export type DetailReader = (text: string) => string[];

/** By UTF-16 unit: what may begin there. Few characters begin anything, so a text is read in one quick pass. */
const BEGINS = { nothing: 0, figure: 1, placeEnding: 2 } as const;
const HAN = { from: 0x4e00, to: 0x9fff } as const;

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
  const figures = new RegExp(`${date}|${clock}|${figure}`, 'y');
  const begins = new Uint8Array(0x10000);
  for (const digit of FIGURE_CHARACTERS) begins[digit.charCodeAt(0)] = BEGINS.figure;
  for (const ending of rule.placeEndings) begins[ending.charCodeAt(0)] = BEGINS.placeEnding;

  const placeAt = (text: string, at: number): string | undefined => {
    const ending = rule.placeEndings.find((one) => text.startsWith(one, at));
    const start = at - rule.placeCharacters + 1;
    if (ending === undefined || start < 0) return undefined;
    for (let before = start; before < at; before += 1) {
      const unit = text.charCodeAt(before);
      if (unit < HAN.from || unit > HAN.to) return undefined;
    }
    return text.slice(start, at + ending.length);
  };

  return (text) => {
    const found = new Set<string>();
    const whole = text.slice(0, endOfWhole(text));
    for (let at = 0; at < whole.length; at += 1) {
      const begun = begins[whole.charCodeAt(at)];
      if (begun === BEGINS.figure) {
        figures.lastIndex = at;
        const written = figures.exec(whole)?.[0];
        if (written === undefined) continue;
        found.add(inDigits(written));
        at += written.length - 1;
      } else if (begun === BEGINS.placeEnding) {
        const place = placeAt(whole, at);
        if (place !== undefined) found.add(place);
      }
    }
    return [...found];
  };
}

const HAN_NUMBER = new RegExp(HAN_DIGITS, 'g');
const inDigits = (written: string): string =>
  written.replace(HAN_NUMBER, (han) => String(parseChineseNumber(han) ?? han));

/** Where what is surely whole ends: a figure at the very end of a text that was cut may be half of one. */
function endOfWhole(text: string): number {
  let end = text.length - (CUT_MARK.exec(text.slice(-MOST_CUT_MARK))?.[0].length ?? 0);
  while (end > 0 && OF_FIGURE.has(text.charAt(end - 1))) end -= 1;
  return end;
}
