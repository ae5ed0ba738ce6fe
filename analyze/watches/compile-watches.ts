import type { Region } from '../facts/region.ts';
import { normaliseText } from '../text/normalise-text.ts';
import type { PostText } from '../text/post-text.ts';
import { WordFinder } from '../text/word-finder.ts';
import { HIT, HitsByTerm, type Hits } from './hits-by-term.ts';
import { layOutTerms, type AskedTerms } from './lay-out-terms.ts';
import { findLongerPlaces } from './longer-places.ts';
import { GROUPS, type Watch, type WatchMatch } from './watch.ts';
import { findApart, isPlain } from './where-words-meet.ts';

/** A watch as numbers of terms; a place that may stand in a longer name is a term of its own. */
interface Compiled extends AskedTerms {
  readonly watch: Watch;
  readonly isPlain: boolean;
  readonly matters: number | undefined;
}

/** A place word, the term it is when it stands for itself, and the longer names around it. */
interface Guard {
  readonly word: number;
  readonly term: number;
  readonly longer: readonly { readonly word: number; readonly offset: number }[];
}

/** After so many texts what is rare in them is known a first time; then each time it is eight times as many. */
const FIRST_LEARNT = 256;
const LEARNT_AGAIN = 8;

/**
 * Compiles watches so that a text is read once, however many there are. Each watch hangs under the words of its
 * rarest group; only those whose word occurs are looked at. Which group that is shows in the texts read; it decides
 * how fast a match is found, never which.
 */
export function compileWatches(
  watches: readonly Watch[],
  regions: readonly Region[] = [],
): (post: PostText) => WatchMatch[] {
  const { terms, words, guards, compiled } = numberTerms(watches, regions);
  const finder = new WordFinder(words);
  const isMet = layOutTerms(compiled);
  const texts = new Float64Array(terms.length);
  let under = hangUnderPivots(compiled, countUsers(compiled, terms.length));
  let learnAt = FIRST_LEARNT;
  const guardOf = new Map(guards.map((guard) => [guard.word, guard]));
  const guarded = new Uint8Array(terms.length);
  for (const { word } of guards) guarded[word] = 1;
  // A number says for which text it was last set: nothing has to be cleared between texts.
  const seen = new Uint32Array(terms.length);
  const looked = new Uint32Array(compiled.length);
  const present = new Int32Array(terms.length);
  const placed = new HitsByTerm(terms.length);
  let epoch = 0;

  return (post) => {
    const count = finder.scan(post.normal);
    if (count === 0) return [];
    epoch += 1;
    if (epoch === learnAt) {
      learnAt *= LEARNT_AGAIN;
      under = hangUnderPivots(compiled, texts);
    }
    const { found } = finder;
    let many = 0;
    let isGuarded = false;
    for (let at = 0; at < count * 2; at += 2) {
      const word = found[at] as number;
      if (seen[word] === epoch) continue;
      seen[word] = epoch;
      present[many++] = word;
      isGuarded ||= guarded[word] === 1;
    }
    let hits: Hits | undefined;
    if (isGuarded) {
      hits = listHits(found, count, words);
      for (const term of standingForThemselves(hits, guardOf)) {
        seen[term] = epoch;
        present[many++] = term;
      }
    }
    const met: number[] = [];
    for (let nth = 0; nth < many; nth += 1) {
      const term = present[nth] as number;
      texts[term] = (texts[term] as number) + 1;
      const until = under.from[term + 1] as number;
      for (let at = under.from[term] as number; at < until; at += 1) {
        const number = under.watches[at] as number;
        if (looked[number] === epoch) continue;
        looked[number] = epoch;
        if (isMet(number, seen, epoch)) met.push(number);
      }
    }
    if (met.length === 0) return [];
    placed.fill(hits ?? listHits(found, count, words));
    return met
      .sort((a, b) => a - b)
      .flatMap((number) => placeMatch(compiled[number] as Compiled, placed, terms, post) ?? []);
  };
}

function numberTerms(watches: readonly Watch[], regions: readonly Region[]) {
  const numbers = new Map<string, number>();
  const numberOf = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, numbers.size);
    return numbers.size - 1;
  };
  const normal = (list: readonly string[]): string[] =>
    [...new Set(list.map(normaliseText))].filter((word) => word !== '');
  const places = [...new Set(watches.flatMap((watch) => normal(watch.places)))];
  const longer = findLongerPlaces(places, regions);
  for (const watch of watches) {
    normal([...watch.places, ...watch.subjects, ...watch.matters, ...watch.exclude]).forEach(
      numberOf,
    );
  }
  for (const names of longer.values()) names.forEach(({ name }) => numberOf(name));
  const words = [...numbers.keys()];
  const terms = [...words];
  const guards: Guard[] = [...longer].map(([word, names]) => ({
    word: numberOf(word),
    term: terms.push(word) - 1,
    longer: names.map(({ name, offset }) => ({ word: numberOf(name), offset })),
  }));
  const standing = new Map(guards.map(({ word, term }) => [word, term]));
  const compiled = watches
    .map((watch): Compiled => {
      const kept = GROUPS.filter((group) => normal(watch[group]).length > 0);
      const matters = kept.indexOf('matters');
      return {
        watch,
        isPlain: isPlain(watch),
        groups: kept.map((group) =>
          Int32Array.from(normal(watch[group]), (word) => {
            const number = numberOf(word);
            return group === 'places' ? (standing.get(number) ?? number) : number;
          }),
        ),
        matters: matters < 0 ? undefined : matters,
        exclude: Int32Array.from(normal(watch.exclude), numberOf),
      };
    })
    .filter(({ groups }) => groups.length > 0);
  return { terms, words, guards, compiled };
}

/** How many watches have a term: the first guess at how often it is met. */
function countUsers(compiled: readonly Compiled[], terms: number): Float64Array {
  const users = new Float64Array(terms);
  for (const { groups } of compiled) {
    for (const term of groups.flatMap((group) => [...group])) users[term] = (users[term] ?? 0) + 1;
  }
  return users;
}

/** Watches by the term they hang under: those of term t are numbers `from[t]` to `from[t + 1]` of the list. */
interface Pivots {
  readonly from: Int32Array;
  readonly watches: Int32Array;
}

/**
 * The watches to look at when a term occurs: each is under the group whose terms occur least.
 *
 * @param texts how many texts had a term
 */
function hangUnderPivots(compiled: readonly Compiled[], texts: Float64Array): Pivots {
  const cost = (group: Int32Array): number =>
    group.reduce((sum, term) => sum + (texts[term] ?? 0), 0);
  const pivots = compiled.map(({ groups }) =>
    groups.reduce((best, group) => (cost(group) < cost(best) ? group : best)),
  );
  const from = new Int32Array(texts.length + 1);
  for (const pivot of pivots) for (const term of pivot) from[term + 1] = (from[term + 1] ?? 0) + 1;
  for (let term = 0; term < texts.length; term += 1) {
    from[term + 1] = (from[term + 1] ?? 0) + (from[term] ?? 0);
  }
  const watches = new Int32Array(from.at(-1) ?? 0);
  const free = from.slice();
  for (const [number, pivot] of pivots.entries()) {
    for (const term of pivot) {
      const at = free[term] ?? 0;
      watches[at] = number;
      free[term] = at + 1;
    }
  }
  return { from, watches };
}

function listHits(found: Int32Array, count: number, words: readonly string[]): Hits {
  const hits: Hits = [];
  for (let at = 0; at < count * 2; at += 2) {
    const word = found[at] as number;
    const end = found[at + 1] as number;
    hits.push(word, end - (words[word] ?? '').length, end);
  }
  return hits;
}

/** Adds a hit for each place that stands in no longer name. @returns the terms added */
function standingForThemselves(hits: Hits, guardOf: ReadonlyMap<number, Guard>): Set<number> {
  const places = new Set<string>();
  const count = hits.length;
  for (let at = 0; at < count; at += HIT) places.add(`${hits[at]}@${hits[at + 1]}`);
  const added = new Set<number>();
  for (let at = 0; at < count; at += HIT) {
    const [word = 0, start = 0, end = 0] = hits.slice(at, at + HIT);
    const guard = guardOf.get(word);
    if (!guard) continue;
    if (guard.longer.some((one) => places.has(`${one.word}@${start - one.offset}`))) continue;
    hits.push(guard.term, start, end);
    added.add(guard.term);
  }
  return added;
}

/** The match with its words and their places; undefined when they do not stand as the watch wants. */
function placeMatch(
  { watch, isPlain: asksNoMore, groups, matters }: Compiled,
  placed: HitsByTerm,
  terms: readonly string[],
  post: PostText,
): WatchMatch | undefined {
  const mine: { term: number; group: number; start: number; end: number }[] = [];
  for (const [group, list] of groups.entries()) {
    for (const term of list) {
      for (let at = placed.firstOf(term); at >= 0; at = placed.nextOf(at)) {
        const [start = 0, end = 0] = [placed.hits[at + 1], placed.hits[at + 2]];
        if (!watch.isTitleOnly || end <= post.titleLength) mine.push({ term, group, start, end });
      }
    }
  }
  if (!asksNoMore) {
    if (new Set(mine.map(({ group }) => group)).size < groups.length) return undefined;
    const shape = { groups: groups.length, matters };
    if (findApart(watch, post.normal, mine, shape)) return undefined;
  }
  const kept = new Map(mine.map((hit) => [`${terms[hit.term]}@${hit.start}`, hit]));
  return {
    watchId: watch.id,
    found: [...kept.values()]
      .sort((a, b) => a.start - b.start || a.end - b.end)
      .map(({ term, start, end }) => ({
        term: terms[term] ?? '',
        ...post.placeOf({ start, end }),
      })),
  };
}
