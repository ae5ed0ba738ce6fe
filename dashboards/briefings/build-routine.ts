import { buildDaily } from './build-daily.ts';
import { buildMorning } from './build-morning.ts';
import { buildWeekly } from './build-weekly.ts';
import type { ReportModel } from './model.ts';
import type { ReportRecords } from './records.ts';
import type { RoutineKind } from './report-period.ts';
import type { Imprint } from './routine-model.ts';

const BUILD = { morning: buildMorning, daily: buildDaily, weekly: buildWeekly };

/** A report of its time, of any kind. */
export const buildRoutine = (
  kind: RoutineKind,
  records: ReportRecords,
  imprint: Imprint,
): ReportModel => BUILD[kind](records, imprint);
