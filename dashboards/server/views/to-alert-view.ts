import { isAbove, ROLE_WORDS } from '#core';
import { eventIdOf, SEAT_WORDS, type Alert, type LadderStep, type Notice } from '#alert';
import type { AlertView, NoticeView } from '#contract';
import type { NextCall } from '../deps.ts';
import {
  ALERT_RULE_WORDS,
  ALERT_STATE_WORDS,
  CHANNEL_WORDS,
  NOTICE_STATE_WORDS,
} from '../words.ts';
import { iso } from './iso.ts';

export function toAlertView(
  alert: Alert,
  notices: readonly Notice[],
  next: NextCall | undefined,
): AlertView {
  return {
    id: alert.id,
    eventId: eventIdOf(alert),
    ...(alert.subject.kind === 'source' && { sourceId: alert.subject.sourceId }),
    about: alert.subject.kind,
    rule: alert.rule,
    ruleName: ALERT_RULE_WORDS[alert.rule],
    title: alert.title,
    grade: alert.grade,
    reason: alert.reason,
    state: alert.state,
    stateName: ALERT_STATE_WORDS[alert.state],
    isDrill: alert.isDrill,
    firedAt: iso(alert.firedAt),
    acknowledgedAt: iso(alert.acknowledgedAt),
    acknowledgedBy: alert.acknowledgedBy?.name,
    acknowledgedThrough: alert.acknowledgedThrough?.name,
    restingFor: alert.rest?.by.name,
    everyone: (alert.everyone?.people ?? []).map(({ name, role, acknowledgedAt }) => ({
      name,
      role: ROLE_WORDS[role],
      acknowledgedAt: iso(acknowledgedAt),
    })),
    next: next && { at: iso(next.at), roles: next.roles.map((role) => ROLE_WORDS[role]) },
    steps: (alert.ladder?.steps ?? []).map(toStepView),
    notices: notices.map(toNoticeView),
  };
}

function toNoticeView(notice: Notice): NoticeView {
  const last = notice.attempts.at(-1);
  return {
    id: notice.id,
    receiver: notice.receiver.name,
    channel: notice.channel,
    channelName: CHANNEL_WORDS[notice.channel],
    state: notice.state,
    stateName: noticeStateName(notice),
    shortCode: notice.shortCode,
    createdAt: iso(notice.createdAt),
    submittedAt: iso(notice.submittedAt),
    deliveredAt: iso(notice.deliveredAt),
    readAt: iso(notice.readAt),
    acknowledgedAt: iso(notice.acknowledgedAt),
    attempts: notice.attempts.length,
    lastDetail: last?.detail,
  };
}

/** 未送出：收件地址不存在; a state that went well needs no reason. */
export function noticeStateName({
  state,
  attempts,
  stateReason,
}: Pick<Notice, 'state' | 'attempts' | 'stateReason'>): string {
  const word = NOTICE_STATE_WORDS[state];
  if (stateReason) return `${word}：${stateReason}`;
  const last = attempts.at(-1);
  const isTrouble = state !== 'sent' && state !== 'merged' && last && last.result !== 'ok';
  return isTrouble && last.detail ? `${word}：${last.detail}` : word;
}

function toStepView({ step, round, at, calls, empty }: LadderStep): AlertView['steps'][number] {
  return {
    step: step + 1,
    round,
    at: iso(at),
    calls: calls.map(({ name, role, isLeader, channels }) => ({
      name,
      role: isLeader ? SEAT_WORDS.leader : role ? ROLE_WORDS[role] : '群组',
      channels: channels.map(({ kind, state }) => ({ name: CHANNEL_WORDS[kind], state })),
    })),
    empty: empty.map((role) => ROLE_WORDS[role]),
  };
}

/** Those who wait first, of them the gravest, then the longest wait; then the others, newest first. */
export function byWait(a: Alert, b: Alert): number {
  const waits = (alert: Alert): boolean => alert.state === 'fired';
  if (waits(a) !== waits(b)) return waits(a) ? -1 : 1;
  if (waits(a) && a.grade !== b.grade) return isAbove(a.grade, b.grade) ? -1 : 1;
  const older = a.firedAt.getTime() - b.firedAt.getTime();
  return waits(a) ? older : -older;
}
