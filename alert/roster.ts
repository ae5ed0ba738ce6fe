import type { PersonStore } from '#core';
import type { OnDuty } from './duty/on-duty.ts';
import type { Roster } from './ports.ts';

/** Who is called: whoever the roster has on duty, and whoever holds another role. */
export function createRoster(people: PersonStore, onDuty: (now: Date) => Promise<OnDuty>): Roster {
  return {
    async onCall(role, seat, now) {
      const all = (await people.listAll()).filter(({ isDisabled }) => !isDisabled);
      if (role !== 'dutyOfficer') return all.filter(({ roles }) => roles.includes(role));
      const seated = (await onDuty(now))[seat];
      return seated.flatMap(({ personId }) => all.find(({ id }) => id === personId) ?? []);
    },
  };
}
