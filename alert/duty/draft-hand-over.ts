import { beijingMinute, durationInWords, gradeLabel, type AuditEntry } from '#core';
import { gradeOf, type OpinionEvent } from '#analyze';
import { eventIdOf, type Alert } from '../alert.ts';
import type { Countdown } from '../countdown.ts';
import type { HandOverItem } from './hand-over.ts';

/** What the records hold at a moment, as far as the next shift must know it. */
export interface HandOverRecords {
  readonly countdowns: readonly Countdown[];
  readonly alerts: readonly Alert[];
  readonly events: readonly OpinionEvent[];
  /** Sources that are not read, in words. */
  readonly silentSources: readonly string[];
  readonly quarantined: number;
  /** What was done, newest first. */
  readonly acts: readonly AuditEntry[];
}

/**
 * The draft of a hand-over: what is open, by what is due first, then everything that was done in the shift.
 *
 * @param since when the shift began; acts before it belong to the one before
 */
export function draftItems(records: HandOverRecords, since: Date, now: Date): HandOverItem[] {
  const { countdowns, alerts, events, silentSources, quarantined, acts } = records;
  return [
    ...countdowns
      .toSorted((a, b) => a.statutoryDueAt.getTime() - b.statutoryDueAt.getTime())
      .map((one): HandOverItem => {
        const leftMs = one.statutoryDueAt.getTime() - now.getTime();
        const left = `${leftMs < 0 ? '已超时' : '还剩'}${durationInWords(leftMs)}`;
        const due = beijingMinute(one.statutoryDueAt).slice(5);
        const text = `${one.name}（${one.eventTitle}）${due} 到期，${left}`;
        return { kind: 'countdown', text, eventId: one.eventId };
      }),
    ...alerts
      .filter(({ state }) => state === 'fired' || state === 'acknowledged')
      .map((alert): HandOverItem => {
        const who = alert.acknowledgedBy ? `${alert.acknowledgedBy.name} 已确认` : '还没有人确认';
        const text = `${gradeLabel(alert.grade)} ${alert.title}：${who}`;
        return { kind: 'alert', text, eventId: eventIdOf(alert) };
      }),
    ...events
      .filter(({ confirmedGrade, proposal }) => !confirmedGrade && proposal.grade !== 'WATCH')
      .map((event): HandOverItem => {
        const text = `${event.title}：建议 ${gradeLabel(gradeOf(event))}，尚未确认`;
        return { kind: 'grade', text, eventId: event.id };
      }),
    ...silentSources.map((text): HandOverItem => ({ kind: 'source', text })),
    ...(quarantined > 0
      ? [{ kind: 'quarantine' as const, text: `隔离区 ${quarantined} 条待查` }]
      : []),
    ...acts
      .filter(({ at, result }) => since <= at && at <= now && result === 'done')
      .toReversed()
      .map((entry): HandOverItem => {
        const text = `${beijingMinute(entry.at).slice(11)} ${entry.actor.name} ${entry.act}${entry.detail ? `：${entry.detail}` : ''}`;
        return { kind: 'act', text, ...(entry.eventId && { eventId: entry.eventId }) };
      }),
  ];
}
