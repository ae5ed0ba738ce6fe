import { HOUR_MS, messageOf, type Log, type Now } from '#core';
import type { FunnelColumn } from '../funnel.ts';
import { keep } from '../keep.ts';
import type { RawItemStore, SourceStateStore } from '../ports.ts';
import type { ReadItem } from '../read-item.ts';
import { readStored, type StoredReading } from '../read-stored.ts';
import type { Source } from '../source.ts';
import type { Quarantined, SeenItem, StoredRawItem } from '../source-state.ts';
import { hasSecrecyMark } from '../text/secrecy-mark.ts';
import { contentDigest, judgeItem, type Judged, type Pseudonym } from '../to-post.ts';
import { textOf } from './read-quarantined.ts';
import { settleQuarantined } from './settle-quarantined.ts';

export interface ReparseDeps {
  readonly states: SourceStateStore;
  readonly rawItems: RawItemStore;
  readonly log: Log;
  readonly now: Now;
  readonly pseudonym: Pseudonym;
  readonly isDrill: boolean;
}

/** What reading one quarantined item again gives. */
export interface Reparsed {
  readonly raw: Quarantined;
  /** Why it stays in quarantine; absent when it was understood. */
  readonly problem?: string;
  readonly found: readonly { readonly item: ReadItem; readonly judged: Judged }[];
  /** Where everything in it ends: what was found, rows known before, repeats, what is no item. */
  readonly ended: readonly FunnelColumn[];
  /** Rows whose own pages the next look at the source reads; it counts them. */
  readonly waiting: number;
}

/** Of the look that set an article apart, its list is this much older at most. */
const SAME_LOOK_MS = HOUR_MS;

/**
 * Reads quarantined items of one source again by its present reader. A trial writes nothing. Taking puts
 * the posts into the log, then says in the funnels where the items went, then lets them leave; a crash in
 * between leaves an item where it was, and its posts are duplicates the next time.
 *
 * @param raws oldest first
 */
export async function reparseQuarantined(
  raws: readonly Quarantined[],
  source: Source,
  deps: ReparseDeps,
  { isTrial }: { readonly isTrial: boolean },
): Promise<readonly Reparsed[]> {
  const all: Reparsed[] = [];
  // The same item on two pages is new once, in a trial too.
  const remembered = new Map<string, SeenItem>();
  for (const raw of raws) {
    const one = await readAgain(raw, source, deps, remembered);
    all.push(one);
    if (isTrial || one.problem !== undefined) continue;
    const judged = one.found.map((found) => found.judged);
    await keep(source, judged, deps);
    await settleQuarantined(raw, one.ended, deps);
  }
  return all;
}

async function readAgain(
  raw: Quarantined,
  source: Source,
  deps: ReparseDeps,
  remembered: Map<string, SeenItem>,
): Promise<Reparsed> {
  const nothing = { raw, found: [], ended: [], waiting: 0 };
  const bytes = await deps.rawItems.read(raw.id);
  if (!bytes) return { ...nothing, problem: '原始字节已过保留期' };
  if (bytes.byteLength === 0) return { ...nothing, problem: '当时没有收到内容' };
  const rows = await rowsOfLook(raw, source, deps);
  const reading = await tryReading(raw, source, bytes, rows);
  if (typeof reading !== 'string')
    return await judgeReading(reading, raw, source, deps, remembered);
  // What bears a mark of secrecy is not kept, understood or not.
  if (hasSecrecyMark(textOf(bytes, raw.contentType).text))
    return { ...nothing, ended: ['refused'] };
  return { ...nothing, problem: reading };
}

async function judgeReading(
  { items, rows, repeats, unparsable }: StoredReading,
  raw: Quarantined,
  source: Source,
  { states, pseudonym, isDrill }: ReparseDeps,
  remembered: Map<string, SeenItem>,
): Promise<Reparsed> {
  const keys = [...items, ...rows].map(({ key }) => key);
  const known = new Map([...(await states.findSeen(source.id, keys)), ...remembered]);
  const isMarked = items.some(({ title, text }) => hasSecrecyMark(`${title}\n${text}`));
  const rawItemId = isMarked ? '' : raw.id;
  const intake = { source, fetchedAt: raw.at, rawItemId, pseudonym, isDrill };
  const found = items.map((item) => {
    const seen = known.get(item.key);
    const isSame = seen?.contentDigest === contentDigest(item);
    // Its figures are older than those that were seen since.
    const judged: Judged = isSame ? { column: 'duplicate' } : judgeItem(item, seen, intake);
    if (judged.seen) remembered.set(item.key, judged.seen);
    return { item, judged };
  });
  const knownRows = rows.filter(({ key }) => known.has(key)).length;
  return {
    raw,
    found,
    ended: [
      ...found.map(({ judged }) => judged.column),
      ...Array.from({ length: knownRows + repeats }, () => 'duplicate' as const),
      ...Array.from({ length: unparsable }, () => 'unparsable' as const),
    ],
    waiting: rows.length - knownRows,
  };
}

/** The rows of the list that led to an article, by address: they hold its title and date. */
async function rowsOfLook(
  { sourceId, url, at }: Quarantined,
  source: Source,
  { rawItems }: ReparseDeps,
): Promise<ReadonlyMap<string, ReadItem>> {
  const none = new Map<string, ReadItem>();
  if (source.reader.kind !== 'listPage' || url === source.url) return none;
  const fromAt = new Date(at.getTime() - SAME_LOOK_MS);
  const around = await rawItems.listBetween(fromAt, new Date(at.getTime() + 1));
  const list = around.findLast((one) => one.sourceId === sourceId && one.url === source.url);
  const bytes = list && (await rawItems.read(list.id));
  const reading = list && bytes && (await tryReading(list, source, bytes, none));
  // A list that is not understood itself helps nobody: the article's page says what it says.
  if (!reading || typeof reading === 'string') return none;
  return new Map(reading.rows.map((row) => [row.url, row]));
}

/** @returns why it cannot be read, when it cannot */
async function tryReading(
  raw: StoredRawItem,
  source: Source,
  bytes: Uint8Array,
  rows: ReadonlyMap<string, ReadItem>,
): Promise<StoredReading | string> {
  try {
    return await readStored(raw, source, bytes, (url) => rows.get(url));
  } catch (error) {
    return messageOf(error);
  }
}
