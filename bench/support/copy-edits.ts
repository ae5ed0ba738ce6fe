import { rareWord } from './texts.ts';

/** What becomes of a text on its way from one outlet to the next. */
export interface CopyEdit {
  readonly name: string;
  /** Least share of such copies that must be found, 0 to 1. */
  readonly least: number;
  readonly edit: (text: string, context: EditContext) => string;
}

export interface EditContext {
  /** A text of another origin. */
  readonly other: string;
  readonly random: () => number;
}

const PREFIXES = [
  '【紧急转发】',
  '【转发】',
  '#本地热点# ',
  '扩散！速看：',
  '据媒体报道，',
  '[话筒]',
];
const SOURCE_LINE =
  '来源：综合整理自网络。免责声明：本文转载自其他媒体，版权归原作者所有，如有侵权请联系删除。编辑：小周';

const pick = <T>(random: () => number, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

export const COPY_EDITS: readonly CopyEdit[] = [
  { name: '加前缀', least: 0.99, edit: (text, { random }) => `${pick(random, PREFIXES)}${text}` },
  { name: '加来源与声明', least: 0.99, edit: (text) => `${text}\n${SOURCE_LINE}` },
  {
    name: '截去一半',
    least: 0.99,
    edit: (text) => text.slice(0, Math.ceil(text.length / 2)),
  },
  { name: '截到 140 字', least: 0.99, edit: (text) => text.slice(0, 140) },
  {
    name: '贴进另一篇',
    least: 0.99,
    edit: (text, { other }) => {
      const middle = Math.floor(other.length / 2);
      return `${other.slice(0, middle)}${text}${other.slice(middle)}`;
    },
  },
  { name: '改 5 % 的字', least: 0.95, edit: editCharacters },
  { name: '删 30 % 的句子', least: 0.95, edit: dropSentences },
];

/** One character in twenty replaced, left out or put in, a third each. */
function editCharacters(text: string, { random }: EditContext): string {
  const characters = Array.from(text);
  const edits = Math.max(1, Math.round(characters.length * 0.05));
  for (let count = 0; count < edits; count += 1) {
    const at = Math.floor(random() * characters.length);
    const strange = rareWord(random).charAt(0);
    const kind = Math.floor(random() * 3);
    characters.splice(at, kind === 2 ? 0 : 1, ...(kind === 1 ? [] : [strange]));
  }
  return characters.join('');
}

/** Where a text has no punctuation, twenty characters stand for a sentence. */
function dropSentences(text: string, { random }: EditContext): string {
  const sentences = text.match(/[^。！？；，!?;,\n]{1,20}[。！？；，!?;,\n]*/g) ?? [text];
  const drops = Math.max(1, Math.floor(sentences.length * 0.3));
  if (sentences.length < 2) return text;
  for (let count = 0; count < drops; count += 1) {
    sentences.splice(Math.floor(random() * sentences.length), 1);
  }
  return sentences.join('');
}
