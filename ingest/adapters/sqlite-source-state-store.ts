import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, HOUR_MS } from '#core';
import { inTransaction, SqliteDocuments } from '#core/sqlite';
import { PostSchema } from '../post.ts';
import type { SourceStateStore } from '../ports.ts';
import type { HourCount } from '../polling/silence.ts';
import {
  RunSchema,
  SourceStateSchema,
  type Run,
  type SeenItem,
  type SourceState,
} from '../source-state.ts';

const ANSWERED: readonly Run['outcome'][] = ['ok', 'notModified', 'nothingNew'];

/** The well-being of sources, their runs, and what has been seen of each. */
export class SqliteSourceStateStore
  extends SqliteDocuments<SourceState>
  implements SourceStateStore
{
  readonly #insertRun: StatementSync;
  readonly #addToHour: StatementSync;
  readonly #hourCounts: StatementSync;
  readonly #findSeen: StatementSync;
  readonly #markSeen: StatementSync;
  readonly #noteShown: StatementSync;

  constructor(database: DatabaseSync) {
    super(database, {
      table: 'sourceState',
      kind: '信息源状态',
      schema: SourceStateSchema,
      columns: { nextTryAt: 'INTEGER' },
      valuesOf: ({ nextTryAt }) => ({ nextTryAt: nextTryAt.getTime() }),
    });
    database.exec(`
      CREATE TABLE IF NOT EXISTS run (
        id TEXT PRIMARY KEY, sourceId TEXT NOT NULL, startedAt INTEGER NOT NULL, body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS run_source ON run (sourceId, startedAt);
      CREATE INDEX IF NOT EXISTS run_at ON run (startedAt);
      CREATE TABLE IF NOT EXISTS seen (
        sourceId TEXT NOT NULL, key TEXT NOT NULL, contentDigest TEXT NOT NULL,
        interactions INTEGER NOT NULL, post TEXT, seenAt INTEGER NOT NULL,
        PRIMARY KEY (sourceId, key)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS sourceHour (
        sourceId TEXT NOT NULL, hourAt INTEGER NOT NULL, newItems INTEGER NOT NULL,
        PRIMARY KEY (sourceId, hourAt)) WITHOUT ROWID;
    `);
    addShownAt(database);
    this.#insertRun = database.prepare(
      'INSERT INTO run (id, sourceId, startedAt, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#addToHour = database.prepare(
      `INSERT INTO sourceHour (sourceId, hourAt, newItems) VALUES (?, ?, ?)
       ON CONFLICT (sourceId, hourAt) DO UPDATE SET newItems = newItems + excluded.newItems`,
    );
    this.#hourCounts = database.prepare(
      'SELECT hourAt, newItems FROM sourceHour WHERE sourceId = ? AND hourAt >= ? ORDER BY hourAt',
    );
    this.#findSeen = database.prepare('SELECT * FROM seen WHERE sourceId = ? AND key = ?');
    this.#markSeen = database.prepare(
      `INSERT INTO seen (sourceId, key, contentDigest, interactions, post, seenAt, shownAt)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) ON CONFLICT (sourceId, key) DO UPDATE SET
       contentDigest = excluded.contentDigest, interactions = excluded.interactions,
       post = excluded.post, seenAt = excluded.seenAt, shownAt = excluded.shownAt`,
    );
    this.#noteShown = database.prepare(
      `UPDATE seen SET shownAt = ?1 WHERE sourceId = ?2 AND shownAt < ?1 - ${DAY_MS}
       AND key IN (SELECT value FROM json_each(?3))`,
    );
  }

  async listAll(): Promise<readonly SourceState[]> {
    return this.select('ORDER BY id');
  }

  async recordRun(run: Run): Promise<void> {
    const { id, sourceId, startedAt, outcome, funnel } = run;
    inTransaction(this.database, () => {
      const { changes } = this.#insertRun.run(
        id,
        sourceId,
        startedAt.getTime(),
        JSON.stringify(run),
      );
      if (changes !== 1 || !ANSWERED.includes(outcome)) return;
      const hourAt = Math.floor(startedAt.getTime() / HOUR_MS) * HOUR_MS;
      this.#addToHour.run(sourceId, hourAt, funnel.new);
    });
  }

  async dropRunsBefore(at: Date): Promise<number> {
    return inTransaction(this.database, () => {
      this.database.prepare('DELETE FROM sourceHour WHERE hourAt < ?').run(at.getTime());
      const runs = this.database.prepare('DELETE FROM run WHERE startedAt < ?').run(at.getTime());
      return Number(runs.changes);
    });
  }

  async hourCounts(sourceId: string, sinceAt: Date): Promise<readonly HourCount[]> {
    return this.#hourCounts.all(sourceId, sinceAt.getTime()).map((row) => ({
      hourAt: new Date(Number(row['hourAt'])),
      newItems: Number(row['newItems']),
    }));
  }

  async listRuns(sourceId: string, limit: number): Promise<readonly Run[]> {
    const rows = this.database
      .prepare('SELECT body FROM run WHERE sourceId = ? ORDER BY startedAt DESC LIMIT ?')
      .all(sourceId, limit);
    return rows.map((row) => RunSchema.parse(JSON.parse(String(row['body']))));
  }

  async listRunsHolding({
    id,
    sourceId,
    at,
  }: Parameters<SourceStateStore['listRunsHolding']>[0]): Promise<readonly Run[]> {
    // Runs of earlier releases do not name what they set apart: there the moment tells.
    const rows = this.database
      .prepare(
        `SELECT body FROM run WHERE sourceId = ?1 AND (instr(body, ?2) > 0
           OR (startedAt <= ?3 AND body ->> '$.endedAt' >= ?4
             AND body ->> '$.funnel.quarantined' > 0 AND body -> '$.quarantinedIds' IS NULL))
         ORDER BY startedAt`,
      )
      .all(sourceId, JSON.stringify(id), at.getTime(), at.toISOString());
    return rows.map((row) => RunSchema.parse(JSON.parse(String(row['body']))));
  }

  async correctRun(run: Run): Promise<void> {
    this.database.prepare('UPDATE run SET body = ? WHERE id = ?').run(JSON.stringify(run), run.id);
  }

  async findSeen(
    sourceId: string,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, SeenItem>> {
    const rows = keys.flatMap((key) => this.#findSeen.all(sourceId, key));
    return new Map(
      rows.map((row) => {
        const key = String(row['key']);
        const post =
          row['post'] === null ? undefined : PostSchema.parse(JSON.parse(String(row['post'])));
        const seen: SeenItem = {
          key,
          contentDigest: String(row['contentDigest']),
          interactions: Number(row['interactions']),
          ...(post && { post }),
        };
        return [key, seen];
      }),
    );
  }

  async markSeen(sourceId: string, items: readonly SeenItem[], at: Date): Promise<void> {
    inTransaction(this.database, () => {
      for (const { key, contentDigest, interactions, post } of items) {
        const body = post ? JSON.stringify(post) : null;
        this.#markSeen.run(sourceId, key, contentDigest, interactions, body, at.getTime());
      }
    });
  }

  async noteShown(sourceId: string, keys: readonly string[], at: Date): Promise<void> {
    if (keys.length > 0) this.#noteShown.run(at.getTime(), sourceId, JSON.stringify(keys));
  }

  async dropUnshown(keptMs: number): Promise<number> {
    const newest = this.database
      .prepare('SELECT sourceId, max(shownAt) AS lastAt FROM seen GROUP BY sourceId')
      .all();
    const drop = this.database.prepare('DELETE FROM seen WHERE sourceId = ? AND shownAt < ?');
    return inTransaction(this.database, () =>
      newest
        .map((row) => drop.run(String(row['sourceId']), Number(row['lastAt']) - keptMs))
        .reduce((sum, { changes }) => sum + Number(changes), 0),
    );
  }
}

/** Tables of earlier releases did not keep when an item was last shown: all of them count as shown at the upgrade. */
function addShownAt(database: DatabaseSync): void {
  const columns = database.prepare('PRAGMA table_info(seen)').all();
  if (columns.some((column) => column['name'] === 'shownAt')) return;
  database.exec(`
    ALTER TABLE seen ADD COLUMN shownAt INTEGER NOT NULL DEFAULT 0;
    UPDATE seen SET shownAt = max(seenAt, unixepoch() * 1000);
  `);
}
