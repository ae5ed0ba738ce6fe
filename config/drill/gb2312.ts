/**
 * Text as the bytes an old government site sends. Node decodes GB2312 but cannot encode it, so the
 * decoder is turned round once: every two-byte sequence of the set is decoded and remembered.
 */
export function encodeGb2312(text: string): Buffer {
  table ??= invertDecoder();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair) bytes.push(...pair);
    // What the set lacks is written as HTML writes it.
    else bytes.push(...Buffer.from(`&#${code};`, 'ascii'));
  }
  return Buffer.from(bytes);
}

let table: ReadonlyMap<string, readonly [number, number]> | undefined;

function invertDecoder(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb2312');
  const pairs = new Map<string, readonly [number, number]>();
  for (let first = 0xa1; first <= 0xf7; first += 1) {
    for (let second = 0xa1; second <= 0xfe; second += 1) {
      const character = decoder.decode(Uint8Array.of(first, second));
      // Gaps of the set decode to the replacement sign or to private letters.
      if (/^[^\uFFFD\uE000-\uF8FF]$/u.test(character)) {
        pairs.set(character, [first, second]);
      }
    }
  }
  return pairs;
}
