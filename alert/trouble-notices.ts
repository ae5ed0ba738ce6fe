import { DAY_MS, type Effect, type Person } from '#core';
import type { Alert, ChannelKind } from './alert.ts';
import type { AlertingDeps } from './deps.ts';
import type { NoticeText } from './notice-text.ts';
import { addressOn } from './step-ladder.ts';
import { noticeEffect } from './to-notice.ts';

/** How people are told of an alert that is about no event. */
export interface Telling {
  readonly ways: readonly ChannelKind[];
  /** 0 statutory to 9 digest. */
  readonly priority: number;
  readonly shortCode: string;
  readonly textWith: (parts: { readonly shortCode: string; readonly link: string }) => NoticeText;
}

/** A notice to each person on each way that is set up and reaches them; once for each time the alert fired. */
export function troubleNotices(
  alert: Alert,
  people: readonly Person[],
  { ways, priority, shortCode, textWith }: Telling,
  { channels, linkFor }: Pick<AlertingDeps, 'channels' | 'linkFor'>,
  at: Date,
): Effect[] {
  return people.flatMap((person) =>
    ways
      .filter((channel) => channels.has(channel) && addressOn(person, channel) !== undefined)
      .map((channel) => {
        const expiresAt = new Date(at.getTime() + 2 * DAY_MS);
        const link = linkFor({ alertId: alert.id, personId: person.id, expiresAt });
        return noticeEffect({
          key: `trouble ${alert.firedAt.toISOString()}`,
          alertId: alert.id,
          isDrill: alert.isDrill,
          person,
          channel,
          priority,
          shortCode,
          text: textWith({ shortCode, link }),
          at,
        });
      }),
  );
}
