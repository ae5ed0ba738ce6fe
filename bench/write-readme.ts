import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../README.md', import.meta.url).pathname;

/** Puts lines between the README's marks of this name. @throws when the marks are gone */
export function writeReadme(mark: string, lines: readonly string[]): void {
  const text = readFileSync(README, 'utf8');
  const marked = new RegExp(`(<!-- ${mark} -->\n)[^]*?(\n<!-- /${mark} -->)`);
  if (!marked.test(text)) throw new Error(`README.md 里没有 <!-- ${mark} --> 标记`);
  writeFileSync(
    README,
    text.replace(marked, (_, open, close) => `${open}\n${lines.join('\n')}\n${close}`),
  );
}

/** The day, for a figure's date. */
export const today = (): string => new Date().toISOString().slice(0, 10);
