import type { Effect, Person } from '#core';
import { eventIdOf, type Alert, type ChannelKind, type Notice } from './alert.ts';
import type { Countdown } from './countdown.ts';
import { alertText } from './notice-text.ts';
import { noticeId, noticeEffect } from './to-notice.ts';

/** Nobody in person: what is written to a group names no receiver. */
const GROUP: Person = {
  id: '',
  revision: 1,
  effects: [],
  name: '各位',
  signInName: '',
  unit: '',
  roles: [],
  mustChangePassword: false,
  isDisabled: false,
  createdAt: new Date(0),
};

/**
 * What the groups hear of a ladder step, one message on each robot, in which those who are called in person
 * are called by name too.
 *
 * @param kinds robots, and a program of the office
 * @param called who is called in person by this step
 * @param link a link of nobody's; the robot makes the address of the event of it
 */
export function tellGroups(parts: {
  readonly alert: Alert;
  readonly number: number;
  readonly kinds: readonly ChannelKind[];
  readonly called: readonly Person[];
  readonly priority: number;
  readonly shortCode: string;
  readonly link: string;
  readonly countdowns: readonly Countdown[];
  readonly at: Date;
}): readonly Effect[] {
  const { alert, number, kinds, called, priority, shortCode, link, countdowns, at } = parts;
  const to = { person: GROUP, number, shortCode, link };
  const { id: alertId, isDrill } = alert;
  const eventId = eventIdOf(alert);
  const mentions = called.flatMap(({ phone }) => (phone ? [phone] : []));
  return kinds.map((channel) => {
    const key = `group step ${number}`;
    const text = alertText(alert, to, countdowns, at);
    const about = { key, alertId, eventId, isDrill, person: GROUP, channel, priority, shortCode };
    const effect = noticeEffect({ ...about, text, at });
    const notice = effect.body as Notice;
    const receiver = { personId: '', name: '工作群', address: '' };
    const id = noticeId({ alertId, key, personId: '' }, channel);
    return { ...effect, id, body: { ...notice, receiver, mentions } };
  });
}
