import type { FuzzTarget } from './targets.ts';

const held: Uint8Array[] = [];
/** Of two hundred inputs two or three: what a run must find is seldom. */
const isBad = (seed: number): boolean => seed % 80 === 0;

/** Parsers with a fault planted in each. A run that does not catch every one of them has proved nothing. */
export const FUZZ_CONTROLS: Readonly<Record<string, FuzzTarget>> = {
  throws: {
    ofMillion: 0,
    take: (seed) => {
      if (isBad(seed)) throw new TypeError('planted');
    },
  },
  slow: {
    ofMillion: 0,
    // Quadratic in the letters of a text without a mail address in it, as our own mask once was.
    take: (seed) => /[a-z]+@/.test('a'.repeat(isBad(seed) ? 60_000 : 100)),
  },
  hangs: {
    ofMillion: 0,
    take: (seed) => {
      while (isBad(seed));
    },
  },
  grows: {
    ofMillion: 0,
    take: () => held.push(new Uint8Array(20_000_000).fill(1)),
  },
};
