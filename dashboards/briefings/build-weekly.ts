import { isAtLeast } from '#core';
import { gradeOf } from '#analyze';
import type { ReportModel } from './model.ts';
import { ranked, type ReportRecords } from './records.ts';
import { firstFitting, routineModel, type Imprint, type Section } from './routine-model.ts';
import { annexOf, intakeCases, keyEvents, overdue, overview } from './sections/daily-sections.ts';
import { distribution, kept, nextWeek, supervised } from './sections/weekly-sections.ts';

/** How much is told in full; the rest stands in the annex. */
interface Fold {
  readonly keyEvents: number;
  readonly quotes: number;
  readonly duties: number;
}
const FOLDS: readonly Fold[] = [
  { keyEvents: 10, quotes: 2, duties: 12 },
  { keyEvents: 6, quotes: 2, duties: 10 },
  { keyEvents: 4, quotes: 1, duties: 8 },
  { keyEvents: 2, quotes: 1, duties: 5 },
  { keyEvents: 1, quotes: 1, duties: 3 },
];

/** 周报: how the week went against the one before, and what is open. */
export function buildWeekly(records: ReportRecords, imprint: Imprint): ReportModel {
  return firstFitting(FOLDS, imprint.mostCharacters, (fold) => buildFolded(records, imprint, fold));
}

function buildFolded(records: ReportRecords, imprint: Imprint, fold: Fold): ReportModel {
  const files = ranked(records.files, records.period);
  const key = files.filter(({ event }) => isAtLeast(gradeOf(event), 'L3'));
  const sections: readonly Section[] = [
    ['本周概况与环比', overview(records)],
    ['重点事件回顾', keyEvents(key.slice(0, fold.keyEvents), records, fold)],
    ['话题与地区分布', distribution(records)],
    ['回应与处置', kept(records)],
    ['留言热线', intakeCases(records)],
    ['督办', [...supervised(records, fold.duties), ...overdue(records, fold.duties)]],
    ['下周风险点与敏感日历', nextWeek(records)],
  ];
  return routineModel('weekly', records, imprint, sections, annexOf(files, records));
}
