import type { GroupingPack } from '../events/grouping-pack.ts';
import { pairsOf, type CopyProbe } from './copy-probe.ts';
import { sharedCount } from './fingerprint.ts';

/**
 * How a text stands to an earlier one: the whole of it (转载), a part of it (摘录), it among other text (汇编), or
 * a new bulletin on its template (更新), which is no copy.
 */
export type CopyRelation = 'copy' | 'excerpt' | 'compilation' | 'update';

export type CopyDecision =
  | {
      readonly relation: CopyRelation;
      readonly reason: 'sameText' | 'sameAddress' | 'sameShortText' | 'shared';
      /** Share of the smaller text that the other one holds, 0 to 1. */
      readonly share: number;
    }
  | { readonly relation: 'none'; readonly reason: 'tooLittleShared'; readonly share: number };

/** A text that was read before; one read by an older version has no hash of the whole. */
export type KnownText = Omit<CopyProbe, 'textHash'> & { readonly textHash?: number };

/**
 * Decides how a new text stands to one that is known.
 *
 * @param dropped fingerprints of the new text that its source puts under everything; sorted
 */
export function compareCopies(
  probe: CopyProbe,
  known: KnownText,
  rule: GroupingPack['copies'],
  dropped: readonly number[] = [],
): CopyDecision {
  if (probe.textHash === known.textHash) return { relation: 'copy', reason: 'sameText', share: 1 };
  if (probe.shortText !== undefined && known.shortText !== undefined) {
    return compareShort(probe.shortText, known.shortText, probe, known, rule);
  }
  const own = probe.fingerprints.length - dropped.length;
  const theirs = known.fingerprints.length - sharedCount(dropped, known.fingerprints);
  const shared =
    sharedCount(probe.fingerprints, known.fingerprints) - sharedCount(dropped, known.fingerprints);
  const smaller = Math.min(own, theirs);
  const share = smaller <= 0 ? 0 : shared / smaller;
  const isSameAddress = probe.urlHash !== undefined && probe.urlHash === known.urlHash;
  // An address alone proves nothing: a live page carries one text after another.
  const least = isSameAddress ? rule.leastOfSameAddress : rule.leastContainment;
  if (share < least || shared < rule.leastShared) {
    return { relation: 'none', reason: 'tooLittleShared', share };
  }
  return {
    relation: relationOf(probe, known, { own, theirs }, rule),
    reason: isSameAddress ? 'sameAddress' : 'shared',
    share,
  };
}

function relationOf(
  probe: CopyProbe,
  known: KnownText,
  sizes: { readonly own: number; readonly theirs: number },
  rule: GroupingPack['copies'],
): CopyRelation {
  const isPart = sizes.own <= sizes.theirs;
  const changed = isPart ? changedDetails(probe, known) : changedDetails(known, probe);
  if (changed > rule.mostDetailsChanged) return 'update';
  const { own, theirs } = sizes;
  if (Math.min(own, theirs) >= rule.wholeRatio * Math.max(own, theirs)) return 'copy';
  return isPart ? 'excerpt' : 'compilation';
}

/**
 * Share of one text's details in whose stead the other one has others of their kind: of its figures, dates and
 * times, or of these and its places, whichever is more; 0 when it has none. What is merely left out or garbled is
 * not changed.
 */
function changedDetails(
  part: Pick<KnownText, 'numbers' | 'textHash'>,
  whole: Pick<KnownText, 'numbers' | 'textHash'>,
): number {
  // An older version wrote down bare figures only: both are compared by these.
  const isOld = part.textHash === undefined || whole.textHash === undefined;
  const of = ({ numbers }: Pick<KnownText, 'numbers'>): readonly string[] =>
    isOld ? numbers.flatMap((one) => one.match(/\d+(?:\.\d+)?/g) ?? []) : numbers;
  const [a, b] = [of(part), of(whole)];
  const onlyA = countByKind(a, new Set(b));
  const onlyB = countByKind(b, new Set(a));
  const all = countByKind(a, new Set());
  const changed = all.map((_, kind) => Math.min(onlyA[kind] ?? 0, onlyB[kind] ?? 0));
  const places = [changed.pop() ?? 0, all.pop() ?? 0] as const;
  const figures = [sum(changed), sum(all)] as const;
  // A bulletin has figures or a date; places alone change by a slip of the pen.
  if (figures[0] === 0) return 0;
  const ratio = (some: number, of: number): number => (of === 0 ? 0 : some / of);
  return Math.max(ratio(...figures), ratio(figures[0] + places[0], figures[1] + places[1]));
}

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);

/** Dates, clock times, figures, places, in this order; those that are held elsewhere left out. */
function countByKind(details: readonly string[], held: ReadonlySet<string>): number[] {
  const counts = [0, 0, 0, 0];
  for (const detail of details) {
    if (held.has(detail)) continue;
    const kind = detail.includes('月') ? 0 : /[时点:]/.test(detail) ? 1 : /\d/.test(detail) ? 2 : 3;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Texts under some 25 characters have next to no fingerprints: pairs of characters tell, and every figure. */
function compareShort(
  a: string,
  b: string,
  probe: CopyProbe,
  known: KnownText,
  rule: GroupingPack['copies'],
): CopyDecision {
  const [ofA, ofB] = [pairsOf(a), pairsOf(b)];
  const shared = sharedCount(ofA, ofB);
  const smaller = Math.min(ofA.length, ofB.length);
  const share = smaller === 0 ? 0 : shared / smaller;
  const jaccard = shared === 0 ? 0 : shared / (ofA.length + ofB.length - shared);
  if (jaccard < rule.leastJaccard) return { relation: 'none', reason: 'tooLittleShared', share };
  const isUpdate = changedDetails(probe, known) > rule.mostDetailsChanged;
  return { relation: isUpdate ? 'update' : 'copy', reason: 'sameShortText', share };
}
