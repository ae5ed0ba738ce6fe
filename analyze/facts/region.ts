import { z } from 'zod';
import { normaliseText } from '../text/normalise-text.ts';
import { WordFinder } from '../text/word-finder.ts';

/** A place the office answers for: 6 digits a county or district, 9 a township or street; 4 + 00 a city. */
export const RegionSchema = z.strictObject({
  code: z
    .string()
    .regex(/^(\d{6}|\d{9})$/, '行政区划代码：6 位（市、县区）或 9 位（乡镇街道）')
    .describe('行政区划代码'),
  name: z.string().min(2).describe('名称'),
  aliases: z.array(z.string().min(2)).default([]).describe('别名、简称'),
});
export type Region = Readonly<z.infer<typeof RegionSchema>>;

const isCity = (code: string): boolean => code.length === 6 && code.endsWith('00');
export const cityOf = (code: string): string => code.slice(0, 4);
export const countyOf = (code: string): string | undefined =>
  isCity(code) ? undefined : code.slice(0, 6);
export const townshipOf = (code: string): string | undefined =>
  code.length === 9 ? code : undefined;

/** Finds the places a text names; a place inside a longer place's name does not count. */
export function createRegionFinder(regions: readonly Region[]): (text: string) => string[] {
  const names = regions.flatMap(({ code, name, aliases }) =>
    [name, ...aliases].map((word) => ({ code, word: normaliseText(word) })),
  );
  const finder = new WordFinder(names.map(({ word }) => word));
  return (text) => {
    const found = finder.find(text);
    const whole = found.filter(
      (one) =>
        !found.some(
          (other) =>
            other.start <= one.start &&
            other.end >= one.end &&
            other.end - other.start > one.end - one.start,
        ),
    );
    return [...new Set(whole.flatMap(({ word }) => names[word]?.code ?? []))];
  };
}

export type PlaceRelation =
  | 'sameTownship'
  | 'sameCounty'
  | 'sameCity'
  | 'unknown'
  | 'otherCounty'
  | 'otherCity';

/** How near two sets of places are; the nearest pair decides. */
export function placeRelation(a: readonly string[], b: readonly string[]): PlaceRelation {
  if (a.length === 0 || b.length === 0) return 'unknown';
  const share = (key: (code: string) => string | undefined): boolean => {
    const keys = new Set(a.flatMap((code) => key(code) ?? []));
    return b.some((code) => keys.has(key(code) ?? ''));
  };
  if (share(townshipOf)) return 'sameTownship';
  if (share(countyOf)) return 'sameCounty';
  const bothNameCounties = [a, b].every((codes) => codes.some((code) => countyOf(code)));
  if (share(cityOf)) return bothNameCounties ? 'otherCounty' : 'sameCity';
  return 'otherCity';
}

/** How far an event has spread, from the places its posts name. */
export function spreadOf(
  codes: readonly string[],
): 'oneTownship' | 'severalTownships' | 'severalCounties' | 'severalCities' {
  const distinct = (key: (code: string) => string | undefined): number =>
    new Set(codes.flatMap((code) => key(code) ?? [])).size;
  if (distinct(cityOf) > 1) return 'severalCities';
  if (distinct(countyOf) > 1) return 'severalCounties';
  return distinct(townshipOf) > 1 ? 'severalTownships' : 'oneTownship';
}
