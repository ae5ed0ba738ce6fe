import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import type { Segmenter } from '../ports.ts';
import { openWordShares } from './word-shares.ts';

/** @node-rs/jieba: prebuilt for every platform, steps in where nodejieba cannot load. */
export function openNodeRsSegmenter(): Segmenter {
  const jieba = Jieba.withDict(dict);
  return {
    name: '@node-rs/jieba',
    cut: (text) => jieba.cutForSearch(text, true),
    tag: (text) => jieba.tag(text, true),
    shareOf: openWordShares(),
  };
}
