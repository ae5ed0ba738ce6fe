import { setTimeout as pause } from 'node:timers/promises';
import type { Client, estypes } from '@elastic/elasticsearch';
import { z } from 'zod';
import type { Document, Documents } from '../../documents.ts';
import { StaleWrite, Unreadable } from '../../errors.ts';
import { DocumentsUnavailable, isUnknown, statusOf, toOurs } from './connect.ts';
import { openIndex, type Fields } from './open-index.ts';

export interface DocumentIndex<T extends Document> {
  /** Alias of the index; fixed text, never from outside. */
  readonly alias: string;
  /** The kind in words, for messages. */
  readonly kind: string;
  readonly schema: z.ZodType<T>;
  readonly fields: Fields;
  /** What is absent is not found by that field. */
  readonly valuesOf: (document: T) => Readonly<Record<string, string | number | null>>;
}

/** Where a stored version stands: what compare-and-set asks for, and its place in the order of creation. */
interface Place {
  readonly revision: number;
  readonly seqNo: number;
  readonly term: number;
  readonly orderNo: number;
}

const SourceSchema = z.object({ revision: z.int(), orderNo: z.int(), body: z.unknown() });
const MOST_PLACES = 20_000;
const BULK_SIZE = 500;
const BULK_TRIES = 6;
const FIRST_PAUSE_MS = 100;
const NO_SUCH = 404;
const CONFLICT = 409;
const BUSY = new Set([429, 503]);

/**
 * Documents in one index. The compare-and-set is `if_seq_no` of the version that holds the revision before; searches
 * see what this instance wrote, and what others wrote after at most a refresh interval (1 s).
 */
export class ElasticDocuments<T extends Document> implements Documents<T> {
  readonly kind: string;
  /** Told of each document written, for the screens; never relied on. */
  onWrite: ((id: string) => void) | undefined;
  readonly #client: Client;
  readonly #shape: DocumentIndex<T>;
  readonly #places = new Map<string, Place>();
  #isBehind = false;
  #lastNo = 0;

  constructor(client: Client, shape: DocumentIndex<T>) {
    this.#client = client;
    this.#shape = shape;
    this.kind = shape.kind;
  }

  /** Creates the index unless it is there. */
  async open(): Promise<this> {
    await openIndex(this.#client, this.#shape.alias, this.#shape.fields);
    return this;
  }

  async findById(id: string): Promise<T | undefined> {
    const [found] = await this.#get([id]);
    return found && this.#parse(found._source);
  }

  async create(document: T): Promise<boolean> {
    const [outcome] = await this.#write([document], true);
    return outcome === 'stored';
  }

  async replace(document: T): Promise<void> {
    const [outcome] = await this.#write([document], false);
    if (outcome !== 'stored') throw new StaleWrite(this.kind, document.id);
  }

  async saveMany(documents: readonly T[]): Promise<void> {
    const outcomes = await this.#write(documents, true);
    const stale = documents.find((_, index) => outcomes[index] !== 'stored');
    if (stale) throw new StaleWrite(this.kind, stale.id);
  }

  async findWithEffects(limit: number): Promise<readonly T[]> {
    return await this.select({ exists: { field: 'effectsNo' } }, [{ effectsNo: 'asc' }], limit);
  }

  /** Documents that meet a query over the fields. */
  protected async select(
    query: estypes.QueryDslQueryContainer,
    sort: estypes.SortCombinations[],
    limit: number,
  ): Promise<readonly T[]> {
    await this.#catchUp();
    try {
      const { hits } = await this.#client.search({
        index: this.#shape.alias,
        query,
        sort,
        size: limit,
        seq_no_primary_term: true,
        track_total_hits: false,
      });
      return hits.hits.map((hit) => {
        this.#remember(hit._id ?? '', hit);
        return this.#parse(hit._source);
      });
    } catch (error) {
      throw toOurs(error);
    }
  }

  /** What this instance wrote is there for its next search: one refresh for all that was written in between. */
  async #catchUp(): Promise<void> {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    try {
      await this.#client.indices.refresh({ index: this.#shape.alias });
    } catch (error) {
      this.#isBehind = true;
      throw toOurs(error);
    }
  }

  /** @returns for each whether it was stored or another writer was first */
  async #write(documents: readonly T[], mayCreate: boolean): Promise<('stored' | 'stale')[]> {
    const outcomes: ('stored' | 'stale')[] = [];
    for (let at = 0; at < documents.length; at += BULK_SIZE) {
      outcomes.push(...(await this.#writeBulk(documents.slice(at, at + BULK_SIZE), mayCreate)));
    }
    return outcomes;
  }

  async #writeBulk(documents: readonly T[], mayCreate: boolean): Promise<('stored' | 'stale')[]> {
    const outcomes = new Map<T, 'stored' | 'stale'>();
    const isNew = ({ revision }: T): boolean => mayCreate && revision === 1;
    await this.#lookUp(documents.filter((one) => !isNew(one)));
    let open = documents;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      if (attempt > BULK_TRIES) throw new DocumentsUnavailable(`${open.length} 条没有写入`);
      if (attempt > 1) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 2));
      // Looked at each time, right before the write: another writer of this process may have been first.
      const [current, stale] = this.#byPlace(open, isNew);
      for (const document of stale) this.#lose(document, outcomes);
      if (current.length === 0) break;
      open = await this.#writeOnce(current, isNew, outcomes, attempt > 1);
    }
    return documents.map((document) => outcomes.get(document) ?? 'stale');
  }

  /** @returns those whose stored version is the one they replace, and the others */
  #byPlace(documents: readonly T[], isNew: (document: T) => boolean): [T[], T[]] {
    const isCurrent = (one: T): boolean =>
      isNew(one) || this.#places.get(one.id)?.revision === one.revision - 1;
    return [documents.filter(isCurrent), documents.filter((one) => !isCurrent(one))];
  }

  /** @returns those that the server had no room for */
  async #writeOnce(
    documents: readonly T[],
    isNew: (document: T) => boolean,
    outcomes: Map<T, 'stored' | 'stale'>,
    isRepeat: boolean,
  ): Promise<T[]> {
    this.#isBehind = true;
    const sources = documents.map((document) => this.#sourceOf(document));
    let items: estypes.BulkResponseItem[];
    try {
      const { items: answered } = await this.#client.bulk({
        index: this.#shape.alias,
        require_alias: true,
        operations: documents.flatMap((document, index) => [
          isNew(document) ? { create: { _id: document.id } } : this.#replacing(document),
          sources[index],
        ]),
      });
      items = answered.map((item) => Object.values(item)[0]!);
    } catch (error) {
      if (!isUnknown(error) && statusOf(error) !== 429) throw toOurs(error);
      return await this.#settle(documents, outcomes);
    }
    const again: T[] = [];
    const doubted: T[] = [];
    for (const [index, { status, _seq_no: seqNo, _primary_term: term, error }] of items.entries()) {
      const document = documents[index]!;
      if (BUSY.has(status)) again.push(document);
      else if (status === CONFLICT && isRepeat) doubted.push(document);
      else if (status === CONFLICT || status === NO_SUCH) this.#lose(document, outcomes);
      else if (status >= 300 || seqNo === undefined || term === undefined) {
        throw new DocumentsUnavailable(`${status} ${error?.type ?? ''} ${error?.reason ?? ''}`);
      } else {
        const { revision, orderNo } = sources[index]!;
        this.#win(document, { revision, orderNo, seqNo, term }, outcomes);
      }
    }
    // A conflict after a try that nobody answered may be one with ourselves.
    if (doubted.length > 0) await this.#settle(doubted, outcomes);
    return again;
  }

  /** Reads what became of a write that nobody answered. @returns those that did not happen and still can */
  async #settle(documents: readonly T[], outcomes: Map<T, 'stored' | 'stale'>): Promise<T[]> {
    const again: T[] = [];
    const found = await this.#get(documents.map(({ id }) => id));
    for (const document of documents) {
      const hit = found.find(({ _id }) => _id === document.id);
      const stored = hit && SourceSchema.parse(hit._source);
      const place = this.#places.get(document.id);
      const isOurs = JSON.stringify(stored?.body) === JSON.stringify(document);
      if (isOurs && place) this.#win(document, place, outcomes);
      else if ((stored?.revision ?? 0) === document.revision - 1) again.push(document);
      else this.#lose(document, outcomes);
    }
    return again;
  }

  #win(document: T, place: Place, outcomes: Map<T, 'stored' | 'stale'>): void {
    outcomes.set(document, 'stored');
    this.#keep(document.id, place);
    this.onWrite?.(document.id);
  }

  #lose(document: T, outcomes: Map<T, 'stored' | 'stale'>): void {
    outcomes.set(document, 'stale');
    this.#places.delete(document.id);
  }

  #replacing({ id }: T) {
    const { seqNo = 0, term = 0 } = this.#places.get(id) ?? {};
    return { index: { _id: id, if_seq_no: seqNo, if_primary_term: term } };
  }

  #sourceOf(document: T) {
    const fields = Object.entries(this.#shape.valuesOf(document));
    return {
      ...Object.fromEntries(fields.filter(([, value]) => value !== null)),
      revision: document.revision,
      orderNo: this.#places.get(document.id)?.orderNo ?? this.#nextNo(),
      ...(document.effects.length > 0 && { effectsNo: this.#nextNo() }),
      body: document,
    };
  }

  /** Grows with each change of this instance, and roughly with time between instances: µs since 1970. */
  #nextNo(): number {
    this.#lastNo = Math.max(this.#lastNo + 1, Date.now() * 1_000);
    return this.#lastNo;
  }

  /** Learns where documents stand, unless it is known for the revision that is to be replaced. */
  async #lookUp(documents: readonly T[]): Promise<void> {
    const unknown = documents.filter(
      ({ id, revision }) => this.#places.get(id)?.revision !== revision - 1,
    );
    if (unknown.length > 0) await this.#get(unknown.map(({ id }) => id));
  }

  /** Reads by id, which sees every write at once. */
  async #get(ids: readonly string[]) {
    try {
      const { docs } = await this.#client.mget({ index: this.#shape.alias, ids: [...ids] });
      const found = docs.filter((doc) => 'found' in doc).filter(({ found }) => found);
      for (const doc of found) this.#remember(doc._id, doc);
      return found;
    } catch (error) {
      throw toOurs(error);
    }
  }

  #remember(
    id: string,
    hit: { _source?: unknown; _seq_no?: number; _primary_term?: number },
  ): void {
    const { _seq_no: seqNo, _primary_term: term } = hit;
    const source = SourceSchema.safeParse(hit._source);
    if (!source.success) throw new Unreadable(this.kind, source.error);
    const { revision, orderNo } = source.data;
    if (seqNo !== undefined && term !== undefined)
      this.#keep(id, { revision, orderNo, seqNo, term });
  }

  #keep(id: string, place: Place): void {
    // A search may show an older version than the one just written.
    if ((this.#places.get(id)?.seqNo ?? -1) > place.seqNo) return;
    this.#places.delete(id);
    this.#places.set(id, place);
    if (this.#places.size <= MOST_PLACES) return;
    const [oldest] = this.#places.keys();
    if (oldest !== undefined) this.#places.delete(oldest);
  }

  #parse(source: unknown): T {
    const { body } = SourceSchema.parse(source);
    const parsed = this.#shape.schema.safeParse(body);
    if (!parsed.success) throw new Unreadable(this.kind, parsed.error);
    return parsed.data;
  }
}
