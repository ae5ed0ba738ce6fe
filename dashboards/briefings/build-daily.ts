import { beijingDay, isAtLeast } from '#core';
import { gradeOf } from '#analyze';
import { dataNote } from './data-note.ts';
import { heading, lengthOf, type Block, type ReportModel } from './model.ts';
import { plainText } from './plain-text.ts';
import { ranked, rangeInCite, type ReportRecords } from './records.ts';
import {
  ahead,
  annexOf,
  intakeCases,
  keyEvents,
  nothing,
  otherEvents,
  overdue,
  overview,
  untrueClaims,
} from './sections/daily-sections.ts';
import { dayInWords, momentInWords, ordinal } from './words.ts';

/** What a report bears beside what it tells. */
export interface Imprint {
  /** 舆情日报 */
  readonly name: string;
  /** 〔2026〕第12期 */
  readonly number: string;
  readonly marking: string;
  readonly distribution: string;
  readonly mostCharacters: number;
}

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
  const all = FOLDS.map((fold) => buildFolded(records, imprint, fold));
  const fitting = all.find((model) => lengthOf(model) <= imprint.mostCharacters);
  return fitting ?? (all.at(-1) as ReportModel);
}

function buildFolded(records: ReportRecords, imprint: Imprint, fold: Fold): ReportModel {
  const { period, office, isDrill, readAt } = records;
  const files = ranked(records.files, period);
  const key = files.filter(({ event }) => isAtLeast(gradeOf(event), 'L3'));
  const told = key.slice(0, fold.keyEvents);
  const others = files.filter((file) => !told.includes(file));
  const sections: readonly [string, readonly Block[]][] = [
    ['当日概况', overview(records)],
    ['重点舆情', keyEvents(told, records, fold)],
    ['一般舆情列表', otherEvents(others, records, fold.rows)],
    ['网民留言与热线', intakeCases(records)],
    ['不实信息与澄清', untrueClaims(records)],
    [
      '政策舆情跟踪',
      [
        nothing(
          '本系统没有登记政策舆情跟踪，本期无内容。',
          `query:policyWatch${rangeInCite(period)}`,
        ),
      ],
    ],
    [
      '网站监测',
      [nothing('本系统没有登记网站监测，本期无内容。', `query:siteWatch${rangeInCite(period)}`)],
    ],
    ['督办与超时', overdue(records, fold.duties)],
    ['明日提示', ahead(records, fold.duties)],
  ];
  const day = dayInWords(beijingDay(new Date(period.to.getTime() - 1)));
  return {
    version: 1,
    kind: 'daily',
    header: {
      name: plainText(imprint.name),
      number: plainText(imprint.number),
      office: plainText(office),
      date: day,
      marking: plainText(imprint.marking),
      isDrill,
    },
    title: `${day}${plainText(imprint.name)}`,
    period: `${momentInWords(period.from)}至${momentInWords(period.to)}`,
    blocks: sections.flatMap(([name, blocks], number) => [
      heading(1, `${ordinal(number + 1)}、${name}`),
      ...blocks,
    ]),
    annex: annexOf(files, records),
    dataNote: dataNote(records),
    standing: ['机器拟稿，未经人工审核'],
    distribution: plainText(imprint.distribution),
    madeAt: readAt,
  };
}
