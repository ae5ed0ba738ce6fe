import { ROLE_WORDS, type DutyNow, type Person, type Role } from '#core';
import type { ChannelKind } from '#alert';
import type { DutyView, PersonView } from '#contract';

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
  };
}

export interface DutyParts {
  readonly duty: DutyNow;
  readonly people: readonly Person[];
  readonly channels: readonly ChannelKind[];
  /** Roles that the acknowledgement ladder calls, in its order. */
  readonly ladderRoles: readonly Role[];
}

export function toDutyView(parts: DutyParts): DutyView {
  const { duty, people, channels } = parts;
  const view = (id: string | undefined): PersonView | undefined => {
    const person = people.find((one) => one.id === id);
    return person && toPersonView(person, channels);
  };
  return { first: view(duty.firstId), second: view(duty.secondId), gaps: toGaps(parts) };
}

/** What stands in the way of reaching somebody at each rung, in words; empty when all is well. */
export function toGaps({ duty, people, channels, ladderRoles }: DutyParts): string[] {
  const seat = (name: string, id: string | undefined): string[] => {
    const person = people.find((one) => one.id === id);
    if (!person || person.isDisabled) return [`${name}未排班`];
    return isReachable(person, channels) ? [] : [`${name} ${person.name} 没有可用的联系方式`];
  };
  const role = (code: Role): string[] => {
    const holders = people.filter((one) => !one.isDisabled && one.roles.includes(code));
    if (holders.length === 0) return [`无人担任${ROLE_WORDS[code]}`];
    if (holders.some((one) => isReachable(one, channels))) return [];
    return [`${ROLE_WORDS[code]} ${holders.map(({ name }) => name).join('、')} 没有可用的联系方式`];
  };
  return [
    ...seat('值班员', duty.firstId),
    ...seat('第二值班员', duty.secondId),
    ...ladderRoles.filter((code) => code !== 'dutyOfficer').flatMap(role),
  ];
}

/** Whether the ladder would reach anybody at all. */
export function isSomebodyReachable({ duty, people, channels, ladderRoles }: DutyParts): boolean {
  return people.some((person) => {
    const isOnDuty = person.id === duty.firstId || person.id === duty.secondId;
    const holds = ladderRoles.some((role) => role !== 'dutyOfficer' && person.roles.includes(role));
    return (isOnDuty || holds) && isReachable(person, channels);
  });
}
