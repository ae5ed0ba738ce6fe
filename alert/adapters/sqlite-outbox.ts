import type { DatabaseSync } from 'node:sqlite';
import { StaleWrite } from '#core';
import { SqliteDocuments } from '#core/sqlite';
import { NoticeSchema, type ChannelKind, type Notice } from '../alert.ts';
import type { Outbox } from '../ports.ts';

/**
 * Notices on their way. Two partial indexes, one predicate each: SQLite does not use an index over
 * `state IN ('pending', 'leased')` for a query that asks for one of them.
 */
export class SqliteOutbox extends SqliteDocuments<Notice> implements Outbox {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'notice',
      kind: '通知',
      schema: NoticeSchema,
      columns: {
        alertId: 'TEXT',
        eventId: 'TEXT',
        channel: 'TEXT',
        priority: 'INTEGER',
        createdAt: 'INTEGER',
        waitsUntil: 'INTEGER',
        leaseUntil: 'INTEGER',
      },
      valuesOf: ({
        alertId,
        eventId,
        channel,
        priority,
        createdAt,
        state,
        nextAt,
        leaseUntil,
      }) => ({
        alertId,
        eventId: eventId ?? null,
        channel,
        priority,
        createdAt: createdAt.getTime(),
        waitsUntil: state === 'pending' || state === 'unknown' ? nextAt.getTime() : null,
        leaseUntil: state === 'leased' ? (leaseUntil?.getTime() ?? 0) : null,
      }),
      indexes: [
        '(alertId)',
        '(eventId)',
        '(createdAt)',
        '(channel, priority, waitsUntil) WHERE waitsUntil IS NOT NULL',
        '(channel, leaseUntil) WHERE leaseUntil IS NOT NULL',
      ],
    });
  }

  async claim(
    by: string,
    channel: ChannelKind,
    realNow: Date,
    leaseMs: number,
    limit: number,
  ): Promise<readonly Notice[]> {
    const at = realNow.getTime();
    const lapsed = this.select(
      'WHERE channel = ? AND leaseUntil IS NOT NULL AND leaseUntil <= ? ORDER BY leaseUntil LIMIT ?',
      channel,
      at,
      limit,
    );
    const waiting = this.select(
      `WHERE channel = ? AND waitsUntil IS NOT NULL AND waitsUntil <= ?
       ORDER BY priority, waitsUntil LIMIT ?`,
      channel,
      at,
      limit,
    );
    const due = [...lapsed, ...waiting].toSorted((a, b) => a.priority - b.priority);
    const claimed: Notice[] = [];
    for (const notice of due.slice(0, limit)) {
      const leased: Notice = {
        ...notice,
        revision: notice.revision + 1,
        state: 'leased',
        leaseBy: by,
        leaseUntil: new Date(at + leaseMs),
      };
      if (await this.#wins(leased)) claimed.push(leased);
    }
    return claimed;
  }

  async listByAlert(alertId: string): Promise<readonly Notice[]> {
    return this.select('WHERE alertId = ? ORDER BY createdAt, rowid', alertId);
  }

  async listByEvent(eventId: string): Promise<readonly Notice[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }

  async listNewest(limit: number): Promise<readonly Notice[]> {
    return this.select('ORDER BY createdAt DESC, rowid DESC LIMIT ?', limit);
  }

  async oldestUnsentAt(): Promise<Date | undefined> {
    const row = this.database
      .prepare(
        `SELECT min(createdAt) AS at FROM (
           SELECT createdAt FROM notice WHERE waitsUntil IS NOT NULL
           UNION ALL SELECT createdAt FROM notice WHERE leaseUntil IS NOT NULL)`,
      )
      .get();
    const at = row?.['at'];
    return at === null || at === undefined ? undefined : new Date(Number(at));
  }

  /** A lost race is no error. */
  async #wins(leased: Notice): Promise<boolean> {
    try {
      await this.replace(leased);
      return true;
    } catch (error) {
      if (error instanceof StaleWrite) return false;
      throw error;
    }
  }
}
