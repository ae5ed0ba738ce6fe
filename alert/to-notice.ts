import { idOf, type Effect, type Person } from '#core';
import { NOTICES_TOPIC, type ChannelKind, type Notice } from './alert.ts';
import type { NoticeText } from './notice-text.ts';
import { addressOn } from './step-ladder.ts';

/** A code short enough to read out: which event, which step, which time. */
export function shortCodeOf(eventId: string, step: number, round: number): string {
  return `舆情#${eventId.slice(0, 4)}·第${step + 1}步·第${round}次`;
}

/** The same telling to the same person on the same channel is one notice, whoever thought of it. */
export const noticeId = (
  { alertId, key, personId }: { alertId: string; key: string; personId: string },
  channel: ChannelKind,
): string => idOf('notice', alertId, key, personId, channel);

/**
 * A notice on its way to the outbox, as an effect of the document that decided it.
 *
 * @param key what makes it this notice and no other: step, round, milestone, purpose
 */
export function noticeEffect(parts: {
  readonly key: string;
  readonly alertId: string;
  readonly eventId?: string | undefined;
  readonly isDrill: boolean;
  readonly person: Person;
  readonly channel: ChannelKind;
  readonly priority: number;
  readonly shortCode: string;
  readonly text: NoticeText;
  readonly at: Date;
}): Effect {
  const { key, alertId, eventId, isDrill, person, channel, priority, shortCode, text, at } = parts;
  const notice: Notice = {
    id: noticeId({ alertId, key, personId: person.id }, channel),
    revision: 1,
    effects: [],
    alertId,
    ...(eventId && { eventId }),
    key,
    receiver: {
      personId: person.id,
      name: person.name,
      address: addressOn(person, channel) ?? '',
      ...(person.email && { email: person.email }),
      ...(person.phone && { phone: person.phone }),
    },
    channel,
    priority,
    shortCode,
    ...text,
    isDrill,
    state: 'pending',
    // At once: `at` may be a drill's time, sending lives in real time.
    nextAt: new Date(0),
    createdAt: at,
    attempts: [],
  };
  return { topic: NOTICES_TOPIC, id: notice.id, key: eventId ?? alertId, body: notice };
}
