import type { Mark } from './marks.ts';

const MOST_CHARACTERS = 14;
const UNITS_SHOWN = 6;
const HAN = { from: 0x3400, to: 0x9fff } as const;

const isHan = (unit: number): boolean => unit >= HAN.from && unit <= HAN.to;

/**
 * Units that a text names, as evidence for who is responsible: 云泽县应急管理局.
 *
 * @param endings where 局, 公司, 医院 … stand
 * @param stops words that no unit's name holds; what stands behind the last of them is the name
 */
export function readUnits(text: string, endings: readonly Mark[], stops: RegExp): string[] {
  const units = new Set<string>();
  for (const { start, end } of endings) {
    let from = start;
    while (from > 0 && start - from < MOST_CHARACTERS && isHan(text.charCodeAt(from - 1))) {
      from -= 1;
    }
    const lead = text.slice(from, start).split(stops).at(-1) ?? '';
    // 医院 or 公司 alone names none.
    if (lead.length >= 2) units.add(lead + text.slice(start, end));
  }
  const names = [...units];
  return names
    .filter((name) => !names.some((other) => other !== name && other.includes(name)))
    .slice(0, UNITS_SHOWN);
}
