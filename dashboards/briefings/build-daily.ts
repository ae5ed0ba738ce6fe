import { isAtLeast } from '#core';
import { gradeOf } from '#analyze';
import type { ReportModel } from './model.ts';
import { ranked, type ReportRecords } from './records.ts';
import { firstFitting, routineModel, type Imprint, type Section } from './routine-model.ts';
import {
  ahead,
  annexOf,
  intakeCases,
  keyEvents,
  otherEvents,
  overdue,
  overview,
  unregistered,
  untrueClaims,
} from './sections/daily-sections.ts';

/** How much is told in full; the rest is folded into lists, never cut. */
interface Fold {
  readonly keyEvents: number;
  readonly quotes: number;
  readonly rows: number;
  readonly duties: number;
}

/** From everything down to the least that a reader must have. */
const FOLDS: readonly Fold[] = [
  { keyEvents: 8, quotes: 3, rows: 20, duties: 12 },
  { keyEvents: 5, quotes: 2, rows: 12, duties: 8 },
  { keyEvents: 4, quotes: 2, rows: 8, duties: 6 },
  { keyEvents: 3, quotes: 1, rows: 6, duties: 4 },
  { keyEvents: 2, quotes: 1, rows: 4, duties: 3 },
  { keyEvents: 1, quotes: 1, rows: 3, duties: 3 },
  { keyEvents: 1, quotes: 1, rows: 0, duties: 2 },
];

/** 日报, its sections in the order of the papers; the gravest are told in full as far as the length allows. */
export function buildDaily(records: ReportRecords, imprint: Imprint): ReportModel {
  return firstFitting(FOLDS, imprint.mostCharacters, (fold) => buildFolded(records, imprint, fold));
}

function buildFolded(records: ReportRecords, imprint: Imprint, fold: Fold): ReportModel {
  const { period } = records;
  const files = ranked(records.files, period);
  const key = files.filter(({ event }) => isAtLeast(gradeOf(event), 'L3'));
  const told = key.slice(0, fold.keyEvents);
  const others = files.filter((file) => !told.includes(file));
  const sections: readonly Section[] = [
    ['当日概况', overview(records)],
    ['重点舆情', keyEvents(told, records, fold)],
    ['一般舆情列表', otherEvents(others, records, fold.rows)],
    ['网民留言与热线', intakeCases(records)],
    ['不实信息与澄清', untrueClaims(records)],
    ['政策舆情跟踪', unregistered('政策舆情跟踪', 'policyWatch', records)],
    ['网站监测', unregistered('网站监测', 'siteWatch', records)],
    ['督办与超时', overdue(records, fold.duties)],
    ['明日提示', ahead(records, fold.duties)],
  ];
  return routineModel('daily', records, imprint, sections, annexOf(files, records));
}
