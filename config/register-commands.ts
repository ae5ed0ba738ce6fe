import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotFound } from '#core';
import { openDatabase, SqliteChain, type ChainExamination, type ChainFault } from '#core/sqlite';
import { registerCsv, ReleaseRegisterEntrySchema } from '#respond';
import { EXIT } from './exit-codes.ts';
import type { Settings } from './settings.ts';

type Print = (text: string) => void;
interface Stored {
  readonly storage: Pick<Settings['storage'], 'folder'>;
}

/** Records that only grow, by table. */
const CHAINS = [
  ['releaseRegister', '发布登记簿'],
  ['audit', '操作记录'],
  ['countdownBreach', '超时记录'],
] as const;

const FAULTS: Readonly<Record<ChainFault['kind'], string>> = {
  changed: '内容被改动',
  missing: '它前面少了一条或者几条',
  moved: '顺序被调换',
  cut: '末尾被截去：另行保存的摘要不在其中',
};

/** @throws {NotFound} where the product has not been started yet */
function withRecords<T>(
  { storage }: Stored,
  work: (chainOf: (table: string) => SqliteChain) => T,
): T {
  const file = join(storage.folder, 'records.db');
  if (!existsSync(file)) throw new NotFound('数据库', file);
  const database = openDatabase(file);
  try {
    return work((table) => new SqliteChain(database, table));
  } finally {
    database.close();
  }
}

/**
 * 校验: whether every record that only grows is as it was written. The product may be running.
 *
 * @param expect a digest of the release register that was kept elsewhere
 * @returns the exit code
 */
export function verifyRegister(
  settings: Stored,
  { expect, isJson }: { readonly expect?: string | undefined; readonly isJson: boolean },
  print: Print,
): number {
  const examined = withRecords(settings, (chainOf) =>
    CHAINS.map(([table, name]) => {
      const kept = table === 'releaseRegister' ? expect : undefined;
      return { table, name, ...chainOf(table).examine(kept) };
    }),
  );
  if (isJson) print(JSON.stringify(examined, null, 2));
  else for (const one of examined) print(inWords(one.name, one));
  return examined.some(({ fault }) => fault) ? EXIT.tampered : EXIT.ok;
}

function inWords(name: string, { entries, lastDigest, fault }: ChainExamination): string {
  if (!fault) {
    const last = lastDigest ? `，最后一条摘要 ${lastDigest}` : '';
    return `✓ ${name}：${entries} 条，链条完整${last}`;
  }
  const where = fault.id ? `第 ${fault.position} 条（${fault.id}）` : `${entries} 条之后`;
  return `✗ ${name}：${where}，${FAULTS[fault.kind]}`;
}

/**
 * 导出: the release register as CSV for Excel, or as JSON lines where the file ends in .jsonl.
 *
 * @returns the exit code
 */
export function exportRegister(
  settings: Stored,
  { out }: { readonly out: string },
  print: Print,
): number {
  const rows = withRecords(settings, (chainOf) =>
    [...chainOf('releaseRegister').read()].map(({ position, body, digest }) => ({
      position,
      chainDigest: digest,
      entry: ReleaseRegisterEntrySchema.parse(body),
    })),
  );
  const text = out.endsWith('.jsonl')
    ? rows
        .map(({ position, chainDigest, entry }) =>
          JSON.stringify({ position, digest: chainDigest, ...entry }),
        )
        .map((line) => `${line}\n`)
        .join('')
    : registerCsv(rows);
  writeFileSync(out, text, { mode: 0o600 });
  print(`已导出 ${rows.length} 条到 ${out}；最后一条摘要 ${rows.at(-1)?.chainDigest ?? '无'}`);
  return EXIT.ok;
}
