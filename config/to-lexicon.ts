import { joinLexicons, wordsOfPack, type LexiconPack, type LexiconWord } from '#analyze';
import type { Settings } from './settings.ts';

/** The words no segmenter may cut in two: the office's own, its places, the pack's. */
export function toLexicon(office: Settings['office'], pack: LexiconPack): LexiconWord[] {
  const places = office.regions.flatMap(({ name, aliases }) => [name, ...aliases]);
  return joinLexicons(
    office.words.map((word) => ({ word, tag: 'nz' })),
    places.map((word) => ({ word, tag: 'ns' })),
    wordsOfPack(pack),
  );
}
