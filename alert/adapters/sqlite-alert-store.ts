import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { AlertSchema, eventIdOf, type Alert } from '../alert.ts';
import type { AlertStore } from '../ports.ts';

/** When somebody is called next, by the ladder or because everyone must acknowledge. */
function dueAtOf({ ladder, everyone }: Alert): number | null {
  const times = [ladder?.nextAt, everyone?.nextAt].flatMap((at) => at?.getTime() ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

/** Alerts, with the time of each ladder's next step beside them. */
export class SqliteAlertStore extends SqliteDocuments<Alert> implements AlertStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'alert',
      kind: '预警',
      schema: AlertSchema,
      columns: { eventId: 'TEXT', isFired: 'INTEGER', firedAt: 'INTEGER', ladderDueAt: 'INTEGER' },
      valuesOf: (alert) => ({
        eventId: eventIdOf(alert) ?? null,
        isFired: alert.state === 'fired' && !alert.continuedUnder ? 1 : 0,
        firedAt: alert.firedAt.getTime(),
        ladderDueAt: alert.continuedUnder ? null : dueAtOf(alert),
      }),
      waitsIn: ['ladderDueAt'],
      indexes: [
        '(eventId)',
        '(isFired DESC, firedAt DESC)',
        '(ladderDueAt) WHERE ladderDueAt IS NOT NULL',
        '(firedAt)',
      ],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Alert[]> {
    return this.select('WHERE eventId = ? ORDER BY firedAt DESC', eventId);
  }

  async listNewest(limit: number): Promise<readonly Alert[]> {
    return this.select('ORDER BY isFired DESC, firedAt DESC LIMIT ?', limit);
  }

  /** Alerts of events that fired since then. */
  async countFiredSince(since: Date): Promise<number> {
    const row = this.database
      .prepare('SELECT count(*) AS n FROM alert WHERE firedAt > ? AND eventId IS NOT NULL')
      .get(since.getTime());
    return Number(row?.['n'] ?? 0);
  }

  async findLadderDue(now: Date, limit: number): Promise<readonly Alert[]> {
    return this.select(
      'WHERE ladderDueAt IS NOT NULL AND ladderDueAt <= ? ORDER BY ladderDueAt LIMIT ?',
      now.getTime(),
      limit,
    );
  }
}
