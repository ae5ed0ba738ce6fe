import { INVISIBLE, normalise, PHONETIC, SEPARATOR } from './normalise-text.ts';
import { readPlainly } from './read-plainly.ts';
import { toSimplified } from './to-simplified.ts';

/** A stretch of a text, in UTF-16 units, the end not in it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A text as rules read it, and where each stretch of it stands in the text as it was written. */
export interface NormalText {
  readonly raw: string;
  readonly text: string;
  /** The stretch of the raw text that a stretch of the normal one was read from, what was removed inside it included. */
  readonly rawStretch: (stretch: Stretch) => Stretch;
}

/** Where a text came from, unit by unit. */
interface Traced {
  readonly text: string;
  readonly origins: readonly Stretch[];
}

/** The way back is worked out only when somebody asks for it: most posts meet no watch. */
export function toNormalText(raw: string): NormalText {
  const { text, isInPlace } = normalise(raw);
  let origins: readonly Stretch[] | undefined;
  return {
    raw,
    text,
    rawStretch: ({ start, end }) => {
      if (isInPlace || end <= start) return { start, end };
      origins ??= trace(raw, text);
      const whole = { start: 0, end: raw.length };
      return { start: (origins[start] ?? whole).start, end: (origins[end - 1] ?? whole).end };
    },
  };
}

/** A character with what joins it: marks, later parts of a Korean syllable, voicing marks of narrow kana. */
const CLUSTER = /[^\p{M}][\p{M}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\uffa0-\uffdc]*|\p{M}+/gu;

/** Normalises once more, step by step, taking along where each unit came from. */
function trace(raw: string, text: string): readonly Stretch[] {
  const kept = [PHONETIC, SEPARATOR].reduce(without, tracePlainly(raw) ?? traceFully(raw));
  const origins = simplified(kept);
  // A stretch is better wide than wrong.
  return origins.length === text.length ? origins : [];
}

function tracePlainly(raw: string): Traced | undefined {
  const starts: number[] = [];
  const read = readPlainly(raw, starts);
  if (!read) return undefined;
  const origins = starts.slice(0, read.text.length).map((start) => ({ start, end: start + 1 }));
  return { text: read.text, origins };
}

function traceFully(raw: string): Traced {
  const units = [...raw.matchAll(CLUSTER)].map(({ 0: cluster, index }) => ({
    normal: cluster.normalize('NFKC').toLowerCase(),
    origin: { start: index, end: index + cluster.length },
  }));
  const normalised: Traced = {
    text: raw.normalize('NFKC').toLowerCase(),
    origins: units.flatMap(({ normal, origin }) => Array<Stretch>(normal.length).fill(origin)),
  };
  return without(normalised, INVISIBLE);
}

function without({ text, origins }: Traced, removed: RegExp): Traced {
  const kept: Stretch[] = [];
  let from = 0;
  for (const { 0: match, index } of text.matchAll(removed)) {
    kept.push(...origins.slice(from, index));
    from = index + match.length;
  }
  return { text: text.replace(removed, ''), origins: [...kept, ...origins.slice(from)] };
}

function simplified({ text, origins }: Traced): readonly Stretch[] {
  // Only a rare character, which takes two units, can change its length.
  if (toSimplified(text).length === text.length) return origins;
  let at = 0;
  return Array.from(text).flatMap((character) => {
    const origin = origins[at] ?? { start: 0, end: 0 };
    at += character.length;
    return Array<Stretch>(toSimplified(character).length).fill(origin);
  });
}
