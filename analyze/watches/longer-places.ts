import type { Region } from '../facts/region.ts';
import { normaliseText } from '../text/normalise-text.ts';

/** A longer name of somewhere else, and where in it the shorter one stands, in UTF-16 units. */
export interface LongerPlace {
  readonly name: string;
  readonly offset: number;
}

/** What may follow a name without making it another place. Source: 行政区划通名, GB/T 2260 and GB/T 10114. */
const SUFFIX =
  /^(?:特别行政区|自治区|自治州|自治县|自治旗|省|市|区|县|旗|盟|州|乡|镇|街道|苏木|社区|村|开发区)$/;

/**
 * For each place word the longer names of other places that hold it: 江北 in 江北新村 speaks of the village, while
 * 江北区 still speaks of 江北. Names are those of the regions and the place words of all watches.
 *
 * @param words normal forms
 */
export function findLongerPlaces(
  words: readonly string[],
  regions: readonly Region[],
): ReadonlyMap<string, readonly LongerPlace[]> {
  const codes = new Map<string, string>();
  for (const { code, name, aliases } of regions) {
    for (const one of [name, ...aliases]) codes.set(normaliseText(one), code);
  }
  const names = new Set([...words, ...codes.keys()]);
  const longest = Math.max(0, ...Array.from(names, (name) => name.length));
  const wanted = new Set(words);
  const longer = new Map<string, LongerPlace[]>();
  for (const name of names) {
    for (let offset = 0; offset < name.length; offset += 1) {
      for (let end = offset + 1; end <= Math.min(name.length, offset + longest); end += 1) {
        const word = name.slice(offset, end);
        if (word === name || !wanted.has(word) || isSamePlace(word, name, codes)) continue;
        longer.set(word, [...(longer.get(word) ?? []), { name, offset }]);
      }
    }
  }
  return longer;
}

/** One region under two names, or a name with what it is: 江北 and 江北区, 高新区 and 霖江高新区. */
function isSamePlace(word: string, name: string, codes: ReadonlyMap<string, string>): boolean {
  const code = codes.get(word);
  if (code !== undefined && code === codes.get(name)) return true;
  return name.startsWith(word) && SUFFIX.test(name.slice(word.length));
}
