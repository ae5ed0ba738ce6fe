import { toSimplified } from './to-simplified.ts';

/** Characters that draw nothing and only break words apart. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu;
/** Symbols between two Chinese characters, as in 食*物*中★毒; three at most, more is a rule across the page. */
const SEPARATOR =
  /[*·•・_~^|/\\+\u2580-\u2775-]{1,3}(?<=\p{Script=Han}[*·•・_~^|/\\+\u2580-\u2775-]{1,3})(?=\p{Script=Han})/gu;
/** How a character is said, put behind it by copying sites: 服務(wù)公開. Without a tone it may be a word: 华为(huawei). */
const TONED = 'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ';
const PHONETIC = new RegExp(
  String.raw`[(\[〔]\s*[a-zü'’ ]{0,6}[${TONED}][a-zü${TONED}'’ ]{0,30}[)\]〕](?<=\p{Script=Han}\s?[(\[〔][^()\[\]〔〕]{1,40}[)\]〕])`,
  'gu',
);

/**
 * Text as rules read it: NFKC, lower case, simplified characters; invisible characters, symbols inside words and
 * phonetic inserts removed. Matching happens here; what people see is always the text as it was written.
 */
export function normaliseText(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '');
  return toSimplified(plain.replace(PHONETIC, '').replace(SEPARATOR, ''));
}
