/** One item a line, as people type them. */
export const toLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `a｜b` a line; what has no second part gets an empty one, which the server refuses by name. */
export const toPairs = (text: string): (readonly [string, string])[] =>
  toLines(text).map((line) => {
    const [first = '', ...rest] = line.split(/[｜|]/u);
    return [first.trim(), rest.join('｜').trim()];
  });
