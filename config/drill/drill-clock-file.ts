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
import { Unreadable } from '#core';
import { DrillClockStateSchema, type DrillClockState } from './drill-clock.ts';

/**
 * Writes the state so that a kill at any moment leaves the old file or the new one, never half of one.
 * Small and rare (a change of speed, a pause), hence synchronous.
 */
export function saveDrillClock(path: string, state: DrillClockState): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(state)}\n`);
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
 * What was saved last; undefined when nothing ever was.
 *
 * @throws {Unreadable} when the file is there but says nothing we understand
 */
export function readDrillClock(path: string): DrillClockState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new Unreadable(`演练时钟 ${path}`, cause);
  }
  try {
    return DrillClockStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Unreadable(`演练时钟 ${path}`, cause);
  }
}
