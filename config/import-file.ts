import { readFileSync } from 'node:fs';
import { messageOf, NotFound, Refused } from '#core';
import { parseTable, receiveItems, type ParsedTable, type Run, type Source } from '#ingest';
import { EXIT } from './exit-codes.ts';
import { readPacks, readSources } from './packs.ts';
import type { Settings } from './settings.ts';
import { withBackend } from './with-backend.ts';

const SHOWN = 5;

/** The source a table belongs to. @throws {NotFound} */
function tableSource(settings: Settings, id: string): Source {
  const found = readSources(settings).find((source) => source.id === id);
  if (found?.reader.kind === 'table') return found;
  throw new NotFound('导入用的信息源（reader.kind 为 table）', id);
}

export interface ImportOrder {
  readonly file: string;
  readonly source: string;
  readonly isDryRun: boolean;
  readonly isJson: boolean;
}

/**
 * 导入: a hotline's export, a message board, a vendor's file. A dry run says what would be taken and
 * writes nothing; while the product runs, files are imported on the sources page.
 *
 * @returns the exit code
 */
export async function importFile(
  settings: Settings,
  { file, source: id, isDryRun, isJson }: ImportOrder,
  print: (text: string) => void,
): Promise<number> {
  const source = tableSource(settings, id);
  if (source.reader.kind !== 'table') return EXIT.usage;
  const bytes = readBytes(file);
  const table = await parseTable(bytes, source.reader.columns);
  const run = isDryRun ? undefined : await store(settings, source, table, bytes);
  print(isJson ? JSON.stringify(toJson(table, run), null, 2) : inWords(table, run));
  return table.unparsable > 0 ? EXIT.partly : EXIT.ok;
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Refused('FILE_UNREADABLE', `读不到文件 ${file}：${messageOf(cause)}`, 'invalid');
  }
}

async function store(
  settings: Settings,
  source: Source,
  table: ParsedTable,
  bytes: Uint8Array,
): Promise<Run> {
  const { items, unparsable } = table;
  const { rhythm } = readPacks(settings);
  return await withBackend(settings, async ({ sourceStates: states, rawItems, log, pseudonym }) => {
    const now = (): Date => new Date();
    const deps = { states, rawItems, log, pseudonym, now, isDrill: false, rhythm };
    return await receiveItems(source, { items, unparsable, bytes }, deps);
  });
}

function toJson({ items, unparsable, headers }: ParsedTable, run: Run | undefined): object {
  const shown = items
    .slice(0, SHOWN)
    .map(({ key, title, published }) => ({ key, title, published }));
  return { rows: items.length + unparsable, unparsable, headers, shown, funnel: run?.funnel };
}

function inWords({ items, unparsable, headers }: ParsedTable, run: Run | undefined): string {
  const rows = `${items.length + unparsable} 行，可用 ${items.length} 行，没有正文 ${unparsable} 行`;
  const head = [`列：${headers.join('、')}`, rows];
  if (run) {
    const { duplicate, old, refused } = run.funnel;
    const others = `重复 ${duplicate}，旧闻 ${old}，拒收 ${refused}`;
    return [...head, `已导入：新信息 ${run.funnel.new}，${others}`].join('\n');
  }
  const sample = items.slice(0, SHOWN).map(({ title, published }) => `  ${published}  ${title}`);
  return [...head, ...sample, '试读，没有写入任何数据。去掉 --dry-run 即导入。'].join('\n');
}
