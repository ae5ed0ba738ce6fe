import type { DutyNow, Person, PersonStore } from '#core';
import type { Roster } from './ports.ts';

/** Who is called: the two duty officers of the duty page, and whoever holds another role. */
export function createRoster(people: PersonStore, dutyNow: () => Promise<DutyNow>): Roster {
  return {
    async onCall(role, seat) {
      const all = (await people.listAll()).filter(({ isDisabled }) => !isDisabled);
      if (role !== 'dutyOfficer') return all.filter(({ roles }) => roles.includes(role));
      const duty = await dutyNow();
      const id = seat === 'first' ? duty.firstId : duty.secondId;
      return all.filter((person: Person) => person.id === id);
    },
  };
}
