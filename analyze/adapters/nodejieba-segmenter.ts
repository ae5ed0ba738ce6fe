import type nodejieba from 'nodejieba';
import type { Segmenter } from '../ports.ts';
import { openWordShares } from './word-shares.ts';

type Nodejieba = typeof nodejieba;

/** nodejieba, when its native part was built on this machine; undefined when not. */
export async function loadNodejieba(): Promise<Segmenter | undefined> {
  let jieba: Nodejieba;
  try {
    jieba = (await import('nodejieba')).default;
  } catch {
    return undefined;
  }
  return {
    name: 'nodejieba',
    cut: (text) => jieba.cutForSearch(text, true),
    tag: (text) => jieba.tag(text),
    shareOf: openWordShares(),
  };
}
