/** Controls, direction marks and invisible joiners: they could turn a title round, and no paper shows them. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Text of a record as every output shows it: one line, nothing unseen in it. Everything else stays. */
export function plainText(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(UNSEEN, '')
    .replaceAll(LONE_SURROGATE, '\uFFFD')
    .trim();
}
