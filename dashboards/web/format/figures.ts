import type { EventView } from '../../contract/index.ts';

type Version = EventView['figures'][number];

/** Kinds of figures with the column they have; those of every accident always have one. */
const COLUMNS = [
  { kind: 'dead', name: '死亡', isAlways: true },
  { kind: 'injured', name: '受伤', isAlways: true },
  { kind: 'seriouslyInjured', name: '其中重伤', isAlways: false },
  { kind: 'missing', name: '失联', isAlways: true },
  { kind: 'poisoned', name: '中毒', isAlways: false },
  { kind: 'evacuated', name: '疏散', isAlways: false },
  { kind: 'lossYuan', name: '损失', isAlways: false },
] as const;
export type FigureColumn = (typeof COLUMNS)[number];

/** The columns that a table of these versions needs. */
export function figureColumns(versions: readonly Version[]): FigureColumn[] {
  return COLUMNS.filter(
    ({ kind, isAlways }) => isAlways || versions.some((version) => version[kind] !== undefined),
  );
}

/** 12, 至少 12, 1.2 亿元; a dash where the version says nothing. */
export function figureText(version: Version, kind: FigureColumn['kind']): string {
  const value = version[kind];
  if (value === undefined) return '–';
  const text = kind === 'lossYuan' ? yuanText(value) : value.toLocaleString('zh-CN');
  return version.leastKinds.includes(kind) ? `至少 ${text}` : text;
}

/** @param yuan whole yuan; from ten thousand on in 万元 or 亿元, to two digits */
export function yuanText(yuan: number): string {
  const [unit, name] = yuan >= 1e8 ? [1e8, '亿元'] : yuan >= 1e4 ? [1e4, '万元'] : [1, '元'];
  return `${(Math.round((yuan / unit) * 100) / 100).toLocaleString('zh-CN')} ${name}`;
}
