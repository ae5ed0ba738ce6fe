import { DAY_MS, hasRole, idOf, type Effect, type Person, type Role } from '#core';
import { addressOn, noticeEffect, render, type ChannelKind } from '#alert';

/** How long a link in a message leads to its page. */
const LINK_MS = 14 * DAY_MS;

/** Who can be told, and how. */
export interface Reach {
  readonly people: readonly Person[];
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  /** Ways that the pack tells people of such a matter. */
  readonly ways: readonly ChannelKind[];
}

/** What people are told of. */
export interface Matter {
  readonly id: string;
  readonly eventId?: string | undefined;
  readonly isDrill: boolean;
  readonly title: string;
  /** Short enough to read out. */
  readonly shortCode: string;
  readonly linkFor: (claim: { id: string; personId: string; expiresAt: Date }) => string;
}

export interface Telling {
  /** What makes this telling one of its own: the step, and how often it was taken. */
  readonly key: string;
  readonly people: readonly Person[];
  readonly subject: string;
  readonly ask: string;
  readonly lines: readonly string[];
  readonly button: string;
  readonly at: Date;
}

/** Holders of the roles who can be reached; of one unit where it is named. */
export function reachedBy(roles: readonly Role[], reach: Reach, unit?: string): Person[] {
  return reach.people.filter(
    (one) =>
      !one.isDisabled &&
      (unit === undefined || one.unit === unit) &&
      hasRole(one, ...roles) &&
      waysTo(one, reach).length > 0,
  );
}

const waysTo = (person: Person, { ways, channels }: Omit<Reach, 'people'>): ChannelKind[] =>
  ways.filter((kind) => channels.has(kind) && addressOn(person, kind) !== undefined);

/** One notice to each person on every way that reaches them. */
export function tellPeople(matter: Matter, telling: Telling, reach: Reach): Effect[] {
  const { id, eventId, isDrill, title, shortCode, linkFor } = matter;
  const { key, people, subject, ask, lines, button, at } = telling;
  const expiresAt = new Date(at.getTime() + LINK_MS);
  return [...new Map(people.map((one) => [one.id, one])).values()].flatMap((person) => {
    const text = render({
      isDrill,
      subject: `【${subject}】${title}`,
      ask: `${person.name}：${ask}`,
      lines,
      link: linkFor({ id, personId: person.id, expiresAt }),
      button,
      shortCode,
    });
    return waysTo(person, reach).map((channel) =>
      noticeEffect({
        key: idOf('telling', key),
        alertId: id,
        eventId,
        isDrill,
        person,
        channel,
        priority: 2,
        shortCode,
        text,
        at,
      }),
    );
  });
}
