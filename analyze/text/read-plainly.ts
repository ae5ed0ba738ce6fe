import { isTraditionalUnit, toSimplified } from './to-simplified.ts';

/** A text read character by character, and what may still have to be done to it. */
export interface PlainReading {
  /** NFKC, lower case, without invisible characters. */
  readonly text: string;
  /** Each unit stands where it stood. */
  readonly isInPlace: boolean;
  readonly mayBePhonetic: boolean;
  readonly mayBeSeparated: boolean;
  readonly mayBeTraditional: boolean;
}

/** What becomes of a UTF-16 unit, whatever stands beside it. */
const SAME = 0;
const CHANGED = 1;
const DROPPED = 2;
const TRADITIONAL = 3;
const SEPARATING = 4;
const TONED = 5;
/** First half of an emoji, or of something else. */
const PAIR = 6;
/** It depends on what stands beside it. */
const HARD = 7;
/** It becomes several, as … becomes three points. */
const SEVERAL = 8;

interface Tables {
  readonly kinds: Uint8Array;
  /** The normal form of a unit that has one. */
  readonly becomes: Uint16Array;
  /** The normal form of a unit that becomes several. */
  readonly severals: ReadonlyMap<number, string>;
}

let tables: Tables | undefined;
/** A symbol behind a unit below this joins no Chinese word. */
const FIRST_CJK = 0x2e80;
/** For characters that become several. */
const ROOM = 1_000;
let units = new Uint16Array(8_192);
let bytes = Buffer.from(units.buffer);

/**
 * Reads a text in one pass over its UTF-16 units with a table: nearly every post consists of characters whose
 * normal form does not depend on their neighbours, and most need no change at all.
 *
 * @param origins filled with the place in the text of each unit of the result
 * @returns undefined when it holds a character that does (combining marks, jamo, 𝐀); the same string when
 * nothing changed
 */
export function readPlainly(text: string, origins?: number[]): PlainReading | undefined {
  const { kinds, becomes, severals } = (tables ??= makeTables());
  const { length } = text;
  if (length + ROOM > units.length) {
    units = new Uint16Array((length + ROOM) * 2);
    bytes = Buffer.from(units.buffer);
  }
  let written = 0;
  let isChanged = false;
  let isInPlace = true;
  let mayBePhonetic = false;
  let mayBeSeparated = false;
  let mayBeTraditional = false;
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    const kind = kinds[unit];
    if (origins) origins[written] = at;
    if (kind === SAME) {
      units[written++] = unit;
      continue;
    }
    if (kind === HARD || (kind === PAIR && !isEmoji(unit, text.charCodeAt(at + 1)))) {
      return undefined;
    }
    if (kind === DROPPED) {
      isChanged = true;
      isInPlace = false;
      continue;
    }
    if (kind === SEVERAL) {
      const several = severals.get(unit) ?? '';
      if (written + several.length + length - at > units.length) return undefined;
      for (let part = 0; part < several.length; part += 1) {
        if (origins) origins[written] = at;
        units[written++] = several.charCodeAt(part);
      }
      isChanged = true;
      isInPlace = false;
      continue;
    }
    const normal = becomes[unit] ?? unit;
    isChanged ||= normal !== unit;
    units[written++] = normal;
    if (kind === TRADITIONAL) mayBeTraditional = true;
    else if (kind === TONED) mayBePhonetic = true;
    else if (kind === SEPARATING) mayBeSeparated ||= (units[written - 2] ?? 0) >= FIRST_CJK;
  }
  return {
    text: isChanged ? bytes.toString('utf16le', 0, written * 2) : text,
    // What an insert takes away can bring a symbol beside a character.
    mayBeSeparated: mayBeSeparated || mayBePhonetic,
    isInPlace,
    mayBePhonetic,
    mayBeTraditional,
  };
}

/** Emoji and pictographs are what they are; the blocks beside them hold letters and figures in disguise. */
function isEmoji(first: number, second: number): boolean {
  if (first === 0xd83c) return second >= 0xdf00 && second <= 0xdfff;
  return first === 0xd83d ? second >= 0xdc00 : second >= 0xdc00 && second < 0xdfe0;
}

function makeTables(): Tables {
  const kinds = new Uint8Array(0x10000);
  const becomes = new Uint16Array(0x10000);
  const severals = new Map<number, string>();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const normal = String.fromCharCode(unit).normalize('NFKC').toLowerCase();
    becomes[unit] = normal.charCodeAt(0);
    kinds[unit] = kindOf(unit, normal);
    if (kinds[unit] === SEVERAL) severals.set(unit, normal);
  }
  return { kinds, becomes, severals };
}

/** Nothing in it asks for another look. */
const isPlainText = (normal: string): boolean =>
  !/[\ud800-\udfff]/.test(normal) &&
  !SYMBOL.test(normal) &&
  !TONE.test(normal) &&
  toSimplified(normal) === normal &&
  !/[\p{Default_Ignorable_Code_Point}\u2028\u2029]/u.test(normal);

const IGNORED = /^[\p{Default_Ignorable_Code_Point}\u2028\u2029]$/u;
/** Marks join the letter before them, so do the later parts of a Korean syllable; a sigma depends on its place. */
const JOINING = /[\p{M}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u03a3\u03c3\u03c2]/u;
const SYMBOL = /[*·•・_~^|/\\+\u2580-\u2775-]/u;
const TONE = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]/u;

function kindOf(unit: number, normal: string): number {
  if (unit >= 0xd83c && unit <= 0xd83e) return PAIR;
  if (unit >= 0xd800 && unit <= 0xdbff) return HARD;
  if (unit >= 0xdc00 && unit <= 0xdfff) return SAME;
  if (IGNORED.test(normal)) return DROPPED;
  if (JOINING.test(normal)) return HARD;
  if (normal.length !== 1) return isPlainText(normal) ? SEVERAL : HARD;
  if (isTraditionalUnit(normal.charCodeAt(0))) return TRADITIONAL;
  if (SYMBOL.test(normal)) return SEPARATING;
  if (TONE.test(normal)) return TONED;
  return normal.charCodeAt(0) === unit ? SAME : CHANGED;
}
