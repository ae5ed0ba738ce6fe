import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real data that no one here wrote. It lies beside the project and is never copied into it. */
const FOLDER = fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Where it lies, for what reads it by itself. */
export const openDataFolder = FOLDER;

/** Why the tests on open data do not run here; undefined when they do. */
export const noOpenData = existsSync(FOLDER)
  ? undefined
  : '没有 ../shared/data（开放数据不随项目分发）';

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
