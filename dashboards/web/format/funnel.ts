import type { FunnelView } from '../../contract/index.ts';

/** What became of the items of a run, in the order in which they are sorted out. */
export const FUNNEL_COLUMNS: readonly (readonly [Exclude<keyof FunnelView, 'fetched'>, string])[] =
  [
    ['unparsable', '无法解析'],
    ['refused', '拒收'],
    ['old', '旧闻'],
    ['duplicate', '重复'],
    ['outOfScope', '范围外'],
    ['quarantined', '隔离'],
    ['new', '新信息'],
  ];

const WORDS = new Map<string, string>(FUNNEL_COLUMNS);
/** 新信息, 旧闻, … for one column. */
export const funnelText = (column: (typeof FUNNEL_COLUMNS)[number][0]): string =>
  WORDS.get(column) ?? column;

/** The sum of where items went; it is what was fetched, or items were lost on the way. */
export const funnelSum = (funnel: FunnelView): number =>
  FUNNEL_COLUMNS.reduce((sum, [column]) => sum + funnel[column], 0);
