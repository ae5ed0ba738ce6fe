import { CONTENT_CLASSES, type GradingPack } from '../grade/grading-pack.ts';
import { WordFinder } from '../text/word-finder.ts';
import { FATES, type FactsPack } from './facts-pack.ts';

/** What a word of the packs is there for. */
type Role =
  | 'fate'
  | 'notFate'
  | 'context'
  | 'contextExcept'
  | 'present'
  | 'claim'
  | 'claimExcept'
  | 'wholeClaim'
  | 'verified'
  | 'withdrawal'
  | 'refutation'
  | 'sign'
  | 'incidentWord'
  | 'happening'
  | 'intakeCut'
  | 'content'
  | 'panic'
  | 'untrueVerified'
  | 'suspected'
  | 'place'
  | 'unitEnding';

/** A word of the packs where it stands; `of` is the row it comes from. */
export interface Mark {
  readonly word: string;
  readonly of: number;
  readonly start: number;
  readonly end: number;
}
export type Marks = Readonly<Record<Role, readonly Mark[]>>;

type Row = readonly [role: Role, of: number, words: readonly string[]];

/** Builds the one pass over a text that finds every word of the packs. */
export function createMarker(facts: FactsPack, grading: GradingPack): (text: string) => Marks {
  const rows: readonly Row[] = [
    ...FATES.map((fate, of): Row => ['fate', of, facts.fates[fate]]),
    ['notFate', 0, facts.notFates],
    ...facts.contexts.flatMap(({ words, except }, of): Row[] => [
      ['context', of, words],
      ['contextExcept', of, except],
    ]),
    ['present', 0, facts.present],
    ['claim', 0, facts.claims.onward],
    ['claimExcept', 0, facts.claims.except],
    ['wholeClaim', 0, facts.claims.wholeText],
    ['verified', 0, facts.verified],
    ['withdrawal', 0, facts.withdrawals],
    ['refutation', 0, facts.refutations],
    ...facts.incidents.flatMap(({ signs, words }, of): Row[] => [
      ['sign', of, signs],
      ['incidentWord', of, words],
    ]),
    ['happening', 0, facts.happenings],
    ['intakeCut', 0, facts.intakeCut],
    ...grading.contentWords.map(({ class: of, words }): Row => [
      'content',
      CONTENT_CLASSES.indexOf(of),
      words,
    ]),
    ['panic', 0, grading.untrue.panicWords],
    ['untrueVerified', 0, grading.untrue.verifiedWords],
    ['suspected', 0, grading.untrue.suspectedWords],
    ['place', 0, grading.sensitivity.placeWords],
    ['unitEnding', 0, facts.unitEndings],
  ];
  const byWord = new Map<string, [Role, number][]>();
  for (const [role, of, words] of rows) {
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), [role, of]]);
  }
  const words = [...byWord.keys()];
  const uses = [...byWord.values()];
  const finder = new WordFinder(words);

  return (text) => {
    const marks = emptyMarks();
    for (const { word, start, end } of finder.find(text)) {
      for (const [role, of] of uses[word] ?? []) {
        marks[role].push({ word: words[word] ?? '', of, start, end });
      }
    }
    return marks;
  };
}

function emptyMarks(): Record<Role, Mark[]> {
  return {
    fate: [],
    notFate: [],
    context: [],
    contextExcept: [],
    present: [],
    claim: [],
    claimExcept: [],
    wholeClaim: [],
    verified: [],
    withdrawal: [],
    refutation: [],
    sign: [],
    incidentWord: [],
    happening: [],
    intakeCut: [],
    content: [],
    panic: [],
    untrueVerified: [],
    suspected: [],
    place: [],
    unitEnding: [],
  };
}

/** Whether a mark lies inside one of the others, which is longer. */
export function isInside(mark: Mark, others: readonly Mark[]): boolean {
  return others.some(
    ({ start, end }) =>
      start <= mark.start && end >= mark.end && end - start > mark.end - mark.start,
  );
}
