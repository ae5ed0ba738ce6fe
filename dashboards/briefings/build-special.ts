import { beijingDay } from '#core';
import type { Dossier } from './dossier.ts';
import { says, type ReportModel } from './model.ts';
import { plainText } from './plain-text.ts';
import { eventCite, type EventFile, type ReportRecords } from './records.ts';
import type { ReportPack } from './report-pack.ts';
import { firstFitting, routineModel, type Imprint, type Section } from './routine-model.ts';
import { postList, spreadFigures } from './sections/special-figures.ts';
import {
  advice,
  background,
  digest,
  handling,
  questions,
  risks,
  views,
  type SpecialFold,
} from './sections/special-sections.ts';
import { dayInWords, momentInWords } from './words.ts';

export interface SpecialRequest {
  readonly file: EventFile;
  readonly dossier: Dossier;
  /** 1 for the first 专报 on the event. */
  readonly number: number;
}

const FOLDS: readonly SpecialFold[] = [
  { nodes: 14, quotes: 4, critical: 5, questions: 8, orders: 8, duties: 10 },
  { nodes: 10, quotes: 3, critical: 4, questions: 6, orders: 6, duties: 6 },
  { nodes: 8, quotes: 2, critical: 3, questions: 5, orders: 4, duties: 5 },
  { nodes: 6, quotes: 2, critical: 2, questions: 4, orders: 3, duties: 4 },
  { nodes: 4, quotes: 1, critical: 2, questions: 3, orders: 2, duties: 3 },
];

/** 专报: one matter in depth, for decision; every sentence from a record, or word for word from a text. */
export function buildSpecial(
  records: ReportRecords,
  request: SpecialRequest,
  imprint: Imprint,
  rule: ReportPack['special'],
): ReportModel {
  return firstFitting(FOLDS, imprint.mostCharacters, (fold) =>
    buildFolded(records, request, imprint, rule, fold),
  );
}

function buildFolded(
  records: ReportRecords,
  { file, dossier, number }: SpecialRequest,
  imprint: Imprint,
  rule: ReportPack['special'],
  fold: SpecialFold,
): ReportModel {
  const part = { file, dossier, records, rule, fold };
  const sections: readonly Section[] = [
    ['摘要与核心研判', digest(part)],
    ['事件概述', background(part)],
    ['传播态势', spreadFigures(part)],
    ['舆论观点', views(part)],
    ['焦点问题', questions(part)],
    ['风险研判', risks(part)],
    ['处置与回应情况', handling(part)],
    ['应对建议', advice(part)],
  ];
  const model = routineModel('special', records, imprint, sections, postList(part));
  const title = plainText(file.event.title);
  return {
    ...model,
    header: { ...model.header, date: dayInWords(beijingDay(records.readAt)) },
    title: number > 1 ? `${title}（第${number}次专报）` : title,
    period: `截至${momentInWords(records.period.to)}`,
    dataNote: [
      ...model.dataNote,
      says(
        '方法与局限：引语逐字摘自公开信息，按说法相近的来源数排序，不改写；走势按发布时间计；来源只含本系统已接入的，量不等于全网。',
        [eventCite(file)],
      ),
    ],
  };
}
