import { readPlainly } from './read-plainly.ts';
import { toSimplified } from './to-simplified.ts';

/** Characters that draw nothing and only break words apart. */
export const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
/** Symbols between two Chinese characters, as in 食*物*中★毒; three at most, more is a rule across the page. */
export const SEPARATOR =
  /[*·•・_~^|/\\+\u2580-\u2775-]{1,3}(?<=\p{Script=Han}[*·•・_~^|/\\+\u2580-\u2775-]{1,3})(?=\p{Script=Han})/gu;
/** How a character is said, put behind it by copying sites: 服務(wù)公開. Without a tone it may be a word: 华为(huawei). */
const TONED = 'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ';
export const PHONETIC = new RegExp(
  String.raw`[(\[〔]\s*[a-zü'’ ]{0,6}[${TONED}][a-zü${TONED}'’ ]{0,30}[)\]〕](?<=\p{Script=Han}\s?[(\[〔][^()\[\]〔〕]{1,40}[)\]〕])`,
  'gu',
);

/**
 * Text as rules read it: NFKC, lower case, simplified characters; invisible characters, symbols inside words and
 * phonetic inserts removed. Matching happens here; what people see is always the text as it was written.
 */
export const normaliseText = (text: string): string => normalise(text).text;

/** @returns whether each unit of the normal text stands where it stands in the raw one, too */
export function normalise(raw: string): { readonly text: string; readonly isInPlace: boolean } {
  const read = readPlainly(raw);
  if (!read) return { text: normaliseFully(raw), isInPlace: false };
  const phonetic = read.mayBePhonetic ? read.text.replace(PHONETIC, '') : read.text;
  const joined = read.mayBeSeparated ? phonetic.replace(SEPARATOR, '') : phonetic;
  const text = read.mayBeTraditional ? toSimplified(joined) : joined;
  // A sign removed and a rare character that takes two units make up for each other in length.
  const isInPlace = read.isInPlace && joined.length === raw.length && text.length === raw.length;
  return { text, isInPlace };
}

/** The same, by the definition; for texts that the quick reading gives up on. */
export function normaliseFully(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '');
  return toSimplified(plain.replace(PHONETIC, '').replace(SEPARATOR, ''));
}
