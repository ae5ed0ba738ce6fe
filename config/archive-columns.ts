import { Refused } from '#core';
import type { TableColumns } from '#ingest';

type ColumnName = keyof TableColumns;

/** Headers that archives use, the likeliest first; `--column` says what these do not. */
const KNOWN: Readonly<Record<ColumnName, readonly string[]>> = {
  text: ['text', 'content', '正文', '内容', '诉求内容', '微博正文', 'description'],
  title: ['title', '标题', '主题', 'topic'],
  key: ['id', '编号', '工单号', '留言号'],
  publishedAt: ['publishedAt', 'time', '发布时间', '时间', '日期', 'created_at', 'day'],
  url: ['url', 'link', '链接', '网址'],
  outlet: ['outlet', '发布机构', '媒体', '来源'],
  mediaTier: ['mediaTier', '媒体层级'],
  author: ['author', '作者'],
  interactions: ['interactions', '互动量', '互动数'],
};
const NAMES = Object.keys(KNOWN) as ColumnName[];

/**
 * Which column of a table means what.
 *
 * @param told `text=诉求内容`, each outweighs the guess
 * @throws {Refused} when one is misspelt, or no column for text or time is found
 */
export function archiveColumns(headers: readonly string[], told: readonly string[]): TableColumns {
  const guessed = NAMES.flatMap((name): [ColumnName, string][] => {
    const header = KNOWN[name].find((one) => headers.includes(one));
    return header === undefined ? [] : [[name, header]];
  });
  const columns: Partial<Record<ColumnName, string>> = Object.fromEntries([
    ...guessed,
    ...told.map(splitColumn),
  ]);
  const { publishedAt } = columns;
  const text = columns.text ?? columns.title;
  if (text === undefined || publishedAt === undefined) {
    const missing = text === undefined ? 'text（正文）' : 'publishedAt（时间）';
    throw new Refused(
      'COLUMN_MISSING',
      `找不到 ${missing} 这一列；有的列：${headers.join('、')}。用 --column 说明，如 --column text=诉求内容`,
      'invalid',
    );
  }
  return { ...columns, text, publishedAt };
}

function splitColumn(told: string): [ColumnName, string] {
  const [name = '', header = ''] = told.split('=', 2);
  const known = NAMES.find((one) => one === name);
  if (known && header) return [known, header];
  throw new Refused(
    'COLUMN_UNKNOWN',
    `--column ${told}：写成 名称=表头，名称是 ${NAMES.join('、')}`,
    'invalid',
  );
}
