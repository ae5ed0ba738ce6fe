import { greatestAt } from '../events/greatest-at.ts';
import type { GroupingPack } from '../events/grouping-pack.ts';
import { compareCopies, type CopyDecision, type KnownText } from './compare-copies.ts';
import { pairsOf, type CopyProbe } from './copy-probe.ts';
import { Postings } from './postings.ts';

/** A text in the window: what a lead says of its original. */
export interface IndexedText extends KnownText {
  readonly id: string;
  readonly sourceId: string;
  readonly firstSeenAt: Date;
  /** The lead it is a new bulletin of; such texts make no boilerplate. */
  readonly updateOf?: string | undefined;
}

export interface FoundCopy {
  readonly id: string;
  readonly decision: Exclude<CopyDecision, { relation: 'none' }>;
}

/** Short texts are looked up by their smallest pairs of characters; apart from all fingerprints by this. */
const PAIR_MARK = 0x5bd1e995;
const PAIRS_LOOKED_UP = 4;
/** Notes of a text: how often the look-up at hand met it, 0 between look-ups; its fingerprints; its source, numbered. */
const [WIDTH, MET, SIZE, SOURCE] = [3, 0, 1, 2];
/** Of a text that counts for no source, and of a source that no text is from: they never meet. */
const [NO_SOURCE, UNKNOWN_SOURCE] = [-1, -2];

/** Finds the text that a new one repeats, among those of a window. */
export class CopyIndex {
  readonly #rule: GroupingPack['copies'];
  readonly #texts: (IndexedText | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  readonly #slots = new Map<string, number>();
  readonly #byHash = new Map<number, number>();
  readonly #byAddress = new Map<number, number>();
  readonly #postings: Postings;
  /** Slots that hold the fingerprint at hand. */
  readonly #holding: Int32Array;
  /** What a look-up asks of each text it meets, side by side: a look at the texts would cost more than all the rest. */
  #notes = new Int32Array(WIDTH << 10);
  readonly #sourceNumbers = new Map<string, number>();

  constructor(rule: GroupingPack['copies']) {
    this.#rule = rule;
    this.#postings = new Postings(rule.mostCarriers);
    this.#holding = new Int32Array(rule.mostCarriers);
  }

  add(text: IndexedText): void {
    if (this.#slots.has(text.id)) return;
    const slot = this.#freeSlots.pop() ?? this.#texts.length;
    this.#texts[slot] = text;
    this.#slots.set(text.id, slot);
    const source = text.updateOf === undefined ? this.#numberOf(text.sourceId) : NO_SOURCE;
    this.#note(slot, text.fingerprints.length, source);
    for (const key of this.#keysOf(text)) this.#postings.add(key, slot);
    const { textHash, urlHash } = text;
    if (textHash !== undefined && !this.#byHash.has(textHash)) this.#byHash.set(textHash, slot);
    if (urlHash !== undefined) this.#byAddress.set(urlHash, slot);
  }

  /** The text that is the same as a new one of a source, or the one it is a new bulletin of. */
  find(probe: CopyProbe, sourceId = ''): FoundCopy | undefined {
    const same = this.#texts[this.#byHash.get(probe.textHash) ?? -1];
    if (same) return { id: same.id, decision: { relation: 'copy', reason: 'sameText', share: 1 } };

    const { candidates, dropped } = this.#candidates(probe, sourceId);
    let update: FoundCopy | undefined;
    for (const slot of candidates) {
      const text = this.#texts[slot];
      if (!text) continue;
      const decision = compareCopies(probe, text, this.#rule, dropped);
      if (decision.relation === 'none') continue;
      if (decision.relation !== 'update') return { id: text.id, decision };
      update ??= { id: text.id, decision };
    }
    return update;
  }

  /** Forgets texts first seen before a moment. */
  forgetBefore(at: Date): void {
    for (const [slot, text] of this.#texts.entries()) {
      if (!text || text.firstSeenAt >= at) continue;
      for (const key of this.#keysOf(text)) this.#postings.remove(key, slot);
      for (const [hash, map] of [
        [text.textHash, this.#byHash],
        [text.urlHash, this.#byAddress],
      ] as const) {
        if (hash !== undefined && map.get(hash) === slot) map.delete(hash);
      }
      this.#slots.delete(text.id);
      this.#texts[slot] = undefined;
      this.#freeSlots.push(slot);
    }
  }

  /** Texts that may be the same, most shared first, and what of the new text is its source's boilerplate. */
  #candidates(
    probe: CopyProbe,
    sourceId: string,
  ): { readonly candidates: number[]; readonly dropped: number[] } {
    const notes = this.#notes;
    const slots: number[] = [];
    const dropped: number[] = [];
    const source = this.#sourceNumbers.get(sourceId) ?? UNKNOWN_SOURCE;
    const meet = (slot: number): void => {
      const at = slot * WIDTH + MET;
      if (notes[at] === 0) slots.push(slot);
      notes[at] = (notes[at] ?? 0) + 1;
    };
    this.#postings.touch(probe.fingerprints);
    for (const fingerprint of probe.fingerprints) {
      const holding = this.#postings.read(fingerprint, this.#holding);
      if (this.#isBoilerplate(holding, source)) dropped.push(fingerprint);
      else for (let nth = 0; nth < holding; nth += 1) meet(this.#holding[nth] ?? 0);
    }
    for (const pair of pairKeysOf(probe)) {
      const holding = this.#postings.read(pair, this.#holding);
      for (let nth = 0; nth < holding; nth += 1) meet(this.#holding[nth] ?? 0);
    }
    const atAddress = probe.urlHash === undefined ? undefined : this.#byAddress.get(probe.urlHash);
    if (atAddress !== undefined) meet(atAddress);

    const { leastContainment, sampleAboveFingerprints, mostCandidates } = this.#rule;
    const worthLooking = (slot: number, shared: number): boolean => {
      if (slot === atAddress || probe.shortText !== undefined) return true;
      const size = notes[slot * WIDTH + SIZE] ?? 0;
      const smaller = Math.min(size, probe.fingerprints.length);
      // Of a sampled text about half the shared ones were met; by chance it may be a quarter.
      const least = size > sampleAboveFingerprints ? 0.25 : 1;
      return shared >= least * leastContainment * (smaller - dropped.length);
    };
    const worth: number[] = [];
    const shares: number[] = [];
    for (const slot of slots) {
      const shared = notes[slot * WIDTH + MET] ?? 0;
      notes[slot * WIDTH + MET] = 0;
      if (!worthLooking(slot, shared)) continue;
      worth.push(slot);
      shares.push(shared);
    }
    const candidates = greatestAt(shares, mostCandidates).map((at) => worth[at] ?? 0);
    return { candidates, dropped };
  }

  /** What several different texts of one source carry says whose they are, not what they say. */
  #isBoilerplate(holding: number, source: number): boolean {
    if (holding < this.#rule.boilerplateTexts) return false;
    let carrying = 0;
    for (let nth = 0; nth < holding; nth += 1) {
      if (this.#notes[(this.#holding[nth] ?? 0) * WIDTH + SOURCE] === source) carrying += 1;
    }
    return carrying >= this.#rule.boilerplateTexts;
  }

  #numberOf(sourceId: string): number {
    const number = this.#sourceNumbers.get(sourceId) ?? this.#sourceNumbers.size;
    this.#sourceNumbers.set(sourceId, number);
    return number;
  }

  #note(slot: number, size: number, source: number): void {
    const at = slot * WIDTH;
    if (at === this.#notes.length) {
      const notes = new Int32Array(2 * at);
      notes.set(this.#notes);
      this.#notes = notes;
    }
    this.#notes[at + SIZE] = size;
    this.#notes[at + SOURCE] = source;
  }

  /** Of a long text every second fingerprint is enough to find it; of a short one each is needed. */
  #keysOf(text: KnownText): readonly number[] {
    const { fingerprints } = text;
    const isLong = fingerprints.length > this.#rule.sampleAboveFingerprints;
    const kept = isLong ? fingerprints.filter((one) => one % 2 === 0) : fingerprints;
    return text.shortText === undefined ? kept : [...kept, ...pairKeysOf(text)];
  }
}

function pairKeysOf({ shortText }: KnownText): number[] {
  if (shortText === undefined) return [];
  return pairsOf(shortText)
    .slice(0, PAIRS_LOOKED_UP)
    .map((pair) => (pair ^ PAIR_MARK) >>> 0);
}
