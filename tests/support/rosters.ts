import { createCalendar } from '#core';
import {
  createDutyTable,
  ROSTER_ID,
  type DutyPlan,
  type DutyRoster,
  type DutyTable,
  type ShiftRule,
} from '#alert';
import { calendarPack } from './packs.ts';

export const calendar = createCalendar(calendarPack);
export const HEAD = { personId: 'head', name: '顾明远' };
/** A moment of Beijing wall time, `yyyy-MM-dd HH:mm`. */
export const beijing = (minute: string): Date => new Date(`${minute.replace(' ', 'T')}:00+08:00`);

const turns = (...people: string[]) => ({ people, turnDays: 1 });

/** Day and night on workdays, a whole day on the others; no moment is left open. */
export const SHIFTS: readonly ShiftRule[] = [
  {
    id: 'day',
    name: '白班',
    days: ['workday'],
    from: '08:30',
    to: '17:30',
    seats: {
      first: turns('a', 'b', 'c'),
      second: turns('d', 'e'),
      leader: { people: ['x', 'y'], turnDays: 5 },
    },
  },
  {
    id: 'night',
    name: '夜班',
    days: ['workday'],
    from: '17:30',
    to: '08:30',
    seats: { first: turns('c', 'a', 'b'), second: turns('e', 'd'), leader: turns('x', 'y') },
  },
  {
    id: 'rest',
    name: '周末班',
    days: ['rest'],
    from: '08:30',
    to: '08:30',
    seats: { first: turns('d', 'e'), second: turns('a', 'b'), leader: turns('y', 'x') },
  },
  {
    id: 'holiday',
    name: '节日班',
    days: ['holiday'],
    from: '08:30',
    to: '08:30',
    seats: { first: turns('b', 'd'), second: turns('c', 'e'), leader: turns('x', 'y') },
  },
];

export const aPlan = (more: Partial<DutyPlan> = {}): DutyPlan => ({
  from: '2018-12-24',
  shifts: [...SHIFTS],
  by: HEAD,
  at: beijing('2018-12-20 10:00'),
  ...more,
});

export const aRoster = (more: Partial<DutyRoster> = {}): DutyRoster => ({
  id: ROSTER_ID,
  revision: 1,
  effects: [],
  plans: [aPlan()],
  fallback: ['z'],
  overrides: [],
  swaps: [],
  leaves: [],
  ...more,
});

export const aTable = (more: Partial<DutyRoster> = {}): DutyTable =>
  createDutyTable(aRoster(more), calendar);
export const everybody = (_personId: string): boolean => true;
