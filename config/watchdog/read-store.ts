import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { messageOf } from '#core';
import type { StoreSeen } from './watch-reading.ts';

const At = z.number().transform((ms) => new Date(ms));
const HeartbeatRowSchema = z.object({ component: z.string(), at: At, bootId: z.string() });
const MomentRowSchema = z.object({ at: At.nullable() });

const BUSY_MS = 2_000;

/** Where the product keeps what speaks next: milestones of countdowns, steps of ladders. */
const NEXT_DUE = `SELECT min(at) AS at FROM (
  SELECT min(milestoneAt) AS at FROM countdown WHERE milestoneAt IS NOT NULL
  UNION ALL SELECT min(ladderDueAt) FROM alert WHERE ladderDueAt IS NOT NULL)`;
const GRAVE_SINCE = `SELECT min(createdAt) AS at FROM (
  SELECT createdAt FROM notice WHERE waitsUntil IS NOT NULL AND priority = 0
  UNION ALL SELECT createdAt FROM notice WHERE leaseUntil IS NOT NULL AND priority = 0)`;

/** Looks into the product's data folder and leaves no trace there; never throws. */
export function readStore(folder: string): StoreSeen {
  let database: DatabaseSync | undefined;
  try {
    const path = join(folder, 'records.db');
    statSync(path);
    const { bavail, bsize } = statfsSync(folder);
    const walBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    database = openReadOnly(path);
    return {
      kind: 'read',
      heartbeats: readHeartbeats(database),
      nextDueAt: readMoment(database, NEXT_DUE),
      graveSinceAt: readMoment(database, GRAVE_SINCE),
      freeBytes: bavail * bsize,
      walBytes,
    };
  } catch (error) {
    return { kind: 'unreadable', why: inWords(error) };
  } finally {
    database?.close();
  }
}

/**
 * A connection that writes nothing at all. A plain read-only one would still make `-wal` and `-shm` beside
 * the file and keep them. Where `-shm` is missing nobody has the file open, so it cannot change under us.
 *
 * Source: SQLite, "Read-Only WAL-Mode Databases"; URI parameters readonly_shm and immutable.
 */
function openReadOnly(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.search = existsSync(`${path}-shm`) ? '?readonly_shm=1' : '?immutable=1';
  return new DatabaseSync(url, { readOnly: true, timeout: BUSY_MS });
}

function readHeartbeats(database: DatabaseSync): z.infer<typeof HeartbeatRowSchema>[] {
  const table = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'heartbeat'`).get();
  // A release before heartbeats: they are missing, which is a trouble of its own.
  if (!table) return [];
  const rows = database.prepare('SELECT component, at, bootId FROM heartbeat').all();
  return z.array(HeartbeatRowSchema).parse(rows);
}

const readMoment = (database: DatabaseSync, sql: string): Date | undefined =>
  MomentRowSchema.parse(database.prepare(sql).get()).at ?? undefined;

const CODES: Readonly<Record<string, string>> = {
  ENOENT: '没有数据目录或 records.db',
  EACCES: '没有读权限',
  EIO: '磁盘读写出错',
};
const SQLITE_CODES: Readonly<Record<number, string>> = {
  5: 'records.db 一直被占用',
  10: '磁盘读写出错',
  11: 'records.db 已损坏',
  14: 'records.db 打不开',
  26: 'records.db 不是数据库',
};

function inWords(error: unknown): string {
  const { code = '', errcode = 0 } = error as { code?: string; errcode?: number };
  // The low byte is the kind; the rest only says more of it.
  return CODES[code] ?? SQLITE_CODES[errcode % 256] ?? `读取出错：${messageOf(error)}`;
}
