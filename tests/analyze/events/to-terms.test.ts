import { beforeAll, expect, test } from 'vitest';
import type { Segmenter } from '#analyze';
import { openSegmenter } from '../../../analyze/adapters/open-segmenter.ts';
import { TermWeights } from '../../../analyze/events/term-weights.ts';
import { createTermReader } from '../../../analyze/events/to-terms.ts';
import { loadScenario } from '../../../config/drill/scenario.ts';
import { groupingPack } from '../../support/packs.ts';

const rule = groupingPack.events.terms;
const readTerms = createTermReader(rule);
const noon = new Date('2026-03-02T04:00:00Z');

let segmenter: Segmenter;
beforeAll(async () => {
  segmenter = await openSegmenter();
});

const openWeights = () => new TermWeights((term) => segmenter.shareOf(term), groupingPack.events);

/** The plain form of what a reader does: every count and weight by name. */
function plainTerms(title: string, text: string, watched: readonly string[], weights: TermWeights) {
  const parts = [title, text].map((part) => segmenter.tag(part));
  const words = parts.flat().filter(({ word }) => /[\p{L}\p{N}]{2}/u.test(word));
  const names = words.filter(({ tag }) => rule.nameTags.includes(tag)).map(({ word }) => word);
  const contents = words.filter(({ tag }) => !rule.emptyTags.includes(tag));
  const heads = [title, text].flatMap((part) => [
    ...part.slice(0, rule.characterHead).matchAll(/\p{Script=Han}/gu),
  ]);
  const weigh = (terms: readonly string[], most: number, share: number) => {
    const counts = Map.groupBy(terms, (term) => term);
    const all = [...counts].map(([term, { length }]) => {
      const rarity = weights.rarityOf(term) ** rule.rarityPower;
      const ofName = names.includes(term) ? rule.nameFactor : 1;
      const ofWatch = watched.includes(term) ? rule.watchFactor : 1;
      const weight = (1 + rule.repeatFactor * Math.log(length)) * rarity * ofName * ofWatch;
      return [term, weight] as const;
    });
    const kept = all.sort(([, a], [, b]) => b - a).slice(0, most);
    const scale = Math.sqrt(share) / (Math.hypot(...kept.map(([, weight]) => weight)) || 1);
    return kept.map(([term, weight]) => [term, weight * scale] as const);
  };
  return [
    ...weigh(
      contents.map(({ word }) => word),
      rule.mostWords,
      rule.wordShare,
    ),
    ...weigh(
      heads.map(([one]) => one),
      rule.mostCharacters,
      1 - rule.wordShare,
    ),
  ];
}

test('terms are those of the plain form, text after text', () => {
  const weights = openWeights();
  for (const { title, text } of loadScenario().items) {
    const words = { title: segmenter.tag(title), head: segmenter.tag(text) };
    const terms = readTerms({ ...words, watchWords: ['停水'] }, weights);
    const plain = plainTerms(title, text, ['停水', '停', '水'], weights);
    expect(terms.map(([term]) => term)).toEqual(plain.map(([term]) => term));
    for (const [at, [, weight]] of terms.entries())
      expect(weight).toBeCloseTo(plain[at]?.[1] ?? 0, 9);
    weights.observe(terms, noon);
  }
});

test('a rare character beyond the common block is a term too', () => {
  const words = { title: [{ word: '𠮷野家', tag: 'nz' }], head: [], watchWords: [] };
  expect(readTerms(words, openWeights()).map(([term]) => term)).toEqual(
    expect.arrayContaining(['𠮷', '野', '家', '𠮷野家']),
  );
});
