import type { Person } from '#core';
import type { Countdown } from '#alert';
import { seeded } from '../../bench/support/texts.ts';

export interface DutyOrder {
  readonly folder: string;
  readonly smtpUrl: string;
  readonly seed: number;
  readonly duties: number;
  /** ms since the epoch; the storm begins then. */
  readonly startsMs: number;
  readonly stormMs: number;
  /** So far the child's clock is ahead, ms: leases of the killed need not be waited for. */
  readonly aheadMs: number;
  readonly senders: number;
  readonly point?: 'beforeCommit' | 'afterCommit' | 'afterSocketWrite' | 'beforeComplete';
  /** At which call of the point the process ends; 0 never. */
  readonly dieAtCall: number;
  /** Known-bad: records the receipt before it sends; sends what another holds; lets lost wake-ups be. */
  readonly control?: 'marksFirst' | 'noLease' | 'noAuditor';
}

export const OFFICER: Person = {
  id: 'officer',
  revision: 1,
  effects: [],
  name: '值班员',
  signInName: 'officer',
  unit: '',
  roles: ['dutyOfficer'],
  email: 'officer@crash.test',
  mustChangePassword: false,
  isDisabled: false,
  createdAt: new Date(0),
};

/** Duty number so-and-so of an order, the same each time it is asked for. */
export function aDuty(number: number, order: DutyOrder): Countdown {
  const random = seeded(order.seed + number);
  const startAt = new Date(order.startsMs + (number / order.duties) * order.stormMs);
  const lengthMs = 500 + random() * 2_500;
  const dueAt = new Date(startAt.getTime() + lengthMs);
  return {
    id: `duty-${number}`,
    revision: 1,
    effects: [],
    eventId: `event-${number}`,
    eventTitle: '某区停水',
    isDrill: true,
    code: 'AUTH_RELEASE_5H',
    name: '5小时发布',
    basis: '国办规定时限',
    ruleVersion: 'default-countdowns 2',
    ruleValidFrom: '2016-01-01',
    calendar: 'hours24x7',
    start: { at: startAt, recordId: 'post-1', reason: '建议达到重大' },
    shadow: { firstPublicAt: startAt, knownAt: startAt },
    statutoryDueAt: dueAt,
    managedDueAt: dueAt,
    state: 'running',
    milestones: [0.5, 0.8, 1].map((ratio) => ({
      ratio,
      at: new Date(startAt.getTime() + lengthMs * ratio),
    })),
    armedAt: startAt,
    isBornBreached: false,
    grade: 'L2',
    history: [{ at: startAt, what: '开始计时' }],
  };
}
