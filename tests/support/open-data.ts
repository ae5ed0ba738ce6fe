import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Real data that no one here wrote, in the folder named by HUIYING_DATA; it is never copied into the project. */
const FOLDER = process.env['HUIYING_DATA'] ?? '';

/** Where it lies, for what reads it by itself. */
export const openDataFolder = FOLDER;

/** Why the tests on open data do not run here; undefined when they do. */
export const noOpenData = existsSync(FOLDER)
  ? undefined
  : '没有设 HUIYING_DATA，或目录不在（开放数据不随项目分发）';

/** Follows the title of a suite, so that a skipped one says why. */
export const skipNote = noOpenData ? `（跳过：${noOpenData}）` : '';

/** Bytes of one file, as `feeds/gofeed/…`. */
export const openDataBytes = (path: string): Buffer => readFileSync(join(FOLDER, path));

export const openDataText = (path: string): string => openDataBytes(path).toString('utf8');

/** Names of the files of one folder, in order. */
export const openDataFiles = (folder: string): string[] => readdirSync(join(FOLDER, folder)).sort();

/**
 * By how much a measured ratio falls short, in words, with what was wrong.
 *
 * @param wrong one line for each case that was not right
 * @param least ratio of all cases that must be right, 0 to 1
 * @returns undefined when enough are right
 */
export function shortfall(
  right: number,
  wrong: readonly string[],
  least: number,
): string | undefined {
  const total = right + wrong.length;
  if (total > 0 && right >= least * total) return undefined;
  const percent = total === 0 ? 0 : (100 * right) / total;
  const measured = `${right} of ${total} right: ${percent.toFixed(1)} %, not ${100 * least} %`;
  return [measured, ...wrong.slice(0, 20)].join('\n');
}
