import type { Countdown } from '#alert';
import { EVENT_STATE_NAMES, gradeOf, isGradeConfirmed, type OpinionEvent } from '#analyze';
import type { EventRow } from '#contract';
import { iso } from './iso.ts';
import { openOnes, toCountdownView } from './to-countdown-view.ts';

export function toEventRow(event: OpinionEvent, countdowns: readonly Countdown[]): EventRow {
  return {
    id: event.id,
    title: event.title,
    grade: gradeOf(event),
    isConfirmed: isGradeConfirmed(event),
    state: event.state,
    stateName: EVENT_STATE_NAMES[event.state],
    isDrill: event.isDrill,
    postCount: event.postCount,
    outletCount: event.outletCount,
    firstPublicAt: iso(event.firstPublicAt),
    lastPostAt: iso(event.lastPostAt),
    countdowns: openOnes(countdowns).map((one) => toCountdownView(one)),
  };
}
