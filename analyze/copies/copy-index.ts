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
  /** How often each text was met in the look-up at hand; zero between look-ups. */
  #met = new Uint16Array(1024);
  /** Fingerprints of each text: at hand, for a look at every text met would cost more than all the rest. */
  #sizes = new Uint16Array(1024);
  /** The source of each text as a number, at hand for the same reason; none for new bulletins. */
  #sources = new Int32Array(1024);
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
    if (slot >= this.#met.length) this.#grow();
    this.#sizes[slot] = Math.min(text.fingerprints.length, 0xffff);
    this.#sources[slot] = text.updateOf === undefined ? this.#numberOf(text.sourceId) : NO_SOURCE;
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
    const met = this.#met;
    const slots: number[] = [];
    const dropped: number[] = [];
    const source = this.#sourceNumbers.get(sourceId) ?? UNKNOWN_SOURCE;
    const meet = (slot: number): void => {
      if (met[slot] === 0) slots.push(slot);
      met[slot] = (met[slot] ?? 0) + 1;
    };
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

    const worthLooking = (slot: number): boolean => {
      if (slot === atAddress || probe.shortText !== undefined) return true;
      const size = this.#sizes[slot] ?? 0;
      const smaller = Math.min(size, probe.fingerprints.length);
      // Of a sampled text about half the shared ones were met; by chance it may be a quarter.
      const least = size > this.#rule.sampleAboveFingerprints ? 0.25 : 1;
      return (met[slot] ?? 0) >= least * this.#rule.leastContainment * (smaller - dropped.length);
    };
    const candidates = slots
      .filter(worthLooking)
      .sort((a, b) => (met[b] ?? 0) - (met[a] ?? 0))
      .slice(0, this.#rule.mostCandidates);
    for (const slot of slots) met[slot] = 0;
    return { candidates, dropped };
  }

  /** What several different texts of one source carry says whose they are, not what they say. */
  #isBoilerplate(holding: number, source: number): boolean {
    if (holding < this.#rule.boilerplateTexts) return false;
    let carrying = 0;
    for (let nth = 0; nth < holding; nth += 1) {
      if (this.#sources[this.#holding[nth] ?? 0] === source) carrying += 1;
    }
    return carrying >= this.#rule.boilerplateTexts;
  }

  #numberOf(sourceId: string): number {
    const number = this.#sourceNumbers.get(sourceId) ?? this.#sourceNumbers.size;
    this.#sourceNumbers.set(sourceId, number);
    return number;
  }

  #grow(): void {
    const [sizes, sources] = [this.#sizes, this.#sources];
    this.#met = new Uint16Array(2 * sizes.length);
    this.#sizes = new Uint16Array(2 * sizes.length);
    this.#sizes.set(sizes);
    this.#sources = new Int32Array(2 * sources.length);
    this.#sources.set(sources);
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
