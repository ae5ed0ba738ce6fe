import { Refused, type Now } from '#core';
import type { RawItemStore, SourceStateStore } from '../ports.ts';
import type { Quarantined } from '../source-state.ts';
import { decodeText } from '../text/decode-text.ts';
import { mask } from '../text/mask.ts';
import { hasSecrecyMark } from '../text/secrecy-mark.ts';
import { settleQuarantined } from './settle-quarantined.ts';

/** The bytes of a quarantined item as text, for who mends the reader. */
export interface QuarantinedText {
  readonly text: string;
  readonly encoding: string;
  readonly isCut: boolean;
}

/** More than a person reads to mend a selector. */
const MOST_CHARACTERS = 200_000;

/**
 * The kept bytes as text, markup and all, personal data masked. What turns out to bear a mark of secrecy
 * is not shown: it is counted as refused, and its bytes are dropped.
 *
 * @throws {Refused}
 */
export async function readQuarantined(
  raw: Quarantined,
  deps: { readonly states: SourceStateStore; readonly rawItems: RawItemStore; readonly now: Now },
): Promise<QuarantinedText> {
  const bytes = await deps.rawItems.read(raw.id);
  if (!bytes) throw new Refused('RAW_ITEM_GONE', '原始字节已过保留期');
  const { text, encoding } = textOf(bytes, raw.contentType);
  if (hasSecrecyMark(text)) {
    await settleQuarantined(raw, ['refused'], deps);
    throw new Refused('SECRECY_MARK', '带有密级标志，不显示；已改计为拒收，字节已删除');
  }
  return {
    text: mask(text.slice(0, MOST_CHARACTERS)),
    encoding,
    isCut: text.length > MOST_CHARACTERS,
  };
}

/** Whatever the bytes are, a person can look at them. */
export function textOf(
  bytes: Uint8Array,
  contentType = '',
): { readonly text: string; readonly encoding: string } {
  const decoded = decodeText(bytes, contentType);
  if (decoded.kind === 'text') return decoded;
  return { text: new TextDecoder().decode(bytes), encoding: '无法判断，按 utf-8 显示' };
}
