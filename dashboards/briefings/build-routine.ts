import { buildDaily } from './build-daily.ts';
import { buildMonthly } from './build-monthly.ts';
import { buildMorning } from './build-morning.ts';
import { buildWeekly } from './build-weekly.ts';
import {
  collectMonth,
  collectRecords,
  type CollectDeps,
  type MonthDeps,
} from './collect-records.ts';
import type { ReportModel } from './model.ts';
import type { Period, ReportRecords } from './records.ts';
import type { RoutineKind } from './report-period.ts';
import type { Imprint } from './routine-model.ts';

const BUILD = { morning: buildMorning, daily: buildDaily, weekly: buildWeekly };

/** A report of its time, but for that of a month, which needs more than the records. */
export const buildRoutine = (
  kind: keyof typeof BUILD,
  records: ReportRecords,
  imprint: Imprint,
): ReportModel => BUILD[kind](records, imprint);

/** Reads what a report of its time needs. @returns what makes its model once its number is known */
export async function prepareRoutine(
  collecting: CollectDeps & MonthDeps,
  {
    kind,
    period,
    at,
    onDuty,
  }: {
    readonly kind: RoutineKind;
    readonly period: Period;
    readonly at: Date;
    readonly onDuty?: ReportRecords['onDuty'];
  },
): Promise<(imprint: Imprint) => ReportModel> {
  const records = { ...(await collectRecords(collecting, period, at)), onDuty };
  if (kind !== 'monthly') return (imprint) => buildRoutine(kind, records, imprint);
  const month = await collectMonth(collecting, records, at);
  return (imprint) => buildMonthly(records, month, imprint);
}
