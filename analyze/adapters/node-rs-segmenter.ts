import { Jieba, TfIdf } from '@node-rs/jieba';
import { dict, idf } from '@node-rs/jieba/dict.js';
import type { Segmenter } from '../ports.ts';

/** @node-rs/jieba: prebuilt for every platform, steps in where nodejieba cannot load. */
export function openNodeRsSegmenter(): Segmenter {
  const jieba = Jieba.withDict(dict);
  const weights = TfIdf.withDict(idf);
  return {
    name: '@node-rs/jieba',
    cut: (text) => jieba.cutForSearch(text, true),
    keywords: (text, most) =>
      weights
        // It takes the two characters of CRLF for a word, and a heavy one.
        .extractKeywords(jieba, text.replaceAll('\r\n', '\n'), most)
        .map(({ keyword, weight }) => [keyword, weight]),
  };
}
