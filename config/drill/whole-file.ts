import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { Unreadable } from '#core';

/**
 * Writes JSON so that a kill at any moment leaves the old file or the new one, never half of one.
 * For small files that are written rarely, hence synchronous.
 */
export function writeWhole(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * What was written last; undefined when nothing ever was.
 *
 * @throws {Unreadable} when the file is there but says nothing we understand
 */
export function readWhole<T>(path: string, schema: z.ZodType<T>, what: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new Unreadable(`${what} ${path}`, cause);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Unreadable(`${what} ${path}`, cause);
  }
}
