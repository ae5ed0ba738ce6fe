import type { CountdownView } from '../../contract/index.ts';

type State = CountdownView['state'];

export const COUNTDOWN_STATES: Readonly<Record<State, string>> = {
  provisional: '暂定',
  running: '计时中',
  satisfied: '按时完成',
  satisfiedLate: '超时后完成',
  breached: '已超时',
  cancelled: '已取消',
  waived: '已豁免',
};

const OPEN: readonly State[] = ['provisional', 'running', 'breached'];
export const isOpen = ({ state }: Pick<CountdownView, 'state'>): boolean => OPEN.includes(state);

/** How near the end is: colours and words follow it. */
export type Urgency = 'calm' | 'half' | 'late' | 'over';

export interface TimeLeft {
  /** Below zero once the due time passed. */
  readonly leftMs: number;
  /** Share of the period that is used, 0 to 1. */
  readonly usedRatio: number;
  readonly urgency: Urgency;
}

/** Where an open countdown stands. Its turns are those of its reminders: half, four fifths, the end. */
export function timeLeft(
  { start, statutoryDueAt }: Pick<CountdownView, 'start' | 'statutoryDueAt'>,
  nowMs: number,
): TimeLeft {
  const startMs = Date.parse(start.at);
  const dueMs = Date.parse(statutoryDueAt);
  const leftMs = dueMs - nowMs;
  const usedRatio = Math.min(1, Math.max(0, (nowMs - startMs) / Math.max(1, dueMs - startMs)));
  if (leftMs <= 0) return { leftMs, usedRatio: 1, urgency: 'over' };
  const urgency = usedRatio >= 0.8 ? 'late' : usedRatio >= 0.5 ? 'half' : 'calm';
  return { leftMs, usedRatio, urgency };
}

/** The basis as people read it, without the mark of the rule pack on how sure its source is. */
export const basisText = (basis: string): string => basis.replace(/\s*\[[A-Z]\]$/, '');
