import { z } from 'zod';

/** Chinese only: letters and figures are cut alike by no two segmenters. */
export const LexiconTermSchema = z
  .string()
  .regex(/^\p{Script=Han}{2,}$/u, '至少两个汉字，不含空格、标点、字母和数字');

/** 词典: words the stock dictionary does not have, by their part of speech as jieba writes it. */
export const LexiconPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  words: z.array(
    z.strictObject({
      tag: z.enum(['n', 'nr', 'ns', 'nt', 'nz', 'v']),
      /** Where the words come from, or why they are here. */
      source: z.string().min(1),
      words: z.array(LexiconTermSchema).min(1),
    }),
  ),
});
export type LexiconPack = z.infer<typeof LexiconPackSchema>;

/** A word that must not be cut in two. */
export interface LexiconWord {
  readonly word: string;
  /** n noun, nr person, ns place, nt unit, nz other name, v verb. */
  readonly tag: string;
}

/** Words of several lists, each once, the first list that has it deciding its tag; those that are no word are left out. */
export function joinLexicons(...lists: readonly (readonly LexiconWord[])[]): LexiconWord[] {
  const words = new Map<string, LexiconWord>();
  for (const one of lists.flat()) {
    if (LexiconTermSchema.safeParse(one.word).success && !words.has(one.word))
      words.set(one.word, one);
  }
  return [...words.values()];
}

export const wordsOfPack = ({ words }: LexiconPack): LexiconWord[] =>
  words.flatMap(({ tag, words: list }) => list.map((word) => ({ word, tag })));
