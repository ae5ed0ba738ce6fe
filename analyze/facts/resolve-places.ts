import { WordFinder } from '../text/word-finder.ts';
import { shortFormOf, type Division, type Gazetteer, type PlacesPack } from './gazetteer.ts';

/** Why a name stands for this place and no other of that name. */
export type PlaceReason = 'onlyOne' | 'named' | 'sourceRegion' | 'officeRegion';

/** A place that a text names, with where it stands in the text. */
export interface Place {
  /** 6 digits, 9 for a township. */
  readonly regionCode: string;
  readonly isPrimary: boolean;
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly reason: PlaceReason;
}

export interface Places {
  readonly places: readonly Place[];
  /** Names that could be several places, and nothing says which. */
  readonly unresolved: readonly {
    readonly words: string;
    readonly start: number;
    readonly candidates: readonly string[];
  }[];
}

/** What else is known of where a text comes from; 6-digit codes. */
export interface PlaceHints {
  readonly sourceRegion?: string | undefined;
  readonly officeRegions: readonly string[];
}

export type ResolvePlaces = (text: string, hints: PlaceHints) => Places;

interface Mention {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Division[];
  /** Written without its suffix. */
  readonly isShort: boolean;
  readonly isTrap: boolean;
}
type Resolved = Omit<Place, 'isPrimary' | 'regionCode'> & { readonly code: string };

/**
 * Builds the resolver of place names.
 *
 * The longest name counts. A name of several places is told apart by the places named with it, then by the
 * source's own region, then by the office's; a short form needs one of these or must be the only one.
 */
export function createPlaceResolver(gazetteer: Gazetteer, pack: PlacesPack): ResolvePlaces {
  const findMentions = createMentionFinder(gazetteer.divisions, pack);

  return (text, hints) => {
    const mentions = findMentions(text);
    const resolved: Resolved[] = [];
    const unresolved: Places['unresolved'][number][] = [];
    // What is certain first: it tells the others apart.
    const certain = new Map(
      mentions.flatMap((one) => (isCertain(one) ? [[one, one.candidates[0]]] : [])),
    );
    const anchors = [...certain].flatMap(([mention, division]) =>
      division ? [{ mention, code: division.code }] : [],
    );
    for (const mention of mentions) {
      const { start, end, candidates } = mention;
      const words = text.slice(start, end);
      const found = certain.has(mention)
        ? { code: candidates[0]?.code ?? '', reason: 'onlyOne' as const }
        : tellApart(mention, anchors, hints);
      if (found) {
        resolved.push({ ...found, words, start, end });
        anchors.push({ mention, code: found.code });
      } else if (!mention.isShort) {
        unresolved.push({ words, start, candidates: candidates.map(({ code }) => fullCode(code)) });
      }
    }
    resolved.push(...townshipsIn(text, resolved, hints, gazetteer));
    return { places: withPrimary(mostSpecific(resolved)), unresolved };
  };
}

function createMentionFinder(divisions: readonly Division[], pack: PlacesPack) {
  const byWord = new Map<string, { full: Division[]; short: Division[] }>();
  const enter = (word: string, kind: 'full' | 'short', division: Division): void => {
    const row = byWord.get(word) ?? { full: [], short: [] };
    row[kind].push(division);
    byWord.set(word, row);
  };
  for (const division of divisions) {
    enter(division.name, 'full', division);
    const short = shortFormOf(division.name, pack);
    if (short) enter(short, 'short', division);
  }
  const words = [...byWord.keys()];
  const finder = new WordFinder(words);
  const traps = new Set(pack.traps);

  return (text: string): Mention[] => {
    const found = finder.find(text).sort((a, b) => b.end - b.start - (a.end - a.start));
    const taken: { start: number; end: number }[] = [];
    const mentions: Mention[] = [];
    for (const { word, start, end } of found) {
      if (taken.some((one) => start < one.end && end > one.start)) continue;
      const name = words[word] ?? '';
      const { full, short } = byWord.get(name) ?? { full: [], short: [] };
      const isShort = full.length === 0;
      if (isShort && pack.notPlaceAfter.some((after) => text.startsWith(after, end))) continue;
      taken.push({ start, end });
      const candidates = isShort ? broadest(short) : full;
      mentions.push({ start, end, candidates, isShort, isTrap: isShort && traps.has(name) });
    }
    return mentions.sort((a, b) => a.start - b.start);
  };
}

/** 湘潭 is the city and not the county in it, 吉林 the province, 西安 no district far away. */
function broadest(divisions: readonly Division[]): Division[] {
  const digits = Math.min(...divisions.map(({ code }) => code.length));
  return divisions.filter(({ code }) => code.length === digits);
}

const isCertain = ({ candidates, isTrap }: Mention): boolean => candidates.length === 1 && !isTrap;

interface Anchor {
  readonly mention: Mention;
  readonly code: string;
}

function tellApart(
  mention: Mention,
  anchors: readonly Anchor[],
  hints: PlaceHints,
): { readonly code: string; readonly reason: PlaceReason } | undefined {
  const beside = anchors.filter((anchor) => anchor.mention.end === mention.start);
  const named = mention.isTrap ? beside : [...beside, ...anchors];
  const byName = onlyUnder(
    mention,
    named.map(({ code }) => code),
  );
  if (byName) return { code: byName, reason: 'named' };
  // A common word is a place only behind the name of a larger one.
  if (mention.isTrap) return undefined;
  const bySource = hints.sourceRegion && onlyUnder(mention, [shortCode(hints.sourceRegion)]);
  if (bySource) return { code: bySource, reason: 'sourceRegion' };
  const byOffice = onlyUnder(mention, hints.officeRegions.map(shortCode));
  return byOffice ? { code: byOffice, reason: 'officeRegion' } : undefined;
}

/** The one candidate that shares the narrowest division with any of the codes. */
function onlyUnder(mention: Mention, codes: readonly string[]): string | undefined {
  for (const digits of [6, 4, 2]) {
    const keys = new Set(
      codes.filter(({ length }) => length >= digits).map((one) => one.slice(0, digits)),
    );
    const under = mention.candidates.filter(
      ({ code }) => code.length >= digits && keys.has(code.slice(0, digits)),
    );
    if (under.length === 1) return under[0]?.code;
    if (under.length > 1) return undefined;
  }
  return undefined;
}

/** Townships are looked for only in the counties that are known to be meant. */
function townshipsIn(
  text: string,
  resolved: readonly Resolved[],
  hints: PlaceHints,
  gazetteer: Gazetteer,
): Resolved[] {
  const named = new Set(resolved.map(({ code }) => code).filter(({ length }) => length >= 4));
  const own = [...hints.officeRegions, ...(hints.sourceRegion ? [hints.sourceRegion] : [])];
  const known: (readonly [string, PlaceReason])[] = [
    ...[...named].map((code) => [code, 'named'] as const),
    ...own.map((code) => [shortCode(code), 'officeRegion'] as const),
  ];
  return known.flatMap(([code, reason]) =>
    gazetteer.townshipsOf(code.padEnd(6, '0')).flatMap((township) => {
      const start = text.indexOf(township.name);
      if (start < 0) return [];
      const end = start + township.name.length;
      return [{ code: township.code, words: township.name, start, end, reason }];
    }),
  );
}

/** A province or city stands aside where a place in it is named. */
function mostSpecific(resolved: readonly Resolved[]): Resolved[] {
  return resolved.filter(
    ({ code }) => !resolved.some((other) => other.code !== code && other.code.startsWith(code)),
  );
}

/** The place named most often is what the text is about; of several, the narrowest, then the first. */
function withPrimary(resolved: readonly Resolved[]): Place[] {
  const counts = new Map<string, number>();
  for (const { code } of resolved) counts.set(code, (counts.get(code) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const frequent = resolved.map(({ code }) => code).filter((code) => counts.get(code) === most);
  const primary = frequent.toSorted((a, b) => b.length - a.length)[0];
  const distinct = resolved.filter(
    ({ code }, at) => resolved.findIndex((other) => other.code === code) === at,
  );
  return distinct.map(({ code, ...place }) => ({
    ...place,
    regionCode: fullCode(code),
    isPrimary: code === primary,
  }));
}

const fullCode = (code: string): string => code.padEnd(6, '0');
const shortCode = (code: string): string => code.replace(/(?:00)+$/, '');
