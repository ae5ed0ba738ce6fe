import { ROLE_WORDS, type DutyNow, type Person, type Role } from '#core';
import { SEATS, SEAT_WORDS, type ChannelKind, type OnDuty } from '#alert';
import type { DutyView, PersonView } from '#contract';
import { iso } from './iso.ts';

/** Which address of a person a channel needs; a channel that is not named here reaches a group, not a person. */
const ADDRESS: Partial<Record<ChannelKind, 'email' | 'phone'>> = {
  email: 'email',
  sms: 'phone',
  voice: 'phone',
};

function isReachable(person: Person, channels: readonly ChannelKind[]): boolean {
  return (
    !person.isDisabled &&
    channels.some((channel) => {
      const address = ADDRESS[channel];
      return address !== undefined && Boolean(person[address]);
    })
  );
}

export function toPersonView(person: Person, channels: readonly ChannelKind[]): PersonView {
  return {
    id: person.id,
    name: person.name,
    signInName: person.signInName,
    unit: person.unit,
    roles: person.roles.map((role) => ({ role, name: ROLE_WORDS[role] })),
    email: person.email,
    phone: person.phone,
    isDisabled: person.isDisabled,
    isReachable: isReachable(person, channels),
    hasSecondFactor: person.secondFactor !== undefined,
  };
}

export interface DutyParts {
  readonly byHand: DutyNow;
  readonly hasRoster: boolean;
  readonly onDuty: OnDuty;
  readonly people: readonly Person[];
  readonly channels: readonly ChannelKind[];
  /** Roles that the acknowledgement ladder calls, in its order. */
  readonly ladderRoles: readonly Role[];
}

export function toDutyView(parts: DutyParts): DutyView {
  const { byHand, hasRoster, onDuty, people, channels } = parts;
  const view = (id: string | undefined): PersonView | undefined => {
    const person = people.find((one) => one.id === id);
    return person && toPersonView(person, channels);
  };
  return {
    first: view(byHand.firstId),
    second: view(byHand.secondId),
    hasRoster,
    onDuty: SEATS.flatMap((seat) =>
      onDuty[seat].map(({ personId, reason, until }) => ({
        seatName: SEAT_WORDS[seat],
        name: people.find(({ id }) => id === personId)?.name ?? '',
        reason,
        until: until && iso(until),
      })),
    ),
    gaps: toGaps(parts),
  };
}

/** What stands in the way of reaching somebody at each rung, in words; empty when all is well. */
export function toGaps({ onDuty, people, channels, ladderRoles }: DutyParts): string[] {
  const seat = (key: 'first' | 'second'): string[] => {
    const name = SEAT_WORDS[key];
    const isRostered = onDuty[key].some(({ layer }) => layer !== 'fallback');
    const isTwoFirst = key === 'second' && onDuty.first.length > 1;
    const isOpen = !isRostered && !isTwoFirst;
    const unreached = onDuty[key].flatMap(({ personId }) => {
      const person = people.find(({ id }) => id === personId);
      return person && !isReachable(person, channels)
        ? [`${name} ${person.name} 没有可用的联系方式`]
        : [];
    });
    return [...(isOpen ? [`${name}未排班`] : []), ...unreached];
  };
  const role = (code: Role): string[] => {
    const holders = people.filter((one) => !one.isDisabled && one.roles.includes(code));
    if (holders.length === 0) return [`无人担任${ROLE_WORDS[code]}`];
    if (holders.some((one) => isReachable(one, channels))) return [];
    return [`${ROLE_WORDS[code]} ${holders.map(({ name }) => name).join('、')} 没有可用的联系方式`];
  };
  return [
    ...seat('first'),
    ...seat('second'),
    ...ladderRoles.filter((code) => code !== 'dutyOfficer').flatMap(role),
  ];
}

/** Whether the ladder would reach anybody at all. */
export function isSomebodyReachable({ onDuty, people, channels, ladderRoles }: DutyParts): boolean {
  return people.some((person) => {
    const isOnDuty = [...onDuty.first, ...onDuty.second].some(
      ({ personId }) => personId === person.id,
    );
    const holds = ladderRoles.some((role) => role !== 'dutyOfficer' && person.roles.includes(role));
    return (isOnDuty || holds) && isReachable(person, channels);
  });
}
