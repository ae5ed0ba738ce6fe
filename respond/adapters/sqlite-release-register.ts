import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { SqliteChain } from '#core/sqlite';
import type { PlacedEntry, ReleaseRegister } from '../ports.ts';
import { ReleaseRegisterEntrySchema, type ReleaseRegisterEntry } from '../releases/release.ts';

const Entries = z.array(ReleaseRegisterEntrySchema);

/** 发布登记簿 as a chain of rows that can only be added. */
export class SqliteReleaseRegister implements ReleaseRegister {
  readonly #chain: SqliteChain;

  constructor(database: DatabaseSync) {
    this.#chain = new SqliteChain(database, 'releaseRegister');
  }

  async append(entry: ReleaseRegisterEntry): Promise<void> {
    this.#chain.append(entry.id, entry.eventId, entry);
  }

  async listByEvent(eventId: string): Promise<readonly ReleaseRegisterEntry[]> {
    return Entries.parse(this.#chain.listByEvent(eventId));
  }

  async listNewest(limit: number): Promise<readonly ReleaseRegisterEntry[]> {
    return Entries.parse(this.#chain.listNewest(limit));
  }

  async listPlaced(limit: number, eventId?: string): Promise<readonly PlacedEntry[]> {
    return this.#chain.readNewest(limit, eventId).map(({ position, digest, body }) => ({
      position,
      chainDigest: digest,
      entry: ReleaseRegisterEntrySchema.parse(body),
    }));
  }

  async findBreak(): Promise<number | undefined> {
    return this.#chain.findBreak();
  }
}
