import { beijingDay, beijingMinute, durationInWords, ROLE_WORDS } from '#core';
import { eventIdOf, signatureOf, type Alert, type Countdown } from '#alert';
import type { OpinionEvent, StoredPost } from '#analyze';
import type { NextCall } from '../deps.ts';
import { openOnes } from '../views/to-countdown-view.ts';
import type { AlertPage, AlertPageDetails } from './alert-page.ts';

const MOST_CHARACTERS = 600;

export interface AlertPageParts {
  readonly alert: Alert;
  readonly countdowns: readonly Countdown[];
  readonly at: Date;
  /** Whose link it is. */
  readonly personId: string;
  /** Whether this very request acknowledged it. */
  readonly isJustDone: boolean;
  readonly details: DetailParts | undefined;
}

export interface DetailParts {
  readonly event: OpinionEvent | undefined;
  readonly original: StoredPost | undefined;
  readonly next: NextCall | undefined;
}

export function toAlertPage(parts: AlertPageParts): AlertPage {
  const { alert, countdowns, at, personId, details } = parts;
  return {
    isDrill: alert.isDrill,
    grade: alert.grade,
    title: alert.title,
    timeLeft: timeLeftOf(openOnes(countdowns)[0], at),
    asOf: timeOf(at),
    acknowledged: acknowledgedOf(alert, at, parts),
    button: buttonOf(alert, personId),
    details: details && toDetails(alert, details, at),
  };
}

/** What the button says; undefined when there is nothing to press. A reminder asks its person once more. */
export function buttonOf(alert: Alert, personId: string): string | undefined {
  if (alert.state === 'handled' || alert.state === 'falseAlarm') return undefined;
  const signature = signatureOf(alert, personId);
  if (signature) return signature.signedAt ? undefined : '签收';
  if (alert.state === 'fired') return '确认，我来处理';
  const isAsked =
    alert.state === 'acknowledged' &&
    alert.ladder?.phase === 'returning' &&
    alert.acknowledgedBy?.personId === personId;
  return isAsked ? '我仍在处理' : undefined;
}

function timeLeftOf(countdown: Countdown | undefined, at: Date): string | undefined {
  if (!countdown) return undefined;
  const leftMs = countdown.statutoryDueAt.getTime() - at.getTime();
  return `${countdown.name} ${leftMs < 0 ? '已超时' : '还剩'} ${durationInWords(leftMs)}`;
}

function acknowledgedOf(
  alert: Alert,
  at: Date,
  { personId, isJustDone }: Pick<AlertPageParts, 'personId' | 'isJustDone'>,
): string | undefined {
  if (alert.state === 'handled') return '这条预警已处理';
  if (alert.state === 'falseAlarm') return '这条预警已判为误报';
  const { acknowledgedAt, acknowledgedBy } = alert;
  const signedAt = signatureOf(alert, personId)?.signedAt;
  if (signedAt) return `已签收 ${whenOf(signedAt, at)}`;
  if (alert.state === 'fired' || !acknowledgedAt || !acknowledgedBy) return undefined;
  if (isJustDone) return `已确认 ${secondOf(acknowledgedAt)}`;
  return `已由${acknowledgedBy.name} ${whenOf(acknowledgedAt, at)} 确认`;
}

function toDetails(
  alert: Alert,
  { event, original, next }: DetailParts,
  at: Date,
): AlertPageDetails {
  const waits = alert.state === 'fired';
  const waitedMs = at.getTime() - alert.firedAt.getTime();
  return {
    reason: alert.reason,
    waited: waits ? `已等待 ${durationInWords(waitedMs)}` : undefined,
    next: waits && next ? nextInWords(next) : undefined,
    numbers: event ? numbersOf(event) : [],
    original: original && {
      title: original.title,
      text: shorten(original.text),
      outlet: (original.outletKind === 'institution' && original.outlet) || '个人',
      at: beijingMinute(original.publishedAt),
      url: original.url,
    },
    eventUrl: pageOf(alert),
  };
}

function pageOf(alert: Alert): string {
  const eventId = eventIdOf(alert);
  return eventId ? `/events/${encodeURIComponent(eventId)}` : '/desk';
}

function nextInWords({ at, roles, names }: NextCall): string {
  const whom = names.length > 0 ? names : roles.map((role) => ROLE_WORDS[role]);
  return `${timeOf(at)} 通知${whom.join('、')}`;
}

function numbersOf(event: OpinionEvent): AlertPageDetails['numbers'] {
  return [
    { name: '信息', value: `${event.postCount} 条` },
    { name: '发布方', value: `${event.outletCount} 个` },
    { name: '互动量', value: `${event.interactions}` },
    { name: '首发', value: beijingMinute(event.firstPublicAt).slice(5) },
  ];
}

function shorten(text: string): string {
  // By code point: half a rare character would be shown as a box.
  const characters = Array.from(text);
  if (characters.length <= MOST_CHARACTERS) return text;
  return `${characters.slice(0, MOST_CHARACTERS).join('')}……`;
}

/** Without its day where that is today's. */
const whenOf = (moment: Date, at: Date): string =>
  beijingDay(moment) === beijingDay(at) ? timeOf(moment) : beijingMinute(moment);

const timeOf = (at: Date): string => beijingMinute(at).slice(11);

/** Beijing wall time to the second; seconds are the same in every zone of whole minutes. */
const secondOf = (at: Date): string => `${timeOf(at)}:${at.toISOString().slice(17, 19)}`;
