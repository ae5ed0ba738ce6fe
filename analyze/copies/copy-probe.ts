import type { GroupingPack } from '../events/grouping-pack.ts';
import { canonicalUrl } from './canonical-url.ts';
import { fingerprintsOf, hashOf, lettersOf } from './fingerprint.ts';
import { createDetailReader } from './read-details.ts';

/** A text as copies are looked for. */
export interface CopyProbe {
  readonly fingerprints: readonly number[];
  /** Dates, clock times, figures and places that it names. */
  readonly numbers: readonly string[];
  /** Hash of its letters and digits: equal for the same text. */
  readonly textHash: number;
  /** Hash of the canonical address; absent when it has none. */
  readonly urlHash?: number;
  /** Letters and digits of a text too short for fingerprints. */
  readonly shortText?: string;
}

export type CopyProbeReader = (text: string, url?: string) => CopyProbe;

/** Builds a reader of normalised texts. */
export function createCopyProbeReader(rule: GroupingPack['copies']): CopyProbeReader {
  const readDetails = createDetailReader(rule.details);
  return (text, url) => {
    const units = lettersOf(text);
    const address = url === undefined ? undefined : canonicalUrl(url, rule.address);
    return {
      fingerprints: fingerprintsOf(units, rule),
      numbers: readDetails(text),
      textHash: wholeHashOf(units),
      ...(address !== undefined && { urlHash: wholeHashOf(unitsOf(address)) }),
      ...(units.length < rule.shortCharacters && { shortText: String.fromCharCode(...units) }),
    };
  };
}

const unitsOf = (text: string): Uint16Array =>
  Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));

/** 53 bits, so that among millions of texts no two meet by chance, and still a number that JSON keeps. */
function wholeHashOf(units: Uint16Array): number {
  const high = hashOf(units, 0, units.length);
  const low = hashOf(units, 0, units.length, 0x9747b28c);
  return (high & 0x1fffff) * 0x100000000 + low;
}

/** Pairs of neighbouring characters, as hashes; how texts too short for fingerprints are compared. */
export function pairsOf(shortText: string): number[] {
  const pairs = new Set<number>();
  for (let at = 0; at + 1 < shortText.length; at += 1) {
    const pair = (shortText.charCodeAt(at) << 16) | shortText.charCodeAt(at + 1);
    // Mixed, so that the smallest ones are any pairs and not those of rare characters.
    pairs.add(Math.imul(pair ^ (pair >>> 15), 0x2c1b3c6d) >>> 0);
  }
  return [...pairs].sort((a, b) => a - b);
}
