import type { DutyNow, NationalCalendar, PersonStore } from '#core';
import { ROSTER_ID } from './duty-roster.ts';
import { beginningOf, createDutyTable, type DutyTable } from './duty-table.ts';
import type { RosterStore } from './edit-roster.ts';
import { onDutyAt, onDutyByHand, type OnDuty } from './on-duty.ts';

/** Reads the roster, or the two of the duty page where there is none. */
export interface DutyReader {
  onDuty(now: Date): Promise<OnDuty>;
  /** Undefined for an office without a roster. */
  table(): Promise<DutyTable | undefined>;
}

export function createDutyReader(deps: {
  readonly rosters: RosterStore;
  readonly people: PersonStore;
  readonly calendar: NationalCalendar;
  readonly byHand: () => Promise<DutyNow>;
}): DutyReader {
  let last: DutyTable | undefined;
  const table = async (): Promise<DutyTable | undefined> => {
    const roster = await deps.rosters.findById(ROSTER_ID);
    if (!roster) return undefined;
    // What was worked out for this very roster still holds.
    if (last?.roster.revision !== roster.revision) last = createDutyTable(roster, deps.calendar);
    return last;
  };
  return {
    table,
    async onDuty(now) {
      const people = await deps.people.listAll();
      const sitting = new Set(people.filter((one) => !one.isDisabled).map(({ id }) => id));
      const maySit = (id: string): boolean => sitting.has(id);
      const found = await table();
      const begins = found && beginningOf(found);
      // Until its first shift begins a roster changes nothing.
      return found && begins && begins <= now
        ? onDutyAt(now, found, maySit)
        : onDutyByHand(await deps.byHand(), maySit);
    },
  };
}
