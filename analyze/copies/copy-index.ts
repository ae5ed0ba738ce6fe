import { containment, fingerprintsOf } from './fingerprint.ts';
import type { GroupingPack } from '../events/grouping-pack.ts';
import type { Lead } from '../events/lead.ts';

/** A text as copies are looked for. */
export interface CopyProbe {
  readonly fingerprints: readonly number[];
  readonly numbers: readonly string[];
}

export function toCopyProbe(text: string, rule: GroupingPack['copies']): CopyProbe {
  return {
    fingerprints: fingerprintsOf(text, rule),
    numbers: [...new Set(text.match(/\d+(?:\.\d+)?/g) ?? [])],
  };
}

/** Whether a new text is the same text again, or a new bulletin on an old template. */
export function isCopy(
  probe: CopyProbe,
  original: CopyProbe,
  rule: GroupingPack['copies'],
): boolean {
  const { ratio, shared } = containment(probe.fingerprints, original.fingerprints);
  // Very short texts have few fingerprints: they must agree in all of them.
  const smaller = Math.min(probe.fingerprints.length, original.fingerprints.length);
  if (smaller < rule.leastShared) return smaller > 0 && ratio === 1 && sameSize(probe, original);
  if (ratio < rule.leastContainment || shared < rule.leastShared) return false;
  return changedNumbers(probe.numbers, original.numbers) <= rule.mostNumbersChanged;
}

const sameSize = (a: CopyProbe, b: CopyProbe): boolean =>
  a.fingerprints.length === b.fingerprints.length;

/** Share of the smaller set of figures that the other text does not have; 0 when one has none. */
function changedNumbers(a: readonly string[], b: readonly string[]): number {
  const [smaller, larger] = a.length <= b.length ? [a, b] : [b, a];
  if (smaller.length === 0) return 0;
  const held = new Set(larger);
  return smaller.filter((number) => !held.has(number)).length / smaller.length;
}

/** Finds the lead whose text a new post repeats, among the leads of a window. */
export class CopyIndex {
  readonly #rule: GroupingPack['copies'];
  readonly #leads = new Map<string, Lead>();
  readonly #byFingerprint = new Map<number, Set<string>>();

  constructor(rule: GroupingPack['copies']) {
    this.#rule = rule;
  }

  add(lead: Lead): void {
    this.#leads.set(lead.id, lead);
    for (const fingerprint of lead.fingerprints) {
      const ids = this.#byFingerprint.get(fingerprint) ?? new Set();
      this.#byFingerprint.set(fingerprint, ids.add(lead.id));
    }
  }

  /** The lead that shares most with the text, when it is the same text. */
  find(probe: CopyProbe): string | undefined {
    const shared = new Map<string, number>();
    for (const fingerprint of probe.fingerprints) {
      for (const id of this.#byFingerprint.get(fingerprint) ?? []) {
        shared.set(id, (shared.get(id) ?? 0) + 1);
      }
    }
    // Most texts share a phrase with many others: only where enough is shared is it worth a closer look.
    const enough = (id: string, count: number): boolean => {
      const held = this.#leads.get(id)?.fingerprints.length ?? 0;
      return count >= this.#rule.leastContainment * Math.min(held, probe.fingerprints.length);
    };
    return [...shared]
      .filter(([id, count]) => enough(id, count))
      .sort(([, a], [, b]) => b - a)
      .map(([id]) => id)
      .find((id) => {
        const lead = this.#leads.get(id);
        return lead !== undefined && isCopy(probe, lead, this.#rule);
      });
  }

  /** Forgets leads first seen before a moment. */
  forgetBefore(at: Date): void {
    for (const lead of this.#leads.values()) {
      if (lead.firstSeenAt >= at) continue;
      this.#leads.delete(lead.id);
      for (const fingerprint of lead.fingerprints) {
        const ids = this.#byFingerprint.get(fingerprint);
        ids?.delete(lead.id);
        if (ids?.size === 0) this.#byFingerprint.delete(fingerprint);
      }
    }
  }
}
