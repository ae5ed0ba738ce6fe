/** A stretch of text between commas, with its sentence's number; the title is sentence 0. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
}

const LINE_END = 10;
const SPACE = 32;
const COMMA = 44;
const QUESTION = 63;
const SENTENCE_ENDS = new Set(Array.from('。!?;\n', (mark) => mark.charCodeAt(0)));

/**
 * The clauses of a normalised text in reading order.
 *
 * @param text its first line is the title, one sentence however it is punctuated
 */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  let sentence = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const mark = at === text.length ? LINE_END : text.charCodeAt(at);
    const endsSentence = SENTENCE_ENDS.has(mark);
    // 1,200 is one number.
    const isComma = mark === COMMA && !(isDigit(text, at - 1) && isDigit(text, at + 1));
    if (!endsSentence && !isComma && !(sentence === 0 && isGap(text, at))) continue;
    // A question mark stays with its clause: it says that nobody knows.
    const end = mark === QUESTION ? at + 1 : at;
    if (end > start) clauses.push({ start, end, sentence });
    start = at + 1;
    if (endsSentence && (sentence > 0 || mark === LINE_END)) sentence += 1;
  }
  return clauses;
}

/** A title's parts stand apart by a space: 爆炸致13死 当地启动排查; 13 人 do not. */
function isGap(text: string, at: number): boolean {
  return text.charCodeAt(at) === SPACE && !isDigit(text, at - 1) && !isDigit(text, at + 1);
}

function isDigit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
}
