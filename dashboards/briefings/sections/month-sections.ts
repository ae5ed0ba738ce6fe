import { isAtLeast, type Grade } from '#core';
import { EVENT_STATE_NAMES, gradeOf } from '#analyze';
import { linesOf, resultInWords, type Measure } from '#measures';
import type { Evaluation } from '#respond';
import {
  ended,
  heading,
  paragraph,
  says,
  type Block,
  type Sentence,
  type Table,
} from '../model.ts';
import { plainText } from '../plain-text.ts';
import {
  eventCite,
  isIn,
  rangeInCite,
  type EventFile,
  type Month,
  type ReportRecords,
} from '../records.ts';
import { momentInWords, ordinal } from '../words.ts';
import { daySentences, nothing, withRest } from './daily-sections.ts';
import { gradeCell, knownSentences, measureSentences, spreadSentences } from './event-sentences.ts';

/** How much is told; the rest stands in the ledger behind. */
export interface MonthFold {
  readonly keyEvents: number;
  readonly duties: number;
}

/** 重点事件: what it was, what was done, and what the evaluation came to. */
export function monthEvents(
  files: readonly EventFile[],
  records: ReportRecords,
  { evaluations }: Month,
  fold: MonthFold,
): Block[] {
  const { period } = records;
  const KEY: Grade = 'L3';
  const key = files.filter(({ event }) => isAtLeast(gradeOf(event), KEY));
  if (key.length === 0) {
    return [nothing('本月没有较大以上的事件。', `query:events.grade${rangeInCite(period)}`)];
  }
  const left = key.slice(fold.keyEvents);
  return [
    ...key
      .slice(0, fold.keyEvents)
      .flatMap((file, number): Block[] => [
        heading(
          2,
          `（${ordinal(number + 1)}）${plainText(file.event.title)}（${gradeCell(file)}）`,
        ),
        paragraph([...knownSentences(file, period), ...spreadSentences(file, period)], '概况'),
        paragraph(measureSentences(file, period), '处置与回应'),
        paragraph(evaluationSentences(file, evaluations.get(file.event.id)), '评估'),
      ]),
    ...(left.length > 0
      ? [paragraph([says(`另有${left.length}起较大以上的事件，见附表。`, left.map(eventCite))])]
      : []),
  ];
}

function evaluationSentences(file: EventFile, evaluation: Evaluation | undefined): Sentence[] {
  const cite = [eventCite(file)];
  const evaluated = evaluation?.evaluated;
  if (!evaluated) {
    return [says(`状态：${EVENT_STATE_NAMES[file.event.state]}，还没有评估。`, cite)];
  }
  const { draft, score, by } = evaluated;
  const { retrospective } = draft;
  return [
    says(
      `${by.name}评估${score.toFixed(1)}分（满分5分）：及时性${draft.timeliness.score}分，${ended(draft.timeliness.reason)}`,
      cite,
    ),
    ...(retrospective && retrospective.rootCauses.length > 0
      ? [says(`复盘：根源是${ended(retrospective.rootCauses.join('；'))}`, cite)]
      : []),
    ...(retrospective && retrospective.actions.length > 0
      ? [
          says(
            `整改：${ended(retrospective.actions.map(({ text, owner }) => `${text}（${owner}）`).join('；'))}`,
            cite,
          ),
        ]
      : []),
  ];
}

/** 质量指标: every measure that the records can tell, and by name those that they cannot. */
export function quality({ measures }: Month, { period }: ReportRecords): Block[] {
  const cite = `query:measures${rangeInCite(period)}`;
  const told = measures.filter(({ measured }) => measured.kind !== 'notRecorded');
  const silent = measures.filter(({ measured }) => measured.kind === 'notRecorded');
  return [
    {
      kind: 'table',
      name: '质量指标',
      columns: [
        { title: '类别', share: 2 },
        { title: '指标', share: 4 },
        { title: '结果', share: 6 },
      ],
      rows: told.map((measure) => ({
        cells: [measure.group, measure.name, resultCell(measure)].map(plainText),
        cites: [cite, ...linesOf(measure).map((line) => line.cite)],
      })),
    },
    paragraph([
      says('怎么算、附哪些名单，见指标页；到期在本月的计入本月，演练不计。', [cite]),
      ...(silent.length > 0
        ? [says(`没有登记、不能算的：${silent.map(({ name }) => name).join('、')}。`, [cite])]
        : []),
    ]),
  ];
}

function resultCell({ measured }: Measure): string {
  const result = resultInWords(measured);
  if (measured.kind !== 'share') return result;
  const beside = [
    ...(measured.waived > 0 ? [`豁免${measured.waived}`] : []),
    ...(measured.cancelled > 0 ? [`取消${measured.cancelled}`] : []),
  ];
  return [result, ...beside].join('，');
}

/** 下月风险预判与建议: what the calendar holds; nothing is foretold or advised by a machine. */
export function nextMonth({ days, period }: ReportRecords): Block[] {
  const after = days.slice(1);
  const special = after.filter(({ sensitive }) => sensitive.length > 0);
  return [
    paragraph(
      special.length > 0
        ? special.flatMap(daySentences)
        : [says('下月没有登记的敏感时期。', [`query:calendar@${after[0]?.day ?? ''}`])],
      '敏感日历',
    ),
    paragraph(
      [
        says('风险点和建议：本系统没有登记，须由研判人补充；机器不代拟建议。', [
          `query:riskPoints${rangeInCite(period)}`,
        ]),
      ],
      '风险与建议',
    ),
  ];
}

/** 附表: the ledger of the month's events. */
export function ledger(files: readonly EventFile[], { period }: ReportRecords): Table[] {
  const known = files.filter(({ event }) => isIn(period, event.knownAt.at));
  if (known.length === 0) return [];
  return [
    {
      kind: 'table',
      name: `附表：本月事件台账（${known.length}起）`,
      columns: [
        { title: '等级', share: 3 },
        { title: '事件', share: 6 },
        { title: '知悉', share: 3 },
        { title: '首次发布', share: 3 },
        { title: '状态', share: 2 },
      ],
      rows: known.map((file) => {
        const [first] = file.releases
          .flatMap(({ published }) => published ?? [])
          .toSorted((a, b) => a.at.getTime() - b.at.getTime());
        return {
          cells: [
            gradeCell(file),
            plainText(file.event.title),
            momentInWords(file.event.knownAt.at),
            first ? momentInWords(first.at) : '没有',
            EVENT_STATE_NAMES[file.event.state],
          ],
          cites: [eventCite(file)],
        };
      }),
    },
  ];
}

/** 通报约谈: what was proposed to people in the month, the highest step of supervision. */
export function rectified({ supervisions, period }: ReportRecords, most: number): Block[] {
  const told = supervisions.filter(
    ({ level, opened }) => level === 'bulletinProposal' && isIn(period, opened.at),
  );
  if (told.length === 0) {
    return [
      nothing(
        '本月没有提出通报批评、约谈的建议。',
        `query:supervisions.opened${rangeInCite(period)}`,
      ),
    ];
  }
  const sentences = told.map(({ id, title, unit, opened }) =>
    says(`${momentInWords(opened.at)}就“${title}”（${unit || '单位未定'}）提出建议，由人决定。`, [
      `supervision:${id}`,
    ]),
  );
  return [paragraph(withRest(sentences, most, '见督办页'))];
}
