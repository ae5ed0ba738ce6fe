import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintsOf, lettersOf } from '../../../analyze/copies/fingerprint.ts';

/** As the first version took them: plain to read, slow, and what the leads in the stores hold. */
function plainFingerprints(text: string, shingle: number, window: number): number[] {
  const units = text.replace(/[^\p{Letter}\p{Number}]/gu, '');
  const hashes: number[] = [];
  for (let start = 0; start + shingle <= units.length; start += 1) {
    let hash = 0x811c9dc5;
    for (let index = start; index < start + shingle; index += 1) {
      hash = Math.imul(hash ^ units.charCodeAt(index), 0x01000193);
    }
    hashes.push(hash >>> 0);
  }
  if (hashes.length === 0) return [];
  const kept = new Set<number>();
  for (let start = 0; start === 0 || start + window <= hashes.length; start += 1) {
    kept.add(Math.min(...hashes.slice(start, start + window)));
  }
  return [...kept].sort((a, b) => a - b);
}

test('fingerprints are those that stored leads hold, whatever the text', () => {
  const piece = constantFrom(
    '停水',
    '，',
    '江北区',
    '𠮷',
    '7',
    ' ',
    '😀',
    'é',
    '\ud842',
    '\udfb7',
    '通报',
  );
  assert(
    property(
      array(piece),
      string({ unit: 'grapheme' }),
      integer({ min: 2, max: 7 }),
      integer({ min: 1, max: 9 }),
      (pieces, more, shingle, window) => {
        const text = pieces.join('') + more;
        expect(fingerprintsOf(lettersOf(text), { shingle, window })).toEqual(
          plainFingerprints(text, shingle, window),
        );
      },
    ),
  );
});
