import type { Region } from '../facts/region.ts';
import { normaliseText } from '../text/normalise-text.ts';
import type { PostText } from '../text/post-text.ts';
import { findLongerPlaces, type LongerPlace } from './longer-places.ts';
import { GROUPS, type FoundTerm, type Watch, type WatchGroup } from './watch.ts';
import { findApart, type Apart, type GroupHit } from './where-words-meet.ts';

/** Whether a post meets a watch, and if not, what stood in the way. */
export type WatchVerdict =
  | { readonly isMet: true; readonly found: readonly FoundTerm[] }
  | {
      readonly isMet: false;
      readonly reason: 'noWords' | 'missing' | 'insideLongerPlace' | 'excluded' | Apart['reason'];
      /** In words, for a person. */
      readonly sentence: string;
      /** The words of the watch that are there all the same. */
      readonly found: readonly FoundTerm[];
    };

const NAMES: Readonly<Record<WatchGroup, string>> = {
  places: '地点词',
  subjects: '主体词',
  matters: '事项词',
};

interface Hit extends GroupHit {
  readonly term: string;
}

/**
 * Reads one watch against one post by its definition, word by word, and says why not when not. What
 * `compileWatches` meets, this calls met, and nothing else.
 */
export function explainWatch(
  watch: Watch,
  post: PostText,
  regions: readonly Region[] = [],
  /** The place words of all watches: a longer one of another watch takes a place from this one. */
  placesOfAll: readonly string[] = watch.places,
): WatchVerdict {
  const text = post.normal;
  const longer = findLongerPlaces([...watch.places, ...placesOfAll].map(normaliseText), regions);
  const until = watch.isTitleOnly ? post.titleLength : text.length;
  const groups = GROUPS.filter((group) => watch[group].some((word) => normaliseText(word) !== ''));
  const inside: string[] = [];
  const hits = groups.flatMap((name, group) =>
    distinctWords(watch[name]).flatMap((term) =>
      startsOf(term, text)
        .map((start): Hit => ({ term, group, start, end: start + term.length }))
        .filter(({ end }) => end <= until)
        .filter((hit) => {
          const around = name === 'places' ? nameAround(hit, longer.get(term), text) : undefined;
          if (around) inside.push(`“${term}”在更长的地名“${around}”里`);
          return !around;
        }),
    ),
  );
  const found = [...new Map(hits.map((hit) => [`${hit.term}@${hit.start}`, hit])).values()]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ term, start, end }) => ({ term, ...post.placeOf({ start, end }) }));
  const miss = (reason: (WatchVerdict & { isMet: false })['reason'], sentence: string) =>
    ({ isMet: false, reason, sentence, found }) as const;

  if (groups.length === 0) return miss('noWords', '方案没有写任何词');
  const missing = groups.filter((_, nth) => !hits.some(({ group }) => group === nth));
  if (missing.length === 1 && missing[0] === 'places' && inside.length > 0) {
    return miss('insideLongerPlace', [...new Set(inside)].join('，'));
  }
  if (missing.length > 0) {
    const where = watch.isTitleOnly ? '标题里' : '';
    return miss('missing', `${where}缺${missing.map((group) => NAMES[group]).join('、')}`);
  }
  const excluding = distinctWords(watch.exclude).find((word) => text.includes(word));
  if (excluding !== undefined) return miss('excluded', `被排除词“${excluding}”排除`);
  const matters = groups.indexOf('matters');
  const shape = { groups: groups.length, matters: matters < 0 ? undefined : matters };
  const apart = findApart(watch, text, hits, shape);
  return apart ? miss(apart.reason, inWords(apart)) : { isMet: true, found };
}

function inWords(apart: Apart): string {
  if (apart.reason === 'tooFew') {
    return `事项词只出现 ${apart.count} 次，不足 ${apart.least} 次`;
  }
  return apart.reason === 'tooFar' ? `相距超过 ${apart.characters} 字` : '各组的词不在同一句话里';
}

const distinctWords = (words: readonly string[]): string[] =>
  [...new Set(words.map(normaliseText))].filter((word) => word !== '');

function startsOf(word: string, text: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) starts.push(at);
  return starts;
}

const nameAround = (
  { start }: Hit,
  longer: readonly LongerPlace[] = [],
  text: string,
): string | undefined =>
  longer.find(({ name, offset }) => offset <= start && text.startsWith(name, start - offset))?.name;
