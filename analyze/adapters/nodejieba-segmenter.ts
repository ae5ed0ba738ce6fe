import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type nodejieba from 'nodejieba';
import type { Segmenter } from '../ports.ts';
import type { LexiconWord } from '../text/lexicon.ts';
import { openInnerWords } from './inner-words.ts';
import { openTagger } from './tag-words.ts';
import { toUserDictionary } from './user-dictionary.ts';
import { openWordShares } from './word-shares.ts';

type Nodejieba = typeof nodejieba;

/** The library holds one dictionary a process; loading it takes a second, so the same one is loaded once. */
let loaded: { readonly dictionary: string; readonly segmenter: Segmenter } | undefined;
/** The dictionary that the library holds now. */
let inLibrary: string | undefined;

/**
 * nodejieba, when its native part was built on this machine; undefined when not. Its dictionary takes a second and a
 * quarter of a gigabyte: it is read at the first text, so that a start waits for none of it.
 */
export async function loadNodejieba(
  lexicon: readonly LexiconWord[] = [],
): Promise<Segmenter | undefined> {
  const dictionary = toUserDictionary(lexicon);
  if (loaded?.dictionary === dictionary) return loaded.segmenter;
  try {
    const segmenter = toSegmenter((await import('nodejieba')).default, dictionary, lexicon);
    loaded = { dictionary, segmenter };
    return segmenter;
  } catch {
    return undefined;
  }
}

function toSegmenter(
  jieba: Nodejieba,
  dictionary: string,
  lexicon: readonly LexiconWord[],
): Segmenter {
  const ready = (): Nodejieba => {
    if (inLibrary !== dictionary) loadDictionary(jieba, dictionary);
    return jieba;
  };
  const cut = (text: string): readonly string[] => ready().cut(text, true);
  return {
    name: 'nodejieba',
    cut,
    tag: openTagger(cut, (text) => ready().tag(text)),
    withInnerWords: openInnerWords(lexicon),
    shareOf: openWordShares(),
  };
}

/** It takes words with a frequency from a file only. */
function loadDictionary(jieba: Nodejieba, dictionary: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-lexicon-'));
  try {
    const userDict = join(folder, 'lexicon.txt');
    writeFileSync(userDict, dictionary);
    jieba.load({ userDict });
    inLibrary = dictionary;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
