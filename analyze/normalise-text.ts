/** Characters that draw nothing and only break words apart. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;
/** One separator between two Chinese characters, as in 食*物*中*毒. */
const SEPARATOR = /(?<=\p{Script=Han})[*·•_~^|/\\+-](?=\p{Script=Han})/gu;

/**
 * Text as rules read it: NFKC, lower case, invisible characters and separators inside words removed.
 * Matching happens here; what people see is always the text as it was written.
 */
export function normaliseText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(INVISIBLE, '').replace(SEPARATOR, '');
}
