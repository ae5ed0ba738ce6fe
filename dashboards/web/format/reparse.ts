import type { ReparsedView } from '../../contract/index.ts';
import { FUNNEL_COLUMNS } from './funnel.ts';

/** 812 字节 · 14 KB · 5.0 MB */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} 字节`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What one quarantined item gives: where everything in it would end, or why it stays. */
export function foundText({ problem, funnel, waiting }: ReparsedView): string {
  if (problem !== undefined) return `仍然读不懂，留在隔离区：${problem}`;
  const ends = FUNNEL_COLUMNS.filter(([column]) => funnel[column] > 0)
    .map(([column, name]) => `${name} ${funnel[column]}`)
    .join('，');
  const later = waiting > 0 ? `${waiting} 行要读各自的页面，收入后随下一次读取` : '';
  return `读懂了：${[ends, later].filter(Boolean).join('；') || '里面没有条目'}`;
}

/** All that was tried together, and whether anything of it can be taken. */
export function toTrial(found: readonly ReparsedView[]): {
  readonly text: string;
  readonly canTake: boolean;
} {
  const understood = found.filter(({ problem }) => problem === undefined);
  const rest = found.length - understood.length;
  const fresh = sum(understood, ({ funnel }) => funnel.new);
  const parts = [
    `${found.length} 份里读懂 ${understood.length} 份，新信息 ${fresh} 条`,
    ...(rest > 0 ? [`${rest} 份仍读不懂`] : []),
  ];
  return { text: `${parts.join('；')}。`, canTake: understood.length > 0 };
}

/** What came of taking. */
export function takenText(found: readonly ReparsedView[]): string {
  const understood = found.filter(({ problem }) => problem === undefined);
  const fresh = sum(understood, ({ funnel }) => funnel.new);
  const waiting = sum(understood, (one) => one.waiting);
  const later = waiting > 0 ? `，另有 ${waiting} 行随下一次读取` : '';
  return `已收入 ${understood.length} 份：新信息 ${fresh} 条${later}；去向账已更正。`;
}

const sum = (all: readonly ReparsedView[], of: (one: ReparsedView) => number): number =>
  all.reduce((total, one) => total + of(one), 0);
