import { assert, array, constantFrom, integer, property, record, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import type { LeadProfile, Terms } from '../../../analyze/events/assign-event.ts';
import { EventIndex } from '../../../analyze/events/event-index.ts';
import { greatestAt } from '../../../analyze/events/greatest-at.ts';
import { groupingPack } from '../../support/packs.ts';

const AT = new Date('2026-03-02T04:00:00Z');
/** So few terms in an event that some are cut off. */
const rule = { ...groupingPack.events, eventTerms: 6 };

const profileOf = (terms: Terms): LeadProfile => ({
  terms,
  watchIds: ['water'],
  regionCodes: [],
  at: AT,
});

/** The plain form: terms by name in a map. */
class PlainSums {
  readonly #sums = new Map<string, Map<string, number>>();

  addLead(eventId: string, terms: Terms): void {
    const sum = new Map(this.#sums.get(eventId));
    for (const [term, weight] of terms) sum.set(term, (sum.get(term) ?? 0) + weight);
    const sorted = [...sum].sort(([, a], [, b]) => b - a);
    this.#sums.set(
      eventId,
      sum.size <= rule.eventTerms ? sum : new Map(sorted.slice(0, rule.eventTerms)),
    );
  }

  delete(eventId: string): void {
    this.#sums.delete(eventId);
  }

  termsOf(eventId: string): Terms {
    return [...(this.#sums.get(eventId) ?? [])].sort(([, a], [, b]) => b - a);
  }

  cosine(terms: Terms, eventId: string): number {
    const sum = this.#sums.get(eventId) ?? new Map<string, number>();
    const product = terms.reduce((all, [term, weight]) => all + weight * (sum.get(term) ?? 0), 0);
    return product / (Math.hypot(...sum.values()) || 1);
  }

  coverage(terms: Terms, eventId: string): number {
    const known = terms.filter(([term]) => this.#sums.get(eventId)?.has(term));
    return known.reduce((all, [, weight]) => all + weight ** 2, 0);
  }
}

const VOCABULARY = Array.from('停水断电火灾积水塌陷漏堵路拒载');
// Whole weights, so that sums are exact and equal ones are many.
const someTerms = uniqueArray(
  record({ term: constantFrom(...VOCABULARY), weight: integer({ min: 1, max: 4 }) }),
  { selector: ({ term }) => term, minLength: 1, maxLength: 8 },
).map((terms): Terms => terms.map(({ term, weight }) => [term, weight]));
const steps = array(
  record({
    eventId: constantFrom('a', 'b', 'c'),
    terms: someTerms,
    does: constantFrom('add', 'add', 'add', 'forget'),
  }),
  { maxLength: 25 },
);

test('terms as numbers say what terms by name say, also when events are forgotten', () => {
  assert(
    property(steps, someTerms, (history, asked) => {
      const index = new EventIndex(rule);
      const plain = new PlainSums();
      for (const { eventId, terms, does } of history) {
        if (does === 'add') {
          index.addLead(eventId, profileOf(terms));
          plain.addLead(eventId, terms);
        } else {
          index.delete(eventId);
          plain.delete(eventId);
        }
      }
      for (const { id } of index.profiles()) {
        expect(index.termsOf(id)).toEqual(plain.termsOf(id));
        const [found] = index.candidate(profileOf(asked), id);
        expect(found?.words.cosine).toBeCloseTo(plain.cosine(asked, id), 9);
        expect(found?.words.coverage).toBe(plain.coverage(asked, id));
      }
    }),
  );
});

test('among few events every one that shares a term is a candidate, and no other', () => {
  assert(
    property(steps, someTerms, (history, asked) => {
      const index = new EventIndex(rule);
      const plain = new PlainSums();
      for (const { eventId, terms, does } of history) {
        if (does === 'add') {
          index.addLead(eventId, profileOf(terms));
          plain.addLead(eventId, terms);
        } else {
          index.delete(eventId);
          plain.delete(eventId);
        }
        // What an earlier look-up met leaves no trace.
        index.candidatesFor(profileOf(asked));
      }
      const sharing = index
        .profiles()
        .flatMap(({ id }) => (plain.cosine(asked, id) > 0 ? [id] : []));
      const found = index.candidatesFor(profileOf(asked)).map(({ event }) => event.id);
      expect(found.toSorted()).toEqual(sharing.toSorted());
    }),
  );
});

test('the greatest of a list are those that sorting puts first', () => {
  assert(
    property(array(integer({ min: 0, max: 9 })), integer({ min: 1, max: 12 }), (values, most) => {
      const sorted = values.map((_, at) => at).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
      expect(greatestAt(values, most)).toEqual(sorted.slice(0, most));
    }),
  );
});
