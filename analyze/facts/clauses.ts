/** A stretch of text between commas, with its sentence's number; the title is sentence 0. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
}

/**
 * The clauses of a normalised text in reading order.
 *
 * @param text its first line is the title
 */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sentence = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const mark = at === text.length ? '\n' : text[at];
    const endsSentence =
      mark === '。' || mark === '!' || mark === '?' || mark === ';' || mark === '\n';
    // 1,200 is one number.
    const isComma = mark === ',' && !(isDigit(text, at - 1) && isDigit(text, at + 1));
    if (!endsSentence && !isComma) continue;
    // A question mark stays with its clause: it says that nobody knows.
    const end = mark === '?' ? at + 1 : at;
    if (end > start) clauses.push({ start, end, sentence });
    start = at + 1;
    // However a title is punctuated, it is one sentence.
    const isTitle = sentence === 0 && mark !== '\n';
    if (endsSentence && !isTitle) sentence += 1;
  }
  return clauses;
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}
