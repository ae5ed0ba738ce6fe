import { commonRatio } from './common-characters.ts';

/** How a page says which encoding it has, in the order in which it is believed. */
const DECLARED = /(?:<\?xml[^>]*\bencoding|<meta[^>]*\bcharset)\s*=\s*["']?\s*([\w-]+)/i;
/** gb2312 and gbk pages hold characters of the larger set more often than not. */
const AS_GB18030 = new Set(['gb2312', 'gbk', 'gb18030']);
const HEAD_BYTES = 4_096;
const PATTERN_BYTES = 512;
/** Of everyday Chinese three characters in four are common; of Chinese read wrongly one in twenty. */
const LEAST_COMMON_RATIO = 0.2;
const SCORED_CHARACTERS = 20_000;
/** A few broken characters spoil a text less than its loss would. */
const MOST_BROKEN_RATIO = 0.02;

export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: string }
  | { readonly kind: 'undecodable'; readonly reason: string };

interface Reading {
  readonly text: string;
  readonly encoding: string;
}

/**
 * Bytes as text: by BOM, then header, then declaration, then strict UTF-8, then gb18030 or big5, whichever gives
 * everyday Chinese; at last with a few broken characters. A name that does not fit the bytes is not believed.
 * A character cut in half at the end is dropped. Never throws.
 */
export function decodeText(bytes: Uint8Array, contentType: string): Decoded {
  const wide = wideEncodingOf(bytes);
  if (wide === 'utf-32') return { kind: 'undecodable', reason: '用的是 UTF-32，不支持' };
  const header = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(contentType)?.[1];
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const declared = DECLARED.exec(head)?.[1];
  const named = [header, declared].flatMap((name) => encodingOf(name));
  const reading =
    (wide && (strictly(bytes, wide) ?? loosely(bytes, [wide]))) ??
    byName(bytes, named.filter(isTelling)) ??
    byScore(bytes) ??
    strictlyFirst(bytes, named) ??
    loosely(bytes, [...named, 'utf-8', 'gb18030', 'big5']);
  if (reading && reading.text !== '') return { kind: 'text', ...reading };
  return { kind: 'undecodable', reason: `按${declared ?? header ?? '常见编码'}都无法解码` };
}

/** An encoding told by its BOM, or by the NUL that every second byte of UTF-16 markup is. */
function wideEncodingOf(
  bytes: Uint8Array,
): 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32' | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const isWide = first === 0xff && second === 0xfe;
  if (isWide) return third === 0 && fourth === 0 ? 'utf-32' : 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const nuls = [0, 0, 0, 0];
  const sample = bytes.subarray(0, PATTERN_BYTES - (PATTERN_BYTES % 4));
  for (const [index, byte] of sample.entries()) if (byte === 0) nuls[index % 4]! += 1;
  const [a = 0, b = 0, c = 0, d = 0] = nuls.map((count) => (4 * count) / sample.length);
  if (a + c > 0.4 && b + d < 0.02) return 'utf-16be';
  if (b + d > 0.4 && a + c < 0.02) return 'utf-16le';
  return Math.min(a + d, b + c) > 0.8 ? 'utf-32' : undefined;
}

/** The name as the decoder knows it; none for an unknown one. What was read as ASCII to find a name is no UTF-16. */
function encodingOf(name: string | undefined): string[] {
  if (name === undefined) return [];
  try {
    const { encoding } = new TextDecoder(name === 'gb_2312-80' ? 'gbk' : name);
    if (encoding.startsWith('utf-16')) return [];
    return [AS_GB18030.has(encoding) ? 'gb18030' : encoding];
  } catch {
    return [];
  }
}

/** Single-byte encodings fit any bytes, so that their name proves nothing: servers send iso-8859-1 by default. */
const isTelling = (encoding: string): boolean =>
  !/^(?:windows|iso-8859|koi8|ibm|macintosh|x-mac|x-user)/.test(encoding);

function byName(bytes: Uint8Array, named: readonly string[]): Reading | undefined {
  const reading = strictlyFirst(bytes, named);
  if (!reading || reading.encoding === 'utf-8') return reading;
  // What is valid UTF-8 by its bytes hardly ever is anything else, but most of it passes for gb18030.
  const utf8 = strictly(bytes, 'utf-8');
  return utf8 && scoreOf(utf8) > scoreOf(reading) ? utf8 : reading;
}

function byScore(bytes: Uint8Array): Reading | undefined {
  const utf8 = strictly(bytes, 'utf-8');
  if (utf8) return utf8;
  const readings = ['gb18030', 'big5'].flatMap((encoding) => strictly(bytes, encoding) ?? []);
  const best = bestOf(readings);
  return best && scoreOf(best) >= LEAST_COMMON_RATIO ? best : undefined;
}

function strictlyFirst(bytes: Uint8Array, encodings: readonly string[]): Reading | undefined {
  for (const encoding of encodings) {
    const reading = strictly(bytes, encoding);
    if (reading) return reading;
  }
  return undefined;
}

function strictly(bytes: Uint8Array, encoding: string): Reading | undefined {
  try {
    // As a stream, a character that the end cuts in half is no fault.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return { text, encoding };
  } catch {
    return undefined;
  }
}

function loosely(bytes: Uint8Array, encodings: readonly string[]): Reading | undefined {
  const readings = encodings.map((encoding) => ({
    text: new TextDecoder(encoding).decode(bytes),
    encoding,
  }));
  return bestOf(
    readings.filter(
      ({ text }) => text.split('\ufffd').length - 1 <= text.length * MOST_BROKEN_RATIO,
    ),
  );
}

const scoreOf = ({ text }: Reading): number => commonRatio(text.slice(0, SCORED_CHARACTERS));

/** The first of those with the highest score. */
function bestOf(readings: readonly Reading[]): Reading | undefined {
  return readings.reduce<Reading | undefined>(
    (best, one) => (best && scoreOf(best) >= scoreOf(one) ? best : one),
    undefined,
  );
}
