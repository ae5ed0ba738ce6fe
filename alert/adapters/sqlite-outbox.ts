import type { DatabaseSync } from 'node:sqlite';
import { inTransaction, SqliteDocuments } from '#core/sqlite';
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
      waitsIn: ['waitsUntil', 'leaseUntil'],
      indexes: [
        '(alertId)',
        '(eventId)',
        '(createdAt)',
        '(channel, priority, waitsUntil) WHERE waitsUntil IS NOT NULL',
        '(channel, leaseUntil) WHERE leaseUntil IS NOT NULL',
        '(channel, createdAt)',
      ],
    });
  }

  async listDue(
    channel: ChannelKind,
    realNow: Date,
    limit: number,
    which?: 'grave' | 'other',
  ): Promise<readonly Notice[]> {
    const at = realNow.getTime();
    const [least, most] = which === 'grave' ? [0, 0] : [which === 'other' ? 1 : 0, 9];
    const lapsed = this.select(
      `WHERE channel = ? AND leaseUntil IS NOT NULL AND leaseUntil <= ? AND priority BETWEEN ? AND ?
       ORDER BY leaseUntil LIMIT ?`,
      channel,
      at,
      least,
      most,
      limit,
    );
    const waiting = this.select(
      `WHERE channel = ? AND priority BETWEEN ? AND ? AND waitsUntil IS NOT NULL AND waitsUntil <= ?
       ORDER BY priority, waitsUntil LIMIT ?`,
      channel,
      least,
      most,
      at,
      limit,
    );
    return [...lapsed, ...waiting].toSorted((a, b) => a.priority - b.priority).slice(0, limit);
  }

  async lease(notices: readonly Notice[], by: string, until: Date): Promise<readonly Notice[]> {
    return await this.replaceMany(
      notices.map((notice) => ({
        ...notice,
        revision: notice.revision + 1,
        state: 'leased' as const,
        leaseBy: by,
        leaseUntil: until,
      })),
    );
  }

  async replaceMany(notices: readonly Notice[]): Promise<readonly Notice[]> {
    if (notices.length === 0) return [];
    return inTransaction(this.database, () =>
      notices.filter((notice) => this.replaceIfSame(notice)),
    );
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

  async listByChannel(channel: ChannelKind, limit: number): Promise<readonly Notice[]> {
    return this.select(
      'WHERE channel = ? ORDER BY createdAt DESC, rowid DESC LIMIT ?',
      channel,
      limit,
    );
  }

  async countUnsent(channel: ChannelKind): Promise<number> {
    const row = this.database
      .prepare(
        `SELECT (SELECT count(*) FROM notice WHERE channel = ? AND waitsUntil IS NOT NULL)
              + (SELECT count(*) FROM notice WHERE channel = ? AND leaseUntil IS NOT NULL) AS n`,
      )
      .get(channel, channel);
    return Number(row?.['n'] ?? 0);
  }

  async countLapsed(before: Date): Promise<number> {
    const row = this.database
      .prepare('SELECT count(*) AS n FROM notice WHERE leaseUntil IS NOT NULL AND leaseUntil < ?')
      .get(before.getTime());
    return Number(row?.['n'] ?? 0);
  }

  /** Notices of trials that are out are dropped: no person got them. @returns how many */
  dropTrialsBefore(before: Date): number {
    const result = this.database
      .prepare(
        `DELETE FROM notice WHERE channel = 'loopback' AND createdAt < ? AND waitsUntil IS NULL`,
      )
      .run(before.getTime());
    return Number(result.changes);
  }

  async oldestUnsentAt(): Promise<Date | undefined> {
    const row = this.database
      .prepare(
        `SELECT min(createdAt) AS at FROM (
           SELECT createdAt, channel FROM notice WHERE waitsUntil IS NOT NULL
           UNION ALL SELECT createdAt, channel FROM notice WHERE leaseUntil IS NOT NULL)
         WHERE channel <> 'loopback'`,
      )
      .get();
    const at = row?.['at'];
    return at === null || at === undefined ? undefined : new Date(Number(at));
  }
}
