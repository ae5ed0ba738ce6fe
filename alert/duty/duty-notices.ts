import {
  idOf,
  type Actor,
  type Effect,
  type NationalCalendar,
  type Now,
  type Person,
  type PersonStore,
  type Role,
} from '#core';
import type { ChannelKind } from '../alert.ts';
import type { NoticeText } from '../notice-text.ts';
import { addressOn } from '../step-ladder.ts';
import { noticeEffect } from '../to-notice.ts';
import type { HandOverRecords } from './draft-hand-over.ts';
import type { DutyDayStore } from './duty-day.ts';
import type { DutyPack } from './duty-pack.ts';
import type { HandOverStore } from './hand-over.ts';
import type { DutyReader } from './read-duty.ts';

/** 特殊时期, by Beijing day, the last one included. */
export interface SpecialPeriod {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What the rounds of a duty office are given. */
export interface DutyRoundsDeps {
  readonly reader: DutyReader;
  readonly people: PersonStore;
  readonly handOvers: HandOverStore;
  readonly dutyDays: DutyDayStore;
  readonly calendar: NationalCalendar;
  readonly pack: DutyPack;
  readonly periods: readonly SpecialPeriod[];
  /** Channels that are set up here. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly records: () => Promise<HandOverRecords>;
  readonly now: Now;
  readonly isDrill: boolean;
  readonly handOverLink: (claim: {
    handOverId: string;
    personId: string;
    expiresAt: Date;
  }) => string;
  /** The address of a page of the desk. */
  readonly pageUrl: (path: string) => string;
}

/** One message to one person on every way that reaches them. */
export function dutyNotices(
  key: string,
  ref: string,
  person: Person,
  text: NoticeText,
  deps: DutyRoundsDeps,
): Effect[] {
  return waysTo(person, deps).map((channel) =>
    noticeEffect({
      key,
      alertId: ref,
      isDrill: deps.isDrill,
      person,
      channel,
      priority: 5,
      shortCode: idOf('duty', ref, key).slice(0, 6),
      text,
      at: deps.now(),
    }),
  );
}

export const waysTo = (
  person: Person | undefined,
  { pack, channels }: Pick<DutyRoundsDeps, 'pack' | 'channels'>,
): readonly ChannelKind[] =>
  pack.channels.filter(
    (kind) => person && channels.has(kind) && addressOn(person, kind) !== undefined,
  );

export const holders = (all: readonly Person[], roles: readonly Role[]): Person[] =>
  all.filter((one) => !one.isDisabled && roles.some((role) => one.roles.includes(role)));

export const once = (actors: readonly Actor[]): readonly Actor[] => [
  ...new Map(actors.map((one) => [one.personId, one])).values(),
];
