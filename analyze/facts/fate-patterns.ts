import { NUMBER_PATTERN } from '../text/chinese-number.ts';
import type { FactsPack } from './facts-pack.ts';
import type { FigureReading } from './figure-reading.ts';

export type FatePatterns = ReturnType<typeof compilePatterns>;

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|');

/** The pack's small words as patterns, compiled once. */
export function compilePatterns(pack: FactsPack) {
  const additions = new RegExp(anyOf(pack.additions));
  const besides = new RegExp(anyOf(pack.besides));
  const parts = new RegExp(anyOf(pack.parts));
  const joiners = anyOf([...pack.joiners, ...pack.rises, ...pack.corrections, ...pack.mistaken]);
  const area = `(?:${NUMBER_PATTERN})个?(?:${anyOf(pack.areas)})`;
  return {
    joined: new RegExp(`^(?:${joiners}|${area}|\\s)*$`),
    mistaken: new RegExp(anyOf(pack.mistaken)),
    otherPeople: new RegExp(anyOf(pack.otherPeople)),
    pair: new RegExp(`(?:${anyOf(pack.pairs)})(?=[^,]{0,8}$)`),
    person: new RegExp(`(?:${anyOf(pack.persons)})(?=[^,]{0,12}$)`),
    adds: (words: string): Pick<FigureReading, 'adds'> =>
      additions.test(words)
        ? { adds: 'toAll' }
        : besides.test(words) && !parts.test(words)
          ? { adds: 'toSentence' }
          : {},
    residual: new RegExp(anyOf(pack.residuals)),
    total: new RegExp(anyOf(pack.totals)),
    correction: new RegExp(anyOf(pack.corrections)),
    correctionAtEnd: new RegExp(`(?:${anyOf(pack.corrections)})(?:了|:)?$`),
    restates: new RegExp(anyOf([...pack.corrections, ...pack.rises])),
    restatesAtEnd: new RegExp(`(?:${anyOf([...pack.corrections, ...pack.rises])})(?:了|:)?$`),
    changed: new RegExp(`^(?:${anyOf([...pack.corrections, ...pack.rises])})(?:为|至|到)?$`),
    denied: new RegExp(`(?:${anyOf(pack.denials)})(?:${anyOf(pack.denialFillers)})*$`),
  };
}
