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

/** nodejieba, when its native part was built on this machine; undefined when not. A process has one lexicon in it. */
export async function loadNodejieba(
  lexicon: readonly LexiconWord[] = [],
): Promise<Segmenter | undefined> {
  let jieba: Nodejieba;
  try {
    jieba = (await import('nodejieba')).default;
    loadLexicon(jieba, lexicon);
  } catch {
    return undefined;
  }
  const cut = (text: string): readonly string[] => jieba.cut(text, true);
  return {
    name: 'nodejieba',
    cut,
    tag: openTagger(cut, (text) => jieba.tag(text)),
    withInnerWords: openInnerWords(lexicon),
    shareOf: openWordShares(),
  };
}

/** It takes words with a frequency from a file only. */
function loadLexicon(jieba: Nodejieba, lexicon: readonly LexiconWord[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-lexicon-'));
  try {
    const userDict = join(folder, 'lexicon.txt');
    writeFileSync(userDict, toUserDictionary(lexicon));
    jieba.load({ userDict });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
