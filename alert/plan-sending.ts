import type { ChannelKind, Notice } from './alert.ts';
import type { ChannelPack } from './channel-pack.ts';
import type { Room } from './send-limits.ts';
import { newPace, paceMessages, type Pace, type Paced } from './storm.ts';
import { isGroupKind } from './ways.ts';

export interface Plan {
  /** Gravest first. */
  readonly send: readonly Notice[];
  readonly wait: readonly Waiting[];
  /** Groups of one receiver, each to become one message. */
  readonly merge: readonly (readonly Notice[])[];
  /** Receivers whose gathering began, went on or ended. */
  readonly paces: readonly Pace[];
}

export interface Waiting {
  readonly notice: Notice;
  readonly until: Date;
  readonly reason: 'storm' | 'limit';
}

/** Whom a notice paces: the receiver, or the group behind a robot. */
export const paceIdOf = ({ channel, receiver }: Notice): string =>
  isGroupKind(channel) ? channel : `${channel} ${receiver.personId || receiver.address}`;

/** What is sent again, gathered already or a trial is not paced; nor is a drill, whose minutes are shorter. */
const isPaced = ({ priority, attempts, isDigest, isTest, isDrill }: Notice): boolean =>
  priority > 0 && attempts.length === 0 && !isDigest && !isTest && !isDrill;

/**
 * What becomes of a channel's due notices. Priority 0 is never gathered: where there is no limit all of it
 * goes; on a robot it takes what room there is, and beyond it one message that names every event.
 *
 * @param due gravest first
 * @param room under the limits of the whole route
 * @param paces by `paceIdOf`; missing ones are calm
 */
export function planSending(parts: {
  readonly kind: ChannelKind;
  readonly due: readonly Notice[];
  readonly room: Room;
  readonly paces: ReadonlyMap<string, Pace>;
  readonly storm: ChannelPack['storm'];
  readonly now: Date;
}): Plan {
  const { kind, due, room, paces, storm, now } = parts;
  const grave = planGrave(
    kind,
    due.filter(({ priority }) => priority === 0),
    room,
    now,
  );
  // A merged message takes one place too.
  const taken = grave.send.length + grave.merge.length;
  const left = Math.max(0, room.normal - taken);

  const others = due.filter(({ priority }) => priority > 0);
  const paced = [...Map.groupBy(others.filter(isPaced), paceIdOf)].map(([id, notices]) => {
    const pace = paces.get(id) ?? newPace(id);
    return { pace, ...paceMessages(pace, notices, storm, now) };
  });
  const ready = [...others.filter((one) => !isPaced(one)), ...paced.flatMap(({ send }) => send)];
  const byPriority = ready.toSorted((a, b) => a.priority - b.priority);
  const tooMany = byPriority.slice(left);
  const fullUntil = room.normalAt ?? nextLook(now);
  return {
    send: [...grave.send, ...byPriority.slice(0, left)],
    wait: [
      ...grave.wait,
      ...paced.flatMap(({ hold, until = now }) =>
        hold.map((notice) => ({ notice, until, reason: 'storm' as const })),
      ),
      ...tooMany.map((notice) => ({ notice, until: fullUntil, reason: 'limit' as const })),
    ],
    merge: [...grave.merge, ...paced.map(({ merge }) => merge)].filter((one) => one.length > 0),
    paces: paced.filter(isChanged).map(({ pace, digest }) => ({ ...pace, digest })),
  };
}

const isChanged = ({ pace, digest }: Paced & { readonly pace: Pace }): boolean =>
  pace.digest?.nextAt.getTime() !== digest?.nextAt.getTime() ||
  pace.digest?.lastNoticeAt.getTime() !== digest?.lastNoticeAt.getTime();

function planGrave(
  kind: ChannelKind,
  notices: readonly Notice[],
  room: Room,
  now: Date,
): Pick<Plan, 'send' | 'wait' | 'merge'> {
  if (notices.length <= room.grave) return { send: notices, wait: [], merge: [] };
  const until = room.graveAt ?? nextLook(now);
  const wait = (all: readonly Notice[]): Waiting[] =>
    all.map((notice) => ({ notice, until, reason: 'limit' }));
  if (room.grave === 0) return { send: [], wait: wait(notices), merge: [] };
  if (!isGroupKind(kind)) {
    return { send: notices.slice(0, room.grave), wait: wait(notices.slice(room.grave)), merge: [] };
  }
  // What was merged or tried already goes as it is, the rest shares the last place.
  const asTheyAre = notices.filter(({ isDigest, isTest }) => isDigest || isTest);
  const others = notices.filter(({ isDigest, isTest }) => !isDigest && !isTest);
  const alone = [...asTheyAre, ...others].slice(0, room.grave - 1);
  const isAlone = new Set(alone);
  const rest = others.filter((one) => !isAlone.has(one));
  return {
    send: rest.length === 1 ? [...alone, ...rest] : alone,
    wait: wait(asTheyAre.filter((one) => !isAlone.has(one))),
    merge: rest.length > 1 ? [rest] : [],
  };
}

/** Room that a limit gives back at no known moment, as when a reservation was taken by graver ones. */
const nextLook = (now: Date): Date => new Date(now.getTime() + 1_000);
