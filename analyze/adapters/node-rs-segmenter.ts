import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import type { Segmenter } from '../ports.ts';
import type { LexiconWord } from '../text/lexicon.ts';
import { openInnerWords } from './inner-words.ts';
import { toUserDictionary } from './user-dictionary.ts';
import { openWordShares } from './word-shares.ts';

/** Letters begin a piece, figures go on with points, anything else stands alone: as nodejieba cuts. */
const PIECES = /[a-z][a-z0-9]*|[0-9][0-9.]*|[^a-z0-9]/giu;
const PLAIN = /^(?:\p{Script=Han}+|[a-z][a-z0-9]*|[0-9][0-9.]*|.)$/iu;

/** @node-rs/jieba: prebuilt for every platform, steps in where nodejieba cannot load. */
export function openNodeRsSegmenter(lexicon: readonly LexiconWord[] = []): Segmenter {
  const jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from(toUserDictionary(lexicon)));
  return {
    name: '@node-rs/jieba',
    cut: (text) => jieba.cut(text, true).flatMap(piecesOf),
    tag: (text) =>
      jieba
        .tag(text, true)
        .flatMap(({ word, tag }) => piecesOf(word).map((piece) => ({ word: piece, tag }))),
    withInnerWords: openInnerWords(lexicon),
    shareOf: openWordShares(),
  };
}

/** COVID-19, 95.6% and rows of signs are one word to this library, and several to nodejieba. */
function piecesOf(word: string): readonly string[] {
  return PLAIN.test(word) ? [word] : (word.match(PIECES) ?? [word]);
}
