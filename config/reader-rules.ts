import { createPostProposer, type OpenModels, type ReaderRules, type Segmenter } from '#analyze';
import { openPlaceResolver } from './gazetteer.ts';
import type { readPacks } from './packs.ts';
import type { Settings } from './settings.ts';

/** What reading a post goes by, from the settings and packs: the same live, in a trial and over an archive. */
export function toReaderRules(
  { watches, office }: Pick<Settings, 'watches' | 'office'>,
  packs: ReturnType<typeof readPacks>,
  opened: { readonly segmenter: Segmenter; readonly models: OpenModels },
): ReaderRules {
  return {
    watches,
    regions: office.regions,
    grading: packs.grading,
    facts: packs.facts,
    resolvePlaces: openPlaceResolver(packs.places),
    grouping: packs.grouping,
    segmenter: opened.segmenter,
    propose: createPostProposer({ packs, ...opened }),
  };
}
