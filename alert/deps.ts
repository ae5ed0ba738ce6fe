import type { Now, NationalCalendar } from '#core';
import type { ChannelKind } from './alert.ts';
import type { CountdownPack } from './countdown-pack.ts';
import type { LadderPack } from './ladder-pack.ts';
import type { AlertStore, CountdownStore, Roster } from './ports.ts';

/** What alerting is given. */
export interface AlertingDeps {
  readonly alerts: AlertStore;
  readonly countdowns: CountdownStore;
  readonly roster: Roster;
  /** Channels that are set up here. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly countdownPack: CountdownPack;
  readonly calendar: NationalCalendar;
  readonly ladderPack: LadderPack;
  readonly now: Now;
  /** The personal link of one receiver to one alert. */
  readonly linkFor: (claim: { alertId: string; personId: string; expiresAt: Date }) => string;
}
