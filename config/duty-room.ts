import { createCalendar, DAY_MS, type Now } from '#core';
import {
  createDutyReader,
  describeRosterGaps,
  makeDutyRounds,
  signToken,
  type ChannelKind,
  type DutyRoundsDeps,
  type TokenKey,
} from '#alert';
import type { RosterRoom } from '#server';
import type { Backend } from './backends/embedded.ts';
import type { readPacks } from './packs.ts';
import type { Settings } from './settings.ts';

/** Acts that a hand-over looks back on: more than a shift brings. */
const MOST_ACTS = 1_000;
const MOST_ALERTS = 200;
const MOST_QUARANTINED = 1_000;

/** The roster with what surrounds it, and the rounds that keep its promises. */
export function createDutyRoom(parts: {
  readonly backend: Backend;
  readonly settings: Settings;
  readonly packs: Pick<ReturnType<typeof readPacks>, 'calendar' | 'duty'>;
  readonly channels: ReadonlySet<ChannelKind>;
  readonly now: Now;
  readonly isDrill: boolean;
  readonly linkKey: TokenKey;
  /** Known once the server listens. */
  readonly publicUrl: () => string;
  /** Sources that are not read, in words. */
  readonly silentSources: () => Promise<readonly string[]>;
}) {
  const { backend, settings, packs, channels, now, isDrill, linkKey, publicUrl } = parts;
  const calendar = createCalendar(packs.calendar, settings.office.calendarDays);
  const { people, rosters, handOvers, dutyDays } = backend;
  const reader = createDutyReader({
    rosters,
    people,
    calendar,
    byHand: async () => await backend.duty.current(),
  });
  const handOverPath: RosterRoom['handOverPath'] = ({ handOverId, personId, expiresAt }) =>
    `/h/${signToken({ alertId: handOverId, personId, expiresAt }, linkKey)}`;
  const rounds: DutyRoundsDeps = {
    reader,
    people,
    handOvers,
    dutyDays,
    calendar,
    pack: packs.duty,
    periods: settings.office.sensitivePeriods,
    channels,
    now,
    isDrill,
    handOverLink: (claim) => `${publicUrl()}${handOverPath(claim)}`,
    pageUrl: (path) => `${publicUrl()}${path}`,
    async records() {
      const since = new Date(now().getTime() - 2 * DAY_MS);
      const quarantined = await backend.rawItems.listQuarantined(MOST_QUARANTINED);
      return {
        countdowns: await backend.countdowns.listOpen(),
        alerts: await backend.alerts.listNewest(MOST_ALERTS),
        events: await backend.events.listOpen(),
        silentSources: await parts.silentSources(),
        quarantined: quarantined.length,
        acts: (await backend.audit.listNewest(MOST_ACTS)).filter(({ at }) => at >= since),
      };
    },
  };
  const room: RosterRoom = {
    rosters,
    handOvers,
    dutyDays,
    reader,
    calendar,
    pack: packs.duty,
    gaps: async () => await describeRosterGaps(rounds),
    handOverPath,
  };
  return { room, reader, rounds, makeRounds: async () => await makeDutyRounds(rounds) };
}
