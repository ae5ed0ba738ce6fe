import { likenessOf, pairsOf } from '#respond';
import type { SentenceDraft } from './report-draft.ts';

export interface MatchedSentences {
  readonly sentences: readonly SentenceDraft[];
  /** Numbers of those that are gone. */
  readonly leftOut: readonly number[];
}

/** Sentences less like each other than this are two: the old one is gone, the new one was written. */
const ALIKE = 0.3;
/** A sentence that stands in a paragraph more often than this says nothing about where it is. */
const MOST_PLACES = 20;
/** More new text than this in one place is not told apart. */
const MOST_PIECES = 400;
const MOST_CELLS = 20_000;

/** A paragraph that came back as one text, as the sentences that it was made of: kept, changed, gone, or new. */
export function matchSentences(before: readonly string[], text: string): MatchedSentences {
  const sentences: SentenceDraft[] = [];
  const leftOut: number[] = [];
  const fill = (from: number, to: number, gap: string): void => {
    const missing = before.slice(from, to).map((one, index) => ({ from: from + index, text: one }));
    const matched = matchGap(missing, gap.trim());
    sentences.push(...matched.sentences);
    leftOut.push(...matched.leftOut);
  };
  let [next, at] = [0, 0];
  for (const kept of keptIn(before, text)) {
    fill(next, kept.from, text.slice(at, kept.start));
    sentences.push({ from: kept.from, text: before[kept.from] ?? '' });
    next = kept.from + 1;
    at = kept.end;
  }
  fill(next, before.length, text.slice(at));
  return { sentences, leftOut };
}

interface Kept {
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

/** The sentences that stand unchanged, in their order, as much of the text as can be told so. */
function keptIn(before: readonly string[], text: string): Kept[] {
  const places = before.flatMap((sentence, from) =>
    placesOf(sentence, text).map((start) => ({ from, start, end: start + sentence.length })),
  );
  let best: { readonly length: number; readonly chain: readonly Kept[] } = { length: 0, chain: [] };
  const chains: { readonly length: number; readonly chain: readonly Kept[] }[] = [];
  for (const place of places) {
    const own = place.end - place.start;
    let longest: (typeof chains)[number] = { length: own, chain: [place] };
    for (const { length, chain } of chains) {
      const last = chain.at(-1);
      if (!last || last.from >= place.from || last.end > place.start) continue;
      if (length + own > longest.length) {
        longest = { length: length + own, chain: [...chain, place] };
      }
    }
    chains.push(longest);
    if (longest.length > best.length) best = longest;
  }
  return [...best.chain];
}

function placesOf(sentence: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(sentence); at >= 0; at = text.indexOf(sentence, at + 1)) {
    places.push(at);
    if (places.length > MOST_PLACES) return [];
  }
  return places;
}

interface Missing {
  readonly from: number;
  readonly text: string;
}

/** All of the text, cut behind each end of a sentence. */
const piecesOf = (text: string): string[] =>
  text.split(/(?<=[。！？；])/u).filter((piece) => piece.trim() !== '');

/** What stands between two sentences that were kept, against those that stood there: likest together, in order. */
function matchGap(missing: readonly Missing[], gap: string): MatchedSentences {
  if (gap === '') return { sentences: [], leftOut: missing.map(({ from }) => from) };
  const pieces = piecesOf(gap);
  const [only] = missing;
  if (missing.length * pieces.length > MOST_CELLS || pieces.length > MOST_PIECES) {
    return { sentences: [{ text: gap }], leftOut: missing.map(({ from }) => from) };
  }
  const found = likest(missing, pieces);
  // One sentence in the place of one is that sentence, however little of it is left.
  if (only && missing.length === 1 && found.leftOut.length === 1) {
    return { sentences: [{ from: only.from, text: gap }], leftOut: [] };
  }
  return found;
}

interface Way extends MatchedSentences {
  readonly likeness: number;
}

function likest(missing: readonly Missing[], pieces: readonly string[]): MatchedSentences {
  const known = new Map<string, Way>();
  const pairs = new Map<string, ReadonlySet<string>>();
  const likeness = (one: string, other: string): number => {
    for (const text of [one, other]) if (!pairs.has(text)) pairs.set(text, pairsOf(text));
    return likenessOf(pairs.get(one) ?? new Set(), pairs.get(other) ?? new Set());
  };
  const from = (row: number, column: number): Way => {
    const key = `${row}/${column}`;
    const before = known.get(key);
    if (before) return before;
    const way = best(row, column);
    known.set(key, way);
    return way;
  };
  const best = (row: number, column: number): Way => {
    const old = missing[row];
    const piece = pieces[column];
    if (!old && piece === undefined) return { likeness: 0, sentences: [], leftOut: [] };
    const ways: Way[] = [];
    if (old && piece !== undefined) {
      const length = piecesOf(old.text).length;
      for (const width of [length, length + 1, length - 1]) {
        if (width < 1 || column + width > pieces.length) continue;
        const text = pieces
          .slice(column, column + width)
          .join('')
          .trim();
        const alike = likeness(old.text, text);
        if (alike < ALIKE) continue;
        const rest = from(row + 1, column + width);
        const sentences = [{ from: old.from, text }, ...rest.sentences];
        ways.push({ ...rest, likeness: alike + rest.likeness, sentences });
      }
    }
    if (old) {
      const rest = from(row + 1, column);
      ways.push({ ...rest, leftOut: [old.from, ...rest.leftOut] });
    }
    if (piece !== undefined) {
      const rest = from(row, column + 1);
      ways.push({ ...rest, sentences: [{ text: piece.trim() }, ...rest.sentences] });
    }
    return ways.reduce((most, way) => (way.likeness > most.likeness ? way : most));
  };
  return from(0, 0);
}
