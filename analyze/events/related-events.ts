import type { GroupingPack } from './grouping-pack.ts';
import type { OpinionEvent } from './opinion-event.ts';
import { similarityOf, type EventOutline } from './repair-events.ts';

type Grouping = Pick<GroupingPack, 'events' | 'regrouping'>;
type Earlier = EventOutline & Pick<OpinionEvent, 'mergedInto' | 'firstPublicAt'>;

export interface RelatedEvent<Event> {
  readonly event: Event;
  /** 0 to about 1; the same as in grouping, but for how long ago it was. */
  readonly similarity: number;
  /** The words both have, the heaviest first: why it was found. */
  readonly words: readonly string[];
}

/**
 * Earlier events most like this one, however long ago: closed, archived and merged ones too, but none that went into
 * this very event. Most alike first.
 */
export function relatedEvents<Event extends Earlier>(
  event: Earlier,
  others: readonly Event[],
  grouping: Grouping,
): RelatedEvent<Event>[] {
  const { leastSimilarity, most, words } = grouping.regrouping.related;
  return others
    .filter((other) => other.id !== event.id && other.mergedInto !== event.id)
    .filter((other) => other.firstPublicAt <= event.firstPublicAt)
    .map((other) => ({
      event: other,
      similarity: similarityOf(event, { ...other, lastPostAt: event.lastPostAt }, grouping),
      words: sharedWords(event, other).slice(0, words),
    }))
    .filter(({ similarity, words: shared }) => similarity >= leastSimilarity && shared.length > 0)
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, most);
}

/** Single characters carry likeness, and tell a reader nothing. */
function sharedWords(a: Pick<OpinionEvent, 'topTerms'>, b: Pick<OpinionEvent, 'topTerms'>) {
  const theirs = new Map(b.topTerms);
  return a.topTerms
    .filter(([term]) => term.length > 1 && theirs.has(term))
    .map(([term, weight]) => [term, weight * (theirs.get(term) ?? 0)] as const)
    .toSorted(([, one], [, two]) => two - one)
    .map(([term]) => term);
}

/** Sentences of a text in which something was promised, as the words of the pack know a promise. */
export function promisesIn(text: string, words: readonly string[]): string[] {
  return text
    .split(/(?<=[。！？；\n])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => words.some((word) => sentence.includes(word)));
}
