/** How a page says which encoding it has, in the order in which it is believed. */
const DECLARED = /(?:<\?xml[^>]*\bencoding|<meta[^>]*\bcharset)\s*=\s*["']?\s*([\w-]+)/i;
/** gb2312 and gbk pages hold characters of the larger set more often than not. */
const AS_GB18030 = new Set(['gb2312', 'gbk', 'gb_2312-80', 'x-gbk', 'gb18030']);
const HEAD_BYTES = 4_096;

export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: string }
  | { readonly kind: 'undecodable'; readonly reason: string };

/** Bytes as text: by BOM, then header, then declaration, then strict UTF-8, then gb18030. Never throws. */
export function decodeText(bytes: Uint8Array, contentType: string): Decoded {
  const bom = bomOf(bytes);
  const header = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType)?.[1];
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  const declared = DECLARED.exec(head)?.[1];
  for (const name of [bom, header, declared, 'utf-8', 'gb18030']) {
    const encoding = name && encodingOf(name);
    const text = encoding && strictly(bytes, encoding);
    if (text !== undefined && text !== '' && encoding) return { kind: 'text', text, encoding };
  }
  return { kind: 'undecodable', reason: `按${declared ?? header ?? '常见编码'}都无法解码` };
}

function bomOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function encodingOf(name: string): string {
  const lower = name.toLowerCase();
  return AS_GB18030.has(lower) ? 'gb18030' : lower;
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
