import type { ReportModel } from './model.ts';
import { ranked, rangeInCite, type Month, type ReportRecords } from './records.ts';
import { firstFitting, routineModel, type Imprint, type Section } from './routine-model.ts';
import { intakeCases, nothing, overview, unregistered } from './sections/daily-sections.ts';
import { monthFigures } from './sections/month-figures.ts';
import {
  ledger,
  monthEvents,
  nextMonth,
  quality,
  rectified,
  type MonthFold,
} from './sections/month-sections.ts';
import { kept, supervised } from './sections/weekly-sections.ts';

const FOLDS: readonly MonthFold[] = [
  { keyEvents: 12, duties: 12 },
  { keyEvents: 8, duties: 10 },
  { keyEvents: 5, duties: 8 },
  { keyEvents: 3, duties: 5 },
  { keyEvents: 1, duties: 3 },
];

/** 月报: how the month went, what the measures say, and the ledger of its events. */
export function buildMonthly(records: ReportRecords, month: Month, imprint: Imprint): ReportModel {
  return firstFitting(FOLDS, imprint.mostCharacters, (fold) =>
    buildFolded(records, month, imprint, fold),
  );
}

function buildFolded(
  records: ReportRecords,
  month: Month,
  imprint: Imprint,
  fold: MonthFold,
): ReportModel {
  const files = ranked(records.files, records.period);
  const figures = monthFigures(records);
  const sections: readonly Section[] = [
    ['总体情况', [...overview(records), ...figures.overview]],
    [
      '分级分类统计',
      figures.classes.length > 0
        ? figures.classes
        : [
            nothing(
              '本月没有可以分类的事件和信息。',
              `query:events.grade${rangeInCite(records.period)}`,
            ),
          ],
    ],
    ['重点事件', [...monthEvents(files, records, month, fold), ...figures.events]],
    ['质量指标', [...quality(month, records), ...kept(records), ...figures.quality]],
    ['政策解读与政策舆情', unregistered('政策解读和政策舆情', 'policyWatch', records)],
    ['网站与新媒体监测', unregistered('网站与新媒体监测', 'siteWatch', records)],
    ['诉求办理', intakeCases(records)],
    ['通报约谈与整改', [...rectified(records, fold.duties), ...supervised(records, fold.duties)]],
    ['下月风险预判与建议', nextMonth(records)],
  ];
  return routineModel('monthly', records, imprint, sections, ledger(files, records));
}
