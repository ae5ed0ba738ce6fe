import { Converter } from 'opencc-js/t2cn';

/** Han characters of one UTF-16 unit; those of two begin with a unit of the second range. */
const HAN = { from: 0x3400, to: 0x9fff } as const;
const RARE_HAN = { from: 0xd840, to: 0xd87f } as const;

const BROKEN = /(?<=[打拉捏])坏/;

let opened: ReturnType<typeof openConverter> | undefined;

/**
 * Traditional Chinese as simplified, by the tables of OpenCC (t2s): characters, and the phrases that change them.
 * Words stay: 軟體 is 软体, not 软件. Text without a traditional character is given back as it is, at once.
 */
export function toSimplified(text: string): string {
  opened ??= openConverter();
  const { convert, isTraditional } = opened;
  let at = 0;
  while (at < text.length && isTraditional[text.charCodeAt(at)] === 0) at += 1;
  if (at === text.length) return text;
  // 坏 is broken to us, and an unfired brick (坯) to traditional Chinese, which would make 打坏 a 打坯.
  return text.split(BROKEN).map(convert).join('坏');
}

/** Whether a text with this UTF-16 unit in it may change. */
export function isTraditionalUnit(unit: number): boolean {
  opened ??= openConverter();
  return opened.isTraditional[unit] === 1;
}

function openConverter(): {
  readonly convert: (text: string) => string;
  readonly isTraditional: Uint8Array;
} {
  const convert = Converter({ from: 't', to: 'cn' });
  const isTraditional = new Uint8Array(0x10000);
  for (let unit = HAN.from; unit <= HAN.to; unit += 1) {
    const character = String.fromCharCode(unit);
    if (convert(character) !== character) isTraditional[unit] = 1;
  }
  isTraditional.fill(1, RARE_HAN.from, RARE_HAN.to + 1);
  return { convert, isTraditional };
}
