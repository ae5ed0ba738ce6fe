import { describe, expect, test } from 'vitest';
import { decodeText } from '../../ingest/text/decode-text.ts';
import {
  noOpenData,
  openDataBytes,
  openDataFiles,
  shortfall,
  skipNote,
} from '../support/open-data.ts';

const FOLDER = 'feeds/feedparser/encoding';

interface EncodingCase {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
  /** What the leading comment expects, and nothing when it only expects to live. */
  readonly encoding: string | undefined;
  readonly words: string | undefined;
}

/** The head as ASCII, whatever the width of its characters. */
const headOf = (bytes: Buffer): string =>
  bytes.subarray(0, 4_096).toString('latin1').replaceAll('\0', '');

function readCase(name: string): EncodingCase {
  const bytes = openDataBytes(`${FOLDER}/${name}`);
  const head = headOf(bytes);
  const expected = /Expect:\s*(.+)/.exec(head)?.[1] ?? '';
  const written = /== '((?:[^'\\]|\\.)*)'$/.exec(expected.trim())?.[1];
  return {
    name,
    bytes,
    contentType: /Header:\s*Content-type:\s*(.+)/i.exec(head)?.[1]?.trim() ?? '',
    encoding: /encoding == '([\w-]+)'/.exec(expected)?.[1],
    words: !expected.startsWith('not bozo') ? undefined : written && unescaped(written),
  };
}

const unescaped = (python: string): string =>
  python.replaceAll(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/g, (_, wide: string, narrow: string) =>
    String.fromCharCode(Number.parseInt(wide ?? narrow, 16)),
  );

/** Whether WHATWG's decoders, those of browsers, know the encoding: they dropped UTF-32, UTF-7 and EBCDIC. */
function isKnownToBrowsers({ encoding, bytes }: EncodingCase): boolean {
  if (isUtf32(bytes)) return false;
  return encoding === undefined || knows(encoding);
}

/** Three of four bytes of ASCII are NUL. */
function isUtf32(bytes: Buffer): boolean {
  const nuls = bytes.filter((byte) => byte === 0).length;
  return nuls > bytes.length * 0.7;
}

function knows(label: string): boolean {
  try {
    return new TextDecoder(label) instanceof TextDecoder;
  } catch {
    return false;
  }
}

/** As a browser reads it: by what is expected, else by BOM, header and declaration, else as UTF-8. */
function browserText({ bytes, contentType, encoding }: EncodingCase): string {
  const named = [
    encoding,
    bytes[0] === 0xef && bytes[1] === 0xbb ? 'utf-8' : undefined,
    /charset\s*=\s*["']?([\w-]+)/.exec(contentType)?.[1],
    /encoding=["']([\w-]+)/.exec(headOf(bytes))?.[1],
    'utf-8',
  ].find((label) => label !== undefined && knows(label));
  return new TextDecoder(named).decode(bytes);
}

/** A file that breaks its own encoding (`bozo`) has no right reading but the browser's. Where a file writes its characters as entities, or as Windows' characters in UTF-8, the feed's parser has to. */
const isOfTheParser = ({ bytes, words }: EncodingCase, text: string): boolean =>
  words === undefined ||
  /&(?:amp;)?#?\w+;|[\u0080-\u009f]/.test(text) ||
  bytes.every((b) => b < 0x80);

function faultOf(one: EncodingCase): string | undefined {
  const decoded = decodeText(one.bytes, one.contentType);
  const expected = browserText(one);
  if (decoded.kind === 'undecodable') return `${one.name}: undecodable`;
  if (decoded.text !== expected)
    return `${one.name}: not what a browser reads (${decoded.encoding})`;
  const isMissing = !isOfTheParser(one, expected) && !decoded.text.includes(one.words ?? '');
  return isMissing ? `${one.name}: without ${one.words}` : undefined;
}

describe.skipIf(noOpenData)(`encodings of feedparser’s feeds${skipNote}`, () => {
  const cases = noOpenData ? [] : openDataFiles(FOLDER).map(readCase);

  test('every one that a browser can decode is decoded as the browser does', () => {
    const known = cases.filter(isKnownToBrowsers);
    expect(known.length).toBeGreaterThan(70);
    const faults = known.flatMap((one) => faultOf(one) ?? []);
    expect(shortfall(known.length - faults.length, faults, 1)).toBeUndefined();
  });

  test('the seven in UTF-32, which no browser decodes any more, are said to be so', () => {
    const unknown = cases.filter((one) => !isKnownToBrowsers(one));
    expect(unknown.map(({ name }) => name)).toHaveLength(7);
    for (const { bytes, contentType } of unknown)
      expect(decodeText(bytes, contentType)).toMatchObject({ kind: 'undecodable' });
  });
});
