import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { z } from 'zod';
import type { Document, Documents, MendPlaces } from '../documents.ts';
import { messageOf, StaleWrite, Unreadable } from '../errors.ts';
import { inTransaction } from './sqlite-database.ts';

export interface DocumentTable<T extends Document> {
  /** Table name; fixed text, never from outside. */
  readonly table: string;
  /** The kind in words, for messages. */
  readonly kind: string;
  readonly schema: z.ZodType<T>;
  /** Values that queries look for, kept beside the document as columns: name → SQL type. */
  readonly columns: Readonly<Record<string, 'TEXT' | 'INTEGER' | 'REAL'>>;
  readonly valuesOf: (document: T) => Readonly<Record<string, SQLInputValue>>;
  /** Indexes over those columns, e.g. `(nextAt) WHERE state = 'open'`. */
  readonly indexes?: readonly string[];
  /** Columns that hold a time as long as the document waits for one. */
  readonly waitsIn?: readonly string[];
}

/** Documents as JSON rows with a revision; the compare-and-set is one UPDATE. */
export class SqliteDocuments<T extends Document> implements Documents<T>, MendPlaces {
  readonly kind: string;
  /** Told of each document written, for the screens; never relied on. */
  onWrite: ((id: string) => void) | undefined;
  /** Ids of rows that lists had to go on without, until they read well again. */
  readonly unreadableIds: ReadonlySet<string>;
  /** Told of each such row once. */
  onUnreadable: ((id: string, why: string) => void) | undefined;
  readonly #unreadable = new Set<string>();
  protected readonly database: DatabaseSync;
  protected readonly table: string;
  readonly #shape: DocumentTable<T>;
  readonly #columns: readonly string[];
  /** Number of the last change that left effects; one process writes, so it is ours to count. */
  #effectsNo: number;
  readonly #find: StatementSync;
  readonly #create: StatementSync;
  readonly #replace: StatementSync;
  readonly #withEffects: StatementSync;

  constructor(database: DatabaseSync, shape: DocumentTable<T>) {
    this.unreadableIds = this.#unreadable;
    this.database = database;
    this.#shape = shape;
    this.kind = shape.kind;
    this.table = shape.table;
    this.#columns = Object.keys(shape.columns);
    this.#createTable();

    const { table } = shape;
    const names = ['id', 'revision', 'effectsNo', 'body', ...this.#columns];
    this.#find = database.prepare(`SELECT id, body FROM ${table} WHERE id = ?`);
    this.#create = database.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO NOTHING`,
    );
    const sets = ['revision', 'effectsNo', 'body', ...this.#columns].map((name) => `${name} = ?`);
    this.#replace = database.prepare(
      `UPDATE ${table} SET ${sets.join(', ')} WHERE id = ? AND revision = ?`,
    );
    this.#withEffects = database.prepare(
      `SELECT id, body FROM ${table} WHERE effectsNo > 0 ORDER BY effectsNo LIMIT ?`,
    );
    const newest = database.prepare(`SELECT max(effectsNo) AS newest FROM ${table}`).get();
    this.#effectsNo = Number(newest?.['newest'] ?? 0);
  }

  async findById(id: string): Promise<T | undefined> {
    return this.#one(this.#find.all(id));
  }

  async create(document: T): Promise<boolean> {
    const result = this.#create.run(document.id, ...this.#row(document));
    if (result.changes !== 1) return false;
    this.onWrite?.(document.id);
    return true;
  }

  async replace(document: T): Promise<void> {
    if (!this.replaceIfSame(document)) throw new StaleWrite(this.kind, document.id);
  }

  /** False when another writer was first. */
  protected replaceIfSame(document: T): boolean {
    const result = this.#replace.run(...this.#row(document), document.id, document.revision - 1);
    if (result.changes !== 1) return false;
    this.onWrite?.(document.id);
    return true;
  }

  async saveMany(documents: readonly T[]): Promise<void> {
    if (documents.length === 0) return;
    inTransaction(this.database, () => {
      for (const document of documents) {
        const { id, revision } = document;
        const { changes } =
          revision === 1
            ? this.#create.run(id, ...this.#row(document))
            : this.#replace.run(...this.#row(document), id, revision - 1);
        if (changes !== 1) throw new StaleWrite(this.kind, id);
      }
    });
    for (const { id } of documents) this.onWrite?.(id);
  }

  /**
   * Stores many as {@link replace} does, in one write.
   *
   * @returns ids of those that another writer changed first; they are left as they are
   */
  async replaceAll(documents: readonly T[]): Promise<readonly string[]> {
    const stale = inTransaction(this.database, () =>
      documents
        .filter(
          (one) => this.#replace.run(...this.#row(one), one.id, one.revision - 1).changes !== 1,
        )
        .map(({ id }) => id),
    );
    for (const { id } of documents) if (!stale.includes(id)) this.onWrite?.(id);
    return stale;
  }

  async findWithEffects(limit: number): Promise<readonly T[]> {
    return this.#list(this.#withEffects, [limit], true);
  }

  async mendPlaces(after: number, limit: number) {
    const places = ['effectsNo', ...this.#columns];
    const sets = places.map((name) => `${name} = ?`).join(', ');
    // In one go, so that nothing changes between the look and the mending.
    return inTransaction(this.database, () => {
      const rows = this.database
        .prepare(
          `SELECT rowid AS place, id, body, ${places.join(', ')} FROM ${this.table}
           WHERE rowid > ? ORDER BY rowid LIMIT ?`,
        )
        .all(after, limit);
      const mend = this.database.prepare(
        `UPDATE ${this.table} SET ${sets} WHERE id = ? AND revision = ?`,
      );
      const mended: string[] = [];
      const unreadable: string[] = [];
      const waiting: string[] = [];
      for (const row of rows) {
        const document = this.#readOrNote(row);
        if (!document) {
          unreadable.push(String(row['id']));
          if (this.#shape.waitsIn?.some((name) => row[name] !== null)) {
            waiting.push(String(row['id']));
          }
        } else if (!this.#isPlaced(document, row)) {
          const [, effectsNo, , ...values] = this.#row(document);
          mend.run(effectsNo ?? 0, ...values, document.id, document.revision);
          mended.push(document.id);
        }
      }
      const next = rows.length < limit ? 0 : Number(rows.at(-1)?.['place'] ?? 0);
      return { mended, unreadable, waiting, next };
    });
  }

  #isPlaced(document: T, row: Record<string, unknown>): boolean {
    const values = this.#shape.valuesOf(document);
    const hasEffects = document.effects.length > 0;
    return (
      Number(row['effectsNo']) > 0 === hasEffects &&
      this.#columns.every((name) => row[name] === (values[name] ?? null))
    );
  }

  /**
   * Documents that meet a condition over the columns; `where` is fixed text with `?` for values. A row that
   * cannot be read is left out and counted: one bad record must not stop all that are listed with it.
   */
  protected select(where: string, ...values: SQLInputValue[]): readonly T[] {
    const found = this.database.prepare(`SELECT id, body FROM ${this.table} ${where}`);
    return this.#list(found, values, where.endsWith('LIMIT ?'));
  }

  /** The only document that meets a condition. @throws {Unreadable} when its row cannot be read */
  protected selectOne(where: string, ...values: SQLInputValue[]): T | undefined {
    const found = this.database.prepare(`SELECT id, body FROM ${this.table} ${where} LIMIT 1`);
    return this.#one(found.all(...values));
  }

  #list(found: StatementSync, values: readonly SQLInputValue[], isLimited: boolean): readonly T[] {
    for (let more = 0; ;) {
      const asked = isLimited ? [...values.slice(0, -1), Number(values.at(-1)) + more] : values;
      const rows = found.all(...asked);
      const documents = rows.flatMap((row) => this.#readOrNote(row) ?? []);
      const left = rows.length - documents.length;
      // What cannot be read must not take the places of what can: it would stand before them for ever.
      if (!isLimited || left <= more) return documents;
      more = left;
    }
  }

  #one([row]: readonly Record<string, unknown>[]): T | undefined {
    if (!row) return undefined;
    const read = this.#parse(row['body']);
    if ('document' in read) return read.document;
    throw new Unreadable(`${this.kind} ${String(row['id'])}`, read.cause);
  }

  #readOrNote(row: Record<string, unknown>): T | undefined {
    const id = String(row['id']);
    const read = this.#parse(row['body']);
    if ('document' in read) {
      this.#unreadable.delete(id);
      return read.document;
    }
    if (!this.#unreadable.has(id)) this.onUnreadable?.(id, messageOf(read.cause));
    this.#unreadable.add(id);
    return undefined;
  }

  #parse(body: unknown): { readonly document: T } | { readonly cause: unknown } {
    try {
      return { document: this.#shape.schema.parse(JSON.parse(String(body))) };
    } catch (cause) {
      return { cause };
    }
  }

  #row(document: T): SQLInputValue[] {
    const values = this.#shape.valuesOf(document);
    return [
      document.revision,
      document.effects.length > 0 ? (this.#effectsNo += 1) : 0,
      JSON.stringify(document),
      ...this.#columns.map((name) => values[name] ?? null),
    ];
  }

  #createTable(): void {
    const { table, columns, indexes = [] } = this.#shape;
    const extra = Object.entries(columns).map(([name, type]) => `, ${name} ${type}`);
    inTransaction(this.database, () => {
      this.database.exec(`
        CREATE TABLE IF NOT EXISTS ${table} (
          id TEXT PRIMARY KEY, revision INTEGER NOT NULL,
          effectsNo INTEGER NOT NULL, body TEXT NOT NULL${extra.join('')});
        CREATE INDEX IF NOT EXISTS ${table}_effects ON ${table} (effectsNo) WHERE effectsNo > 0;
      `);
      for (const [number, index] of indexes.entries()) {
        this.database.exec(`CREATE INDEX IF NOT EXISTS ${table}_${number} ON ${table} ${index}`);
      }
    });
  }
}
