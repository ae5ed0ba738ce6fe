import { addDays, beijingDay, beijingMinute, DAY_MS, startOfBeijingDay } from '#core';
import { SEATS, SEAT_WORDS, type Seat } from './duty-roster.ts';
import type { DutyTable } from './duty-table.ts';
import { leaveOn, onDutyAt, type MaySit, type OnDuty } from './on-duty.ts';

/** A stretch of time in which the roster does not hold what it promises. */
export interface DutyGap {
  readonly kind: 'nobody' | 'noSecond' | 'noLeader' | 'calendarMissing' | 'unreachable' | 'onLeave';
  readonly seat?: Seat;
  readonly personId?: string;
  readonly from: Date;
  readonly to: Date;
}

export interface RosterPeople {
  readonly maySit: MaySit;
  /** Whether some channel that is set up here reaches this person. */
  readonly isReachable: (personId: string) => boolean;
}

/** A stretch of time in which nothing changes. */
export interface DutyStretch {
  readonly from: Date;
  readonly to: Date;
  readonly duty: OnDuty;
}

/** Who is on duty over a time, cut where it changes; `to` is not included. */
export function stretchesOf(
  from: Date,
  to: Date,
  table: DutyTable,
  maySit: MaySit,
): readonly DutyStretch[] {
  const moments = new Set([from.getTime()]);
  const add = (at: Date | undefined): void => {
    if (at && from < at && at < to) moments.add(at.getTime());
  };
  const last = beijingDay(to);
  for (let day = addDays(beijingDay(from), -1); day <= last; day = addDays(day, 1)) {
    for (const { start, end } of table.shiftsOn(day)) [start, end].forEach(add);
  }
  for (const { from: begins, to: ends, withdrawn } of table.roster.overrides) {
    [begins, ends, withdrawn?.at].forEach(add);
  }
  const sorted = [...moments].toSorted((a, b) => a - b).map((ms) => new Date(ms));
  return sorted.map((at, index) => ({
    from: at,
    to: sorted[index + 1] ?? to,
    duty: onDutyAt(at, table, maySit),
  }));
}

/** Every gap of the days ahead, in order; stretches that follow each other with the same gap are one. */
export function checkRoster(
  now: Date,
  aheadDays: number,
  table: DutyTable,
  people: RosterPeople,
): readonly DutyGap[] {
  const until = new Date(startOfBeijingDay(beijingDay(now)).getTime() + aheadDays * DAY_MS);
  const gaps = stretchesOf(now, until, table, people.maySit).flatMap((stretch) =>
    gapsOf(stretch, table, people),
  );
  return joined(gaps);
}

function gapsOf(
  { from, to, duty }: DutyStretch,
  table: DutyTable,
  people: RosterPeople,
): DutyGap[] {
  const empty = duty.alarms.map(({ kind }) => ({ kind, from, to }));
  const wrong = SEATS.flatMap((seat) =>
    duty[seat].flatMap(({ personId, layer }): DutyGap[] => {
      // The list is for what the roster leaves open; that it is called is told already.
      if (layer === 'fallback') return [];
      const isAway = leaveOn(table, personId, beijingDay(from)) !== undefined;
      return [
        ...(isAway ? [{ kind: 'onLeave' as const, seat, personId, from, to }] : []),
        ...(people.isReachable(personId)
          ? []
          : [{ kind: 'unreachable' as const, seat, personId, from, to }]),
      ];
    }),
  );
  return [...empty, ...wrong];
}

function joined(gaps: readonly DutyGap[]): readonly DutyGap[] {
  const made: DutyGap[] = [];
  const lastOf = new Map<string, number>();
  for (const gap of gaps) {
    const key = `${gap.kind} ${gap.seat ?? ''} ${gap.personId ?? ''}`;
    const index = lastOf.get(key);
    const before = index === undefined ? undefined : made[index];
    if (before && index !== undefined && before.to.getTime() === gap.from.getTime()) {
      made[index] = { ...before, to: gap.to };
    } else {
      lastOf.set(key, made.push(gap) - 1);
    }
  }
  return made;
}

const KIND_WORDS: Readonly<Record<DutyGap['kind'], string>> = {
  nobody: '没有值班员',
  noSecond: '没有第二值班员',
  noLeader: '没有带班领导',
  calendarMissing: '节假日安排未定，各类班次都会被叫到',
  unreachable: '没有可用的联系方式',
  onLeave: '当日请假',
};

/** One line for each kind of gap and person: the first stretch, and how many more. */
export function gapsInWords(
  gaps: readonly DutyGap[],
  nameOf: (personId: string) => string,
): readonly string[] {
  const groups = Map.groupBy(gaps, ({ kind, personId = '' }) => `${kind} ${personId}`);
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const { kind, seat, personId, from, to } = first;
    const who = seat && personId ? `${SEAT_WORDS[seat]} ${nameOf(personId)} ` : '';
    const when = `${beijingMinute(from).slice(5)} 至 ${beijingMinute(to).slice(5)}`;
    const rest = more.length > 0 ? `，此后还有 ${more.length} 段` : '';
    return [`${who}${KIND_WORDS[kind]}：${when}${rest}`];
  });
}
