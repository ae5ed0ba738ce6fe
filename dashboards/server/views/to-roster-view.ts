import { addDays, beijingDay, beijingMinute, DAY_KIND_WORDS, hasRole, type Person } from '#core';
import {
  leaveOn,
  onDutyAt,
  planOn,
  SEATS,
  SEAT_WORDS,
  seatOf,
  type DutyDay,
  type DutyPack,
  type DutyTable,
  type Shift,
} from '#alert';
import type { RosterDayView, RosterView } from '#contract';
import type { NationalCalendar } from '#core';
import { iso } from './iso.ts';

export interface RosterParts {
  /** `yyyy-MM`. */
  readonly month: string;
  readonly at: Date;
  readonly table: DutyTable | undefined;
  readonly calendar: NationalCalendar;
  readonly pack: DutyPack;
  readonly people: readonly Person[];
  readonly reader: Person;
  readonly mayKeep: boolean;
  readonly gaps: readonly string[];
  readonly dutyDays: readonly DutyDay[];
}

/** The calendar of a month with who is on, and what is asked of the person who looks. */
export function toRosterView(parts: RosterParts): RosterView {
  const { month, at, table, pack, people, mayKeep, gaps, dutyDays } = parts;
  const today = beijingDay(at);
  const plans = table?.roster.plans ?? [];
  const next = plans.find(({ from }) => from > today);
  const plan = next ?? (table && planOn(table.roster, today));
  return {
    month,
    today,
    hasRoster: table !== undefined,
    mayKeep,
    days: daysOf(month).map((day) => toDay(day, parts)),
    ...(plan &&
      table && {
        plan: {
          from: plan.from,
          shifts: plan.shifts.map((shift) => ({ ...shift, days: [...shift.days] })),
          fallback: [...table.roster.fallback],
        },
      }),
    ...(next && { nextPlanFrom: next.from }),
    ...toChanges(parts),
    gaps: [...gaps],
    checkAheadDays: pack.roster.checkAheadDays,
    people: people
      .filter(({ isDisabled }) => !isDisabled)
      .map((person) => ({
        id: person.id,
        name: person.name,
        maySit: hasRole(person, 'dutyOfficer'),
        mayLead: hasRole(person, ...pack.roster.leaders),
      })),
    reports: dutyDays.flatMap(({ id, report }) =>
      report
        ? [
            {
              day: id,
              period: report.period,
              dueAt: iso(report.dueAt),
              ...(report.filed && {
                filed: {
                  by: report.filed.by.name,
                  at: iso(report.filed.at),
                  text: report.filed.text,
                },
              }),
            },
          ]
        : [],
    ),
  };
}

function daysOf(month: string): string[] {
  const days: string[] = [];
  for (let day = `${month}-01`; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  return days;
}

function toDay(day: string, { table, calendar, people }: RosterParts): RosterDayView {
  const known = calendar.dayOf(day);
  const shifts = table?.shiftsOn(day) ?? [];
  const nameOf = (id: string): string => people.find((one) => one.id === id)?.name ?? '已删人员';
  return {
    day,
    ...(known && { kind: known.kind }),
    kindName: known && !known.mayMove ? DAY_KIND_WORDS[known.kind] : '安排未定',
    ...(known?.name && { holiday: known.name }),
    shifts: shifts.map((shift) => ({
      shiftId: shift.rule.id,
      name: shift.rule.name,
      start: iso(shift.start),
      end: iso(shift.end),
      seats: table ? seatsOf(shift, table, people, nameOf) : [],
    })),
    gaps: table && planOn(table.roster, day) ? gapsOf(day, shifts, table, people, nameOf) : [],
  };
}

/** As the seats stand when the shift begins. */
function seatsOf(
  shift: Shift,
  table: DutyTable,
  people: readonly Person[],
  nameOf: (id: string) => string,
) {
  const alone = { ...table, shiftsOn: (day: string) => (day === shift.day ? [shift] : []) };
  const duty = onDutyAt(shift.start, alone, maySitOf(people));
  return SEATS.filter((seat) => shift.rule.seats[seat] ?? seatOf(shift, seat, table)).flatMap(
    (seat) => {
      const seated = duty[seat].filter(({ layer }) => layer !== 'fallback');
      const base = { seat, seatName: SEAT_WORDS[seat] };
      if (seated.length === 0) return [{ ...base, reason: '空缺' }];
      return seated.map(({ personId, layer, reason }) => ({
        ...base,
        personId,
        name: nameOf(personId),
        reason,
        layer,
      }));
    },
  );
}

function gapsOf(
  day: string,
  shifts: readonly Shift[],
  table: DutyTable,
  people: readonly Person[],
  nameOf: (id: string) => string,
): string[] {
  const moments = [...shifts, ...table.shiftsOn(addDays(day, -1))]
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => beijingDay(at) === day);
  const words = moments.flatMap((at) => {
    const duty = onDutyAt(at, table, maySitOf(people));
    const away = SEATS.flatMap((seat) =>
      duty[seat]
        .filter(({ personId }) => leaveOn(table, personId, day))
        .map(({ personId }) => `${nameOf(personId)}当日请假`),
    );
    return [
      ...duty.alarms.map(({ kind, text }) =>
        kind === 'calendarMissing' ? '节假日安排未定' : `${beijingMinute(at).slice(11)} 起${text}`,
      ),
      ...away,
    ];
  });
  // A day without any shift has no moment of its own to look at.
  return shifts.length === 0 ? ['没有班次'] : [...new Set(words)];
}

const maySitOf =
  (people: readonly Person[]) =>
  (personId: string): boolean =>
    people.some(({ id, isDisabled }) => id === personId && !isDisabled);

function toChanges({
  table,
  at,
  people,
  reader,
  mayKeep,
}: RosterParts): Pick<RosterView, 'changes' | 'swaps'> {
  if (!table) return { changes: [], swaps: [] };
  const today = beijingDay(at);
  const { overrides, leaves, swaps } = table.roster;
  const nameOf = (id: string | undefined): string =>
    people.find((one) => one.id === id)?.name ?? '已删人员';
  const inWords = (slot: {
    day: string;
    shiftId: string;
    seat: (typeof SEATS)[number];
  }): string => {
    const shift = planOn(table.roster, slot.day)?.shifts.find(({ id }) => id === slot.shiftId);
    return `${slot.day.slice(5)} ${shift?.name ?? ''}（${SEAT_WORDS[slot.seat]}）`;
  };
  return {
    changes: [
      ...overrides
        .filter(({ to, withdrawn }) => to > at && !withdrawn)
        .map(({ id, seat, personId, from, to, reason }) => ({
          id,
          kind: 'override' as const,
          text: `${SEAT_WORDS[seat]}由 ${nameOf(personId)} 顶班，${beijingMinute(from)} 至 ${beijingMinute(to)}：${reason}`,
          mayWithdraw: mayKeep,
        })),
      ...leaves
        .filter(({ to, withdrawn }) => to >= today && !withdrawn)
        .map(({ id, personId, from, to, replacementId, reason }) => ({
          id,
          kind: 'leave' as const,
          text: `${nameOf(personId)} 请假 ${from} 至 ${to}，${replacementId ? `${nameOf(replacementId)} 替班` : '无人替班'}：${reason}`,
          mayWithdraw: mayKeep,
        })),
    ],
    swaps: swaps
      .filter(({ answer, mine }) => !answer && mine.day >= today)
      .map(({ id, mine, theirs, askedBy, askedOf, reason }) => ({
        id,
        text: `${askedBy.name} 用 ${inWords(mine)} 换 ${askedOf.name} 的 ${inWords(theirs)}：${reason}`,
        mayAnswer: askedOf.personId === reader.id,
      })),
  };
}
