import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { digestOf, idOf } from '#core';
import type { RawItemStore, ReceivedBytes } from '../ports.ts';
import {
  QuarantinedSchema,
  StoredRawItemSchema,
  type Quarantined,
  type StoredRawItem,
} from '../source-state.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** All but the bytes. */
const SHOWN = 'id, sourceId, url, at, reason, bytes, contentType, finalUrl';

const withoutNulls = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/** Bytes as received: deflated, then encrypted under a key of their own, for a limited time. */
export class SqliteRawItemStore implements RawItemStore {
  readonly #database: DatabaseSync;
  readonly #key: Uint8Array;

  /** @param key 32 bytes */
  constructor(database: DatabaseSync, key: Uint8Array) {
    this.#database = database;
    this.#key = key;
    database.exec(`
      CREATE TABLE IF NOT EXISTS rawItem (
        id TEXT PRIMARY KEY, sourceId TEXT NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL,
        digest TEXT NOT NULL, bytes INTEGER NOT NULL, reason TEXT, sealed BLOB NOT NULL);
      CREATE INDEX IF NOT EXISTS rawItem_at ON rawItem (at);
      CREATE INDEX IF NOT EXISTS rawItem_quarantined ON rawItem (at) WHERE reason IS NOT NULL;
    `);
    addMissingColumns(database);
  }

  async put(item: ReceivedBytes): Promise<string> {
    return this.#store(item, null);
  }

  async quarantine({ reason, ...item }: ReceivedBytes & { reason: string }): Promise<string> {
    return this.#store(item, reason);
  }

  async listQuarantined(limit: number, sourceId?: string): Promise<readonly Quarantined[]> {
    const rows = this.#database
      .prepare(
        `SELECT ${SHOWN} FROM rawItem
         WHERE reason IS NOT NULL AND (sourceId = ?1 OR ?1 IS NULL) ORDER BY at DESC LIMIT ?2`,
      )
      .all(sourceId ?? null, limit);
    return rows.map((row) => QuarantinedSchema.parse(withoutNulls(row)));
  }

  async findQuarantined(id: string): Promise<Quarantined | undefined> {
    const row = this.#database
      .prepare(`SELECT ${SHOWN} FROM rawItem WHERE id = ? AND reason IS NOT NULL`)
      .get(id);
    return row && QuarantinedSchema.parse(withoutNulls(row));
  }

  async listBetween(fromAt: Date, toAt: Date): Promise<readonly StoredRawItem[]> {
    const rows = this.#database
      .prepare(`SELECT ${SHOWN} FROM rawItem WHERE at >= ? AND at < ? ORDER BY at, rowid`)
      .all(fromAt.getTime(), toAt.getTime());
    return rows.map((row) => StoredRawItemSchema.parse(withoutNulls(row)));
  }

  async release(id: string): Promise<void> {
    this.#database.prepare('UPDATE rawItem SET reason = NULL WHERE id = ?').run(id);
  }

  async read(id: string): Promise<Uint8Array | undefined> {
    const row = this.#database.prepare('SELECT sealed FROM rawItem WHERE id = ?').get(id);
    return row ? this.#open(row['sealed'] as Uint8Array) : undefined;
  }

  async drop(id: string): Promise<void> {
    this.#database.prepare('DELETE FROM rawItem WHERE id = ?').run(id);
  }

  async dropBefore(at: Date): Promise<number> {
    const result = this.#database.prepare('DELETE FROM rawItem WHERE at < ?').run(at.getTime());
    return Number(result.changes);
  }

  #store(item: ReceivedBytes, reason: string | null): string {
    const { sourceId, url, bytes, at, contentType = null, finalUrl = null } = item;
    const digest = digestOf(bytes);
    const id = idOf('raw', sourceId, url, digest);
    this.#database
      .prepare(
        `INSERT INTO rawItem
         (id, sourceId, url, at, digest, bytes, reason, sealed, contentType, finalUrl)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
         reason = coalesce(excluded.reason, reason),
         contentType = coalesce(contentType, excluded.contentType),
         finalUrl = coalesce(finalUrl, excluded.finalUrl)`,
      )
      .run(
        id,
        sourceId,
        url,
        at.getTime(),
        digest,
        bytes.byteLength,
        reason,
        this.#seal(bytes),
        contentType,
        finalUrl,
      );
    return id;
  }

  #seal(bytes: Uint8Array): Uint8Array {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(deflateRawSync(bytes)), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #open(sealed: Uint8Array): Uint8Array {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#key, nonce);
    decipher.setAuthTag(tag);
    const content = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return inflateRawSync(Buffer.concat([decipher.update(content), decipher.final()]));
  }
}

/** Tables of earlier releases did not keep how bytes were called and where they came from. */
function addMissingColumns(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(rawItem)').all();
  for (const name of ['contentType', 'finalUrl']) {
    if (columns.some((column) => column['name'] === name)) continue;
    database.exec(`ALTER TABLE rawItem ADD COLUMN ${name} TEXT`);
  }
}
