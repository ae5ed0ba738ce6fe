import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';

/** Real data that no one here wrote. It lies beside the project and is never copied into it. */
const FOLDER = fileURLToPath(new URL('../../../shared/data', import.meta.url));

const noOpenData = existsSync(FOLDER) ? undefined : '没有 ../shared/data（开放数据不随项目分发）';

/** A suite over the open data; where they are absent it is skipped and its title says so. */
export function describeOpenData(title: string, tests: () => void): void {
  if (noOpenData) describe.skip(`${title}（跳过：${noOpenData}）`, tests);
  else describe(title, tests);
}

/** Bytes of one file, as `feeds/gofeed/…`. */
export const openDataBytes = (path: string): Buffer => readFileSync(join(FOLDER, path));

export const openDataText = (path: string): string => openDataBytes(path).toString('utf8');

/** Names of the files of one folder, in order. */
export const openDataFiles = (folder: string): string[] => readdirSync(join(FOLDER, folder)).sort();

/** Fails with the measured ratio and what went wrong when fewer than `least` of all cases are right. */
export function expectRatio(right: number, wrong: readonly string[], least: number): void {
  const total = right + wrong.length;
  const ratio = total === 0 ? 0 : right / total;
  const measured = `${right} of ${total} right (${(100 * ratio).toFixed(1)} %)`;
  expect(ratio, [measured, ...wrong.slice(0, 20)].join('\n')).toBeGreaterThanOrEqual(least);
}
