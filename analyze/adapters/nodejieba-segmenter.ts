import type nodejieba from 'nodejieba';
import type { Segmenter } from '../ports.ts';
import type { LexiconWord } from '../text/lexicon.ts';
import { openInnerWords } from './inner-words.ts';

type Nodejieba = typeof nodejieba;

/** nodejieba, when its native part was built on this machine; undefined when not. Its words are one set in a process. */
export async function loadNodejieba(
  lexicon: readonly LexiconWord[] = [],
): Promise<Segmenter | undefined> {
  let jieba: Nodejieba;
  try {
    jieba = (await import('nodejieba')).default;
  } catch {
    return undefined;
  }
  for (const { word, tag } of lexicon) jieba.insertWord(word, tag);
  return {
    name: 'nodejieba',
    cut: (text) => jieba.cut(text, true),
    tag: (text) => jieba.tag(text),
    withInnerWords: openInnerWords(lexicon),
    keywords: (text, most) => jieba.extract(text, most).map(({ word, weight }) => [word, weight]),
  };
}
