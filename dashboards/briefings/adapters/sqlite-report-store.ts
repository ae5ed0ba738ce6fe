import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { ReportSchema, type Report, type ReportStore } from '../report.ts';

/** Times are written as `toISOString` writes them, so they sort as text. */
const URGE_AT = "json_extract(body, '$.urgeAt')";

/** Reports, by kind and number. */
export class SqliteReportStore extends SqliteDocuments<Report> implements ReportStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'report',
      kind: '报告',
      schema: ReportSchema,
      columns: {
        kind: 'TEXT',
        year: 'INTEGER',
        issue: 'INTEGER',
        part: 'INTEGER',
        createdAt: 'INTEGER',
      },
      valuesOf: ({ kind, year, issue, part, createdAt }) => ({
        kind,
        year,
        issue,
        part,
        createdAt: createdAt.getTime(),
      }),
      indexes: [
        '(kind, year, issue, part)',
        '(createdAt)',
        // Over the body: a column would ask a store of before to be made anew.
        `(${URGE_AT}) WHERE ${URGE_AT} IS NOT NULL`,
      ],
    });
  }

  async listNewest(limit: number): Promise<readonly Report[]> {
    return this.select('ORDER BY createdAt DESC, rowid DESC LIMIT ?', limit);
  }

  async listToUrge(until: Date, limit: number): Promise<readonly Report[]> {
    const where = `WHERE ${URGE_AT} IS NOT NULL AND ${URGE_AT} <= ? ORDER BY ${URGE_AT} LIMIT ?`;
    return this.select(where, until.toISOString(), limit);
  }

  async listOfYear(kind: Report['kind'], year: number): Promise<readonly Report[]> {
    return this.select('WHERE kind = ? AND year = ? ORDER BY issue, part', kind, year);
  }
}
