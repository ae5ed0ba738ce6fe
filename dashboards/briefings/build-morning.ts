import { type ReportModel } from './model.ts';
import { isIn, ranked, type ReportRecords } from './records.ts';
import { firstFitting, routineModel, type Imprint, type Section } from './routine-model.ts';
import { annexOf } from './sections/daily-sections.ts';
import {
  decisions,
  headlines,
  newOverNight,
  onDuty,
  progress,
  watchedToday,
  type MorningFold,
} from './sections/morning-sections.ts';

const FOLDS: readonly MorningFold[] = [
  { headlines: 5, decisions: 8, rows: 10, progress: 6, duties: 6 },
  { headlines: 5, decisions: 5, rows: 6, progress: 4, duties: 4 },
  { headlines: 4, decisions: 5, rows: 4, progress: 2, duties: 2 },
  { headlines: 4, decisions: 4, rows: 2, progress: 1, duties: 1 },
  { headlines: 3, decisions: 4, rows: 1, progress: 1, duties: 1 },
  { headlines: 3, decisions: 3, rows: 1, progress: 1, duties: 1 },
  { headlines: 2, decisions: 3, rows: 1, progress: 1, duties: 1 },
  { headlines: 2, decisions: 2, rows: 1, progress: 1, duties: 1 },
];

/** 早报: what happened over night, and what is to be decided this morning. */
export function buildMorning(records: ReportRecords, imprint: Imprint): ReportModel {
  return firstFitting(FOLDS, imprint.mostCharacters, (fold) => buildFolded(records, imprint, fold));
}

function buildFolded(records: ReportRecords, imprint: Imprint, fold: MorningFold): ReportModel {
  const { period } = records;
  const files = ranked(records.files, period);
  const fresh = files.filter(({ event }) => isIn(period, event.knownAt.at));
  const sections: readonly Section[] = [
    ['一句话要点', headlines(files, records, fold)],
    ['需领导决策事项', decisions(files, records, fold)],
    ['隔夜新增舆情', newOverNight(fresh, records, fold)],
    ['在办事项进展与到期提醒', progress(files, records, fold)],
    ['今日关注', watchedToday(records)],
    ['值班信息', onDuty(records)],
  ];
  // One page: the list is put behind it only where the night's events did not all find a row.
  const annex = fresh.length > fold.rows ? annexOf(fresh, records) : [];
  return routineModel('morning', records, imprint, sections, annex);
}
