import { parse as parseCsv } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { digestOf, Unreadable } from '#core';
import { decodeText } from '../text/decode-text.ts';
import { readCount, resolveUrl, type ReadItem } from '../read-item.ts';
import { MediaTierSchema } from '../post.ts';
import type { TableColumns } from '../source.ts';

/** A table as read, and what of it could not be. */
export interface ParsedTable {
  readonly items: readonly ReadItem[];
  /** Rows without text. */
  readonly unparsable: number;
  readonly headers: readonly string[];
}

type Row = Readonly<Record<string, string>>;

/** Rows by their headers, not yet understood. */
export interface Table {
  readonly headers: readonly string[];
  readonly rows: readonly Row[];
}

const MOST_ROWS = 200_000;
const TITLE_CHARACTERS = 40;

/**
 * Reads CSV, XLSX and JSONL by their first bytes, not by their name.
 *
 * @throws {Unreadable} when it is none of them, or a column named by the settings is not there
 */
export async function parseTable(bytes: Uint8Array, columns: TableColumns): Promise<ParsedTable> {
  return toItems(await readTable(bytes), columns);
}

/** @throws {Unreadable} when it is none of the three kinds */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  return isZip(bytes) ? await readXlsx(bytes) : readText(bytes);
}

/** @throws {Unreadable} when a column is not there */
export function toItems({ headers, rows }: Table, columns: TableColumns): ParsedTable {
  const missing = Object.values(columns).filter((column) => column && !headers.includes(column));
  if (missing.length > 0) {
    throw new Unreadable(
      `表格（没有这些列：${missing.join('、')}；有的列：${headers.join('、')}）`,
      undefined,
    );
  }
  const items = rows.flatMap((row) => toItem(row, columns) ?? []);
  return { items, unparsable: rows.length - items.length, headers };
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

async function readXlsx(bytes: Uint8Array): Promise<Table> {
  try {
    const [head = [], ...body] = await readSheet(Buffer.from(bytes));
    return toTable(
      head.map(cellText),
      body.map((row) => row.map(cellText)),
    );
  } catch (cause) {
    throw new Unreadable('XLSX 文件', cause);
  }
}

/** A spreadsheet's moment has no zone: what it shows is Beijing time. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return typeof cell === 'string' ? cell.trim() : JSON.stringify(cell);
}

function readText(bytes: Uint8Array): Table {
  const decoded = decodeText(bytes, '');
  if (decoded.kind === 'undecodable') throw new Unreadable('表格', decoded.reason);
  const text = decoded.text.replace(/^\uFEFF/, '');
  return text.trimStart().startsWith('{') ? readJsonLines(text) : readCsv(text);
}

function readJsonLines(text: string): Table {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_ROWS)
    .map((line, index): Row => {
      try {
        const value = JSON.parse(line) as Record<string, unknown>;
        return Object.fromEntries(
          Object.entries(value).map(([key, cell]) => [key, cellText(cell)]),
        );
      } catch (cause) {
        throw new Unreadable(`JSONL 第 ${index + 1} 行`, cause);
      }
    });
  return { headers: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

function readCsv(text: string): Table {
  try {
    const lines: string[][] = parseCsv(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: MOST_ROWS,
    });
    const [head = [], ...body] = lines;
    return toTable(
      head.map((cell) => cell.trim()),
      body,
    );
  } catch (cause) {
    throw new Unreadable('CSV 文件', cause);
  }
}

/** The one of comma, tab and semicolon that the first line holds most of. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const count = (mark: string): number => first.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function toTable(headers: readonly string[], body: readonly (readonly string[])[]): Table {
  const rows = body
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) =>
      Object.fromEntries(headers.map((header, index) => [header, (cells[index] ?? '').trim()])),
    );
  return { headers, rows };
}

function toItem(row: Row, columns: TableColumns): ReadItem | undefined {
  const cell = (column: string | undefined): string => (column ? (row[column] ?? '') : '');
  const text = cell(columns.text);
  if (text === '') return undefined;
  const author = cell(columns.author);
  const outlet = cell(columns.outlet);
  const tier = MediaTierSchema.safeParse(cell(columns.mediaTier));
  return {
    key: cell(columns.key) || digestOf(JSON.stringify(row)),
    url: resolveUrl(cell(columns.url), 'file:///') ?? '',
    title: cell(columns.title) || text.slice(0, TITLE_CHARACTERS),
    text,
    published: cell(columns.publishedAt),
    publishedFrom: 'feed',
    ...(author && { author }),
    ...(outlet && { outlet }),
    ...(tier.success && { mediaTier: tier.data }),
    ...(columns.interactions && { interactions: readCount(cell(columns.interactions)) }),
    needsArticle: false,
  };
}
