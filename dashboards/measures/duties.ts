import { beijingMinute, durationInWords } from '#core';
import type { Countdown } from '#alert';
import type { MeasureItem, Standing } from './measure.ts';
import { isIn, type MeasureRecords } from './records.ts';

/** Duties of a code that fell due in the period; one that goes on under another event counts there. */
export function dutiesDue(
  {
    events,
    otherDuties,
    period,
    isDrill,
  }: Pick<MeasureRecords, 'events' | 'otherDuties' | 'period' | 'isDrill'>,
  code: string,
): readonly Countdown[] {
  return [...events.flatMap(({ countdowns }) => countdowns), ...otherDuties].filter(
    (one) =>
      one.code === code &&
      one.isDrill === isDrill &&
      !one.isTrial &&
      one.continuedUnder === undefined &&
      isIn(period, one.statutoryDueAt),
  );
}

/**
 * Whether a duty was met in time. A waiver takes it out of the rate only as long as it was not missed: what was
 * missed stays missed (domain 3.9).
 *
 * @param dueAt another due time to judge it by
 */
export function standingOf(
  duty: Pick<Countdown, 'state' | 'satisfiedAt' | 'statutoryDueAt' | 'breachedAt' | 'waiver'>,
  readAt: Date,
  dueAt = duty.statutoryDueAt,
): Standing {
  if (duty.state === 'cancelled') return 'cancelled';
  if (duty.state === 'waived') return isMissedBeforeWaiver(duty) ? 'out' : 'waived';
  if (duty.satisfiedAt) return duty.satisfiedAt <= dueAt ? 'in' : 'out';
  return readAt >= dueAt ? 'out' : 'open';
}

const isMissedBeforeWaiver = ({
  breachedAt,
  waiver,
  statutoryDueAt,
}: Pick<Countdown, 'breachedAt' | 'waiver' | 'statutoryDueAt'>): boolean =>
  breachedAt !== undefined || (waiver !== undefined && waiver.at >= statutoryDueAt);

/** The duty as a line of a list. */
export function dutyItem(duty: Countdown, standing: Standing): MeasureItem {
  return {
    cite: `countdown:${duty.id}`,
    eventId: duty.eventId,
    words: `《${duty.eventTitle}》${duty.name}：${beijingMinute(duty.start.at)} 起算，${beijingMinute(duty.statutoryDueAt)} 到期，${outcome(duty, standing)}`,
    standing,
  };
}

function outcome(duty: Countdown, standing: Standing): string {
  const { state, satisfiedAt, statutoryDueAt, waiver, cancelReason } = duty;
  if (state === 'cancelled') return `到期前取消：${cancelReason ?? ''}`;
  if (state === 'waived') {
    const how = standing === 'out' ? '超时之后豁免，超时照计' : '豁免';
    return `${how}（${waiver?.by.name ?? ''}：${waiver?.reason ?? ''}）`;
  }
  if (!satisfiedAt) return standing === 'open' ? '未到期' : '未完成';
  const done = beijingMinute(satisfiedAt);
  const lateMs = satisfiedAt.getTime() - statutoryDueAt.getTime();
  return lateMs <= 0 ? `${done} 完成` : `${done} 完成，超时${durationInWords(lateMs)}`;
}

/** Duties of a code due in the period, each with whether it was met in time. */
export const onTimeItems = (records: MeasureRecords, code: string): readonly MeasureItem[] =>
  dutiesDue(records, code).map((duty) => dutyItem(duty, standingOf(duty, records.readAt)));
