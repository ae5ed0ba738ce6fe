import type { CountdownView } from '../../contract/index.ts';

type State = CountdownView['state'];
export type Tone = 'ok' | 'warn' | 'bad' | 'plain';

export const COUNTDOWN_STATES: Readonly<Record<State, { word: string; tone: Tone }>> = {
  provisional: { word: '暂定计时', tone: 'warn' },
  running: { word: '计时中', tone: 'warn' },
  satisfied: { word: '按时完成', tone: 'ok' },
  satisfiedLate: { word: '逾期完成', tone: 'bad' },
  breached: { word: '已超时', tone: 'bad' },
  cancelled: { word: '已取消', tone: 'plain' },
  waived: { word: '已豁免', tone: 'plain' },
};

const OPEN: readonly State[] = ['provisional', 'running', 'breached'];
export const isOpen = ({ state }: Pick<CountdownView, 'state'>): boolean => OPEN.includes(state);

/** How near the end is; its turns are those of the reminders: half, four fifths, the end. */
export type Urgency = 'calm' | 'half' | 'late' | 'over';

export interface TimeLeft {
  /** Below zero once the due time passed. */
  readonly leftMs: number;
  /** Share of the period that is used, 0 to 1. */
  readonly usedRatio: number;
  readonly urgency: Urgency;
}

export function timeLeft(
  { start, statutoryDueAt }: Pick<CountdownView, 'start' | 'statutoryDueAt'>,
  nowMs: number,
): TimeLeft {
  const startMs = Date.parse(start.at);
  const dueMs = Date.parse(statutoryDueAt);
  const leftMs = dueMs - nowMs;
  if (leftMs <= 0) return { leftMs, usedRatio: 1, urgency: 'over' };
  const usedRatio = Math.min(1, Math.max(0, (nowMs - startMs) / (dueMs - startMs)));
  const urgency = usedRatio >= 0.8 ? 'late' : usedRatio >= 0.5 ? 'half' : 'calm';
  return { leftMs, usedRatio, urgency };
}

/** The basis as people read it, without the rule pack's mark of how sure its source is. */
export const basisText = (basis: string): string => basis.replace(/\s*\[[A-Z]\]\s*$/, '');

const PROOF_NAMES: Readonly<Record<string, string>> = {
  record: '登记的办理',
  release: '发布稿',
  conference: '新闻发布会',
  grade: '定级',
  order: '处置单',
  evaluation: '评估',
  assessment: '研判',
};

/** What met a duty, in words; its record's id is nothing that people read. */
export const proofText = (ref: string): string =>
  PROOF_NAMES[ref.split(':', 1)[0] ?? ''] ?? '办理记录';
