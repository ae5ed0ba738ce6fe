import type { Clause } from './clauses.ts';
import { within, type Standing } from './contexts.ts';
import { FATES, type FactsPack, type Fate } from './facts-pack.ts';
import { compilePatterns, type FatePatterns } from './fate-patterns.ts';
import type { FigureReading } from './figure-reading.ts';
import { isInside, type Mark, type Marks } from './marks.ts';
import { quantityAfter, quantityBefore } from './pair-quantity.ts';
import { findQuantities, type Quantity } from './quantity.ts';

/** What stands for sure: the later word of a chain decides, as in 2名被困工人经抢救无效死亡. */
const WEIGHT: readonly Fate[] = [
  'casualties',
  'affected',
  'missing',
  'evacuated',
  'treated',
  'injured',
  'lightlyInjured',
  'poisoned',
  'rescued',
  'seriouslyInjured',
  'dead',
];
const IMPLYING: ReadonlySet<Fate> = new Set(['dead', 'seriouslyInjured', 'injured', 'missing']);
const MOST_CHAIN = 14;
/** 均, 都, 全部 before a fate speak of those just counted. */
const ALL_OF_THEM = /(?:均|都|全部|悉数|全都)[^,]{0,3}$/;

/** Builds the reader of figures, and the check for denial that it shares with the reading of incidents. */
export function createFigureReader(pack: FactsPack) {
  const patterns = compilePatterns(pack);
  const nouns = new Set(pack.nouns);
  const isDenied = (lead: string): boolean => patterns.denied.test(lead);

  /** @param standings how each clause is meant */
  const readFigures = (
    text: string,
    clauses: readonly Clause[],
    standings: readonly Standing[],
    marks: Marks,
  ): FigureReading[] => {
    const fates = longestOf(marks.fate, marks.notFate);
    if (fates.length === 0) return [];
    const readings: FigureReading[] = [];
    const telling = new Set(
      clauses.filter((clause) => fates.some(within(clause))).map(({ sentence }) => sentence),
    );
    let counted: Counted[] = [];
    for (const [number, clause] of clauses.entries()) {
      if (!telling.has(clause.sentence)) continue;
      const inClause = fates.filter(within(clause));
      const standing = standings[number] ?? {};
      if (counted.some(({ sentence }) => sentence !== clause.sentence)) counted = [];
      const spot: Spot = { text, clause, standing, patterns, nouns, marks, counted };
      if (inClause.length > 0 || patterns.restates.test(slice(text, clause))) {
        readClause(spot, inClause, readings);
      } else {
        counted.push(...countedIn(spot));
      }
    }
    return readings;
  };
  return { readFigures, isDenied };
}

interface Spot {
  readonly text: string;
  readonly clause: Clause;
  readonly standing: Standing;
  readonly patterns: FatePatterns;
  readonly nouns: ReadonlySet<string>;
  readonly marks: Marks;
  /** People counted earlier in the sentence, of whom nothing was told yet. */
  readonly counted: Counted[];
}

type Counted = Quantity & { readonly sentence: number };

/** Pairs the clause's numbers with its fates, left to right. */
function readClause(spot: Spot, fates: readonly Mark[], readings: FigureReading[]): void {
  const { text, clause, patterns } = spot;
  const quantities = findQuantities(text, clause.start, clause.end);
  const free = new Set(quantities);
  let previousEnd = clause.start;
  for (const [number, mark] of fates.entries()) {
    const next = fates[number + 1];
    // 死亡失联人数 counts both; what is graver decides.
    if (next?.start === mark.end) continue;
    const fate = graverFate(mark, fates[number - 1]);
    const lead = text.slice(previousEnd, mark.start);
    if (patterns.denied.test(lead)) {
      readings.push({
        ...readingOf(spot, fate, { atLeast: 0, atMost: 0 }, mark),
        setAside: 'denied',
      });
      previousEnd = mark.end;
      continue;
    }
    const before = quantityBefore(spot, mark, free, previousEnd);
    const after = before ? undefined : quantityAfter(spot, mark, free);
    const chosen = before ?? after?.quantity;
    if (chosen) {
      for (const one of free)
        if (one.start >= chosen.start && one.end <= chosen.end) free.delete(one);
      for (const old of after?.replaced ?? []) {
        free.delete(old);
        readings.push({ ...readingOf(spot, fate, old, mark), setAside: 'superseded' });
      }
      readings.push({
        ...readingOf(spot, fate, chosen, mark, after?.isCorrection),
        ...(after?.isMistaken && { setAside: 'withdrawn' as const }),
      });
      previousEnd = Math.max(mark.end, chosen.end);
      continue;
    }
    if (!passOn(spot, fate, mark, readings)) {
      const implied = impliedOne(spot, fate, mark, previousEnd) ?? carried(spot, fate, mark);
      if (implied) readings.push(implied);
    }
    previousEnd = mark.end;
  }
  readRestated(spot, free, readings);
  if (fates.length === 0) return;
  spot.counted.splice(0);
}

function graverFate(mark: Mark, before: Mark | undefined): Fate {
  const fate = FATES[mark.of] ?? 'casualties';
  const other = before?.end === mark.start ? (FATES[before.of] ?? 'casualties') : fate;
  return WEIGHT.indexOf(other) > WEIGHT.indexOf(fate) ? other : fate;
}

/** A fate without a number of its own may tell what became of those counted before. */
function passOn(spot: Spot, fate: Fate, mark: Mark, readings: FigureReading[]): boolean {
  const { text, clause } = spot;
  const last = readings.at(-1);
  if (!last || last.setAside || last.sentence !== clause.sentence) return false;
  const between = text.slice(last.end, mark.start);
  const isChain =
    last.start >= clause.start && between.length <= MOST_CHAIN && !/[、;]/.test(between);
  if (!isChain && !ALL_OF_THEM.test(between)) return false;
  if (WEIGHT.indexOf(fate) > WEIGHT.indexOf(last.fate)) {
    const words = text.slice(last.start, mark.end);
    readings[readings.length - 1] = {
      ...last,
      fate,
      words,
      end: mark.end,
      ...spot.patterns.adds(words),
    };
  }
  return true;
}

/** 店主当场死亡: one at least, though no number is written. */
function impliedOne(spot: Spot, fate: Fate, mark: Mark, from: number): FigureReading | undefined {
  const { text, nouns, patterns } = spot;
  if (!IMPLYING.has(fate) || nouns.has(mark.word)) return undefined;
  const lead = text.slice(from, mark.start);
  const pair = patterns.pair.exec(lead);
  // 腿断了 names its person itself.
  const who = pair ?? patterns.person.exec(lead) ?? patterns.person.exec(lead + mark.word);
  if (!who) return undefined;
  const start = from + who.index;
  const count = pair ? { atLeast: 2, atMost: 2 } : { atLeast: 1 };
  const quantity: Quantity = { ...count, start, end: mark.start, hasUnit: true };
  return readingOf(spot, fate, quantity, mark);
}

/** 此前通报3人死亡系误报，更正为2人: the fate stands in an earlier clause. */
function readRestated(spot: Spot, free: ReadonlySet<Quantity>, readings: FigureReading[]): void {
  const { text, clause, patterns } = spot;
  const last = readings.findLast(({ sentence }) => sentence === clause.sentence);
  if (!last) return;
  for (const quantity of free) {
    const lead = text.slice(clause.start, quantity.start);
    if (!quantity.hasUnit || !patterns.restatesAtEnd.test(lead)) continue;
    const mark = { start: quantity.start, end: quantity.end };
    const isCorrection = patterns.correctionAtEnd.test(lead);
    const { adds: _told, ...told } = readingOf(spot, last.fate, quantity, mark, isCorrection);
    readings.push({ ...told, isTotal: true });
    return;
  }
}

function countedIn({ text, clause, patterns }: Spot): Counted[] {
  if (patterns.otherPeople.test(slice(text, clause))) return [];
  return findQuantities(text, clause.start, clause.end)
    .filter(({ hasUnit }) => hasUnit)
    .map((quantity) => ({ ...quantity, sentence: clause.sentence }));
}

/** 一名工人从12楼坠落，送医后死亡: the number stands in the clause before. */
function carried(spot: Spot, fate: Fate, mark: Mark): FigureReading | undefined {
  const last = spot.counted.at(-1);
  if (!last || !IMPLYING.has(fate) || spot.nouns.has(mark.word)) return undefined;
  return readingOf(spot, fate, last, mark);
}

function readingOf(
  spot: Spot,
  fate: Fate,
  quantity: Pick<Quantity, 'atLeast' | 'atMost'> & Partial<Quantity>,
  mark: Pick<Mark, 'start' | 'end'>,
  isCorrected = false,
): FigureReading {
  const { text, clause, standing, patterns, marks } = spot;
  const start = Math.min(quantity.start ?? mark.start, mark.start);
  const end = Math.max(quantity.end ?? mark.end, mark.end);
  const lead = text.slice(clause.start, quantity.start ?? mark.start);
  const span = text.slice(clause.start, end);
  const isWithdrawn = [...marks.withdrawal, ...marks.refutation].some(
    (word) => word.start >= end && word.end <= clause.end,
  );
  const setAside = standing.context?.reason ?? (isWithdrawn ? 'withdrawn' : undefined);
  return {
    fate,
    atLeast: quantity.atLeast,
    ...(quantity.atMost !== undefined && { atMost: quantity.atMost }),
    words: text.slice(start, end),
    start,
    end,
    sentence: clause.sentence,
    isClaim: standing.claimWords !== undefined,
    ...patterns.adds(span),
    isResidual: patterns.residual.test(span),
    isTotal: patterns.total.test(span),
    isCorrection: isCorrected || patterns.correctionAtEnd.test(lead),
    ...(setAside && { setAside }),
  };
}

/** The longest fates, without those that are part of a word which is none. */
function longestOf(fates: readonly Mark[], notFates: readonly Mark[]): Mark[] {
  const real = fates.filter((mark) => !isInside(mark, notFates) && !isInside(mark, fates));
  return real.sort((a, b) => a.start - b.start);
}

const slice = (text: string, { start, end }: Pick<Clause, 'start' | 'end'>): string =>
  text.slice(start, end);
