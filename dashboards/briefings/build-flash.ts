import { beijingDay, gradeLabel } from '#core';
import { isGradeConfirmed, mergedFrom } from '#analyze';
import { isOpen } from '#alert';
import { firstFitting, inOrder, type Imprint, type Section } from './routine-model.ts';
import { dataNote } from './data-note.ts';
import {
  paragraph,
  says,
  type Block,
  type ReportModel,
  type ReportStage,
  type Sentence,
} from './model.ts';
import { plainText } from './plain-text.ts';
import {
  eventCite,
  isIn,
  postsWithin,
  type EventFile,
  type Period,
  type ReportRecords,
} from './records.ts';
import {
  countdownSentences,
  RELEASE_DUTIES,
  gradeSentences,
  knownSentences,
  measureSentences,
  newMeasureSentences,
  outletInWords,
  spreadSentences,
  viewSentences,
} from './sections/event-sentences.ts';
import { dayInWords, momentInWords, ordinal, UNKNOWN } from './words.ts';

export interface FlashRequest {
  readonly file: EventFile;
  readonly stage: ReportStage;
  /** For a 续报: its number, from 1; and what it is new against. */
  readonly followUp?: { readonly number: number; readonly since: Date };
  /** Who reports: the duty officer's name, and the phone where it is known. */
  readonly reporter: { readonly name: string; readonly phone?: string | undefined } | undefined;
}

export const STAGE_NAMES: Readonly<Record<ReportStage, string>> = {
  first: '首报',
  followUp: '续报',
  final: '终报',
};

/** 首报, 续报（二）, 终报. */
export const stageInWords = (stage: ReportStage, number = 0): string =>
  stage === 'followUp' ? `续报（${ordinal(number)}）` : STAGE_NAMES[stage];

/** 快报 on one event: 首报 tells what is known and what is not, 续报 only what is new, 终报 how it ended. */
export function buildFlash(
  records: ReportRecords,
  request: FlashRequest,
  imprint: Imprint,
): ReportModel {
  return firstFitting([2, 1], imprint.mostCharacters, (quotes) =>
    buildFolded(records, request, imprint, quotes),
  );
}

function buildFolded(
  records: ReportRecords,
  request: FlashRequest,
  imprint: Imprint,
  quotes: number,
): ReportModel {
  const { file, stage, followUp } = request;
  const { office, isDrill, readAt, period } = records;
  const sections = {
    first: () => firstSections(records, request, quotes),
    followUp: () => followUpSections(records, request, quotes),
    final: () => finalSections(records, request, quotes),
  }[stage]();
  const title = plainText(file.event.title);
  return {
    version: 1,
    kind: 'flash',
    stage,
    header: {
      name: plainText(imprint.name),
      number: plainText(`${imprint.number} ${stageInWords(stage, followUp?.number)}`),
      office: plainText(office),
      date: dayInWords(beijingDay(readAt)),
      marking: plainText(imprint.marking),
      isDrill,
    },
    title: stage === 'first' ? title : `${title}（${stageInWords(stage, followUp?.number)}）`,
    period:
      followUp && stage === 'followUp'
        ? `${momentInWords(followUp.since)}至${momentInWords(period.to)}的新情况`
        : `截至${momentInWords(period.to)}`,
    blocks: inOrder('flash', sections),
    annex: [],
    dataNote: dataNote(records),
    standing: ['机器拟稿，未经人工审核'],
    distribution: plainText(imprint.distribution),
    madeAt: readAt,
  };
}

function firstSections(records: ReportRecords, request: FlashRequest, quotes: number): Section[] {
  const { file } = request;
  const { period, readAt } = records;
  // When and where it happened stands in the first section already.
  const all = knownSentences(file, period).filter(({ text }) => !text.startsWith('发生时间'));
  const unknown = all.filter(({ text }) => text.endsWith(`：${UNKNOWN}。`));
  const known = all.filter((one) => !unknown.includes(one));
  return [
    ['时间、地点、涉事单位', [paragraph(placeSentences(records, file))]],
    [
      '事件概况',
      [
        paragraph(known, '已知'),
        paragraph(
          unknown.length > 0 ? unknown : [says('没有列为未知的事项。', [eventCite(file)])],
          '未知',
        ),
      ],
    ],
    [
      '舆情态势',
      [paragraph([...spreadSentences(file, period), ...viewSentences(file, period, quotes)])],
    ],
    ['已采取措施', [paragraph(measureSentences(file, period))]],
    ['初步研判与建议等级', [paragraph(gradeSentences(file))]],
    ['建议', [paragraph(adviceSentences(file))]],
    ['首次发布与发布会时限', [paragraph(countdownSentences(file, period, readAt, RELEASE_DUTIES))]],
    ['报告人、电话、接报时间', [paragraph(reporterSentences(request))]],
  ];
}

/** Only what a report before did not hold. */
function followUpSections(
  records: ReportRecords,
  request: FlashRequest,
  quotes: number,
): Section[] {
  const { file } = request;
  const { readAt } = records;
  const period = { from: request.followUp?.since ?? records.period.from, to: records.period.to };
  const news = postsWithin(file, period);
  const views = viewSentences({ ...file, leads: onlyWithin(file, period) }, period, quotes);
  const changes = file.event.gradeHistory
    .filter(({ at }) => isIn(period, at))
    .map(({ at, to, reason }) =>
      says(`${momentInWords(at)}等级变为${gradeLabel(to)}：${reason}。`, [eventCite(file)]),
    );
  const fresh = news.filter(({ outletKind }) => outletKind === 'institution').slice(0, 3);
  return [
    [
      '新情况',
      [
        paragraph([
          ...spreadSentences(file, period),
          ...fresh.map((post) =>
            says(
              `${momentInWords(post.publishedAt)}${outletInWords(post)}《${post.title}》。`,
              [eventCite(file), `post:${post.postId}`],
              post.url,
            ),
          ),
        ]),
        ...(news.length > 0 ? [paragraph(views, '观点')] : []),
      ],
    ],
    [
      '等级变化',
      [paragraph(changes.length > 0 ? changes : [says('等级没有变化。', [eventCite(file)])])],
    ],
    ['新采取的措施', [paragraph(orNone(newMeasureSentences(file, period), file))]],
    ['时限', [paragraph(countdownSentences(file, period, readAt, RELEASE_DUTIES))]],
    ['报告人、电话、接报时间', [paragraph(reporterSentences(request))]],
  ];
}

const onlyWithin = (file: EventFile, period: Period): EventFile['leads'] =>
  file.leads.map((lead) => ({
    ...lead,
    posts: lead.posts.filter(({ fetchedAt }) => isIn(period, fetchedAt)),
  }));

const orNone = (fresh: readonly Sentence[], file: EventFile): readonly Sentence[] =>
  fresh.length > 0 ? fresh : [says('没有新登记的措施。', [eventCite(file)])];

function finalSections(records: ReportRecords, request: FlashRequest, quotes: number): Section[] {
  const { file } = request;
  const { period, readAt } = records;
  const notRecorded = (what: string): Block =>
    paragraph([says(`${what}：${UNKNOWN}，没有登记，须由承办人补充。`, [eventCite(file)])]);
  return [
    ['事件结果', [paragraph(knownSentences(file, period)), notRecorded('处理结果')]],
    [
      '舆情总体情况',
      [paragraph([...spreadSentences(file, period), ...viewSentences(file, period, quotes)])],
    ],
    ['处置与回应', [paragraph(measureSentences(file, period))]],
    ['时限', [paragraph(countdownSentences(file, period, readAt, RELEASE_DUTIES))]],
    ['经验教训', [notRecorded('经验教训')]],
    ['报告人、电话、接报时间', [paragraph(reporterSentences(request))]],
  ];
}

function placeSentences({ regionNames }: ReportRecords, file: EventFile): Sentence[] {
  const { event } = file;
  const posts = file.leads.flatMap(({ posts }) => posts);
  const units = [...new Set(posts.flatMap((post) => post.units ?? []))].slice(0, 3);
  const cite = [eventCite(file)];
  const regions = event.regionCodes
    .map((code) => regionNames.get(code) ?? `区划${code}`)
    .join('、');
  return [
    says(
      event.occurredAt ? `时间：${momentInWords(event.occurredAt.at)}。` : `时间：${UNKNOWN}。`,
      cite,
    ),
    says(regions ? `地点：${regions}（信息中提到）。` : `地点：${UNKNOWN}。`, cite),
    says(
      units.length > 0
        ? `信息中提到的单位：${units.join('、')}（未经核实）。`
        : `涉事单位：${UNKNOWN}。`,
      cite,
    ),
    ...(mergedFrom(event).length > 0
      ? [says(`由${mergedFrom(event).length + 1}起事件合并。`, cite)]
      : []),
  ];
}

/** What the rules ask for; nothing else is advised by a machine. */
function adviceSentences(file: EventFile): Sentence[] {
  const cite = [eventCite(file)];
  const open = file.countdowns.filter(isOpen);
  return [
    isGradeConfirmed(file.event)
      ? says('等级已经人工确认。', cite)
      : says('请有权的人尽快确认等级。', cite),
    open.length > 0
      ? says(
          '按下列时限办理。',
          open.map(({ id }) => `countdown:${id}`),
        )
      : says('目前没有在计的时限，请继续关注。', cite),
  ];
}

function reporterSentences({ file, reporter }: FlashRequest): Sentence[] {
  const cite = [eventCite(file)];
  return [
    says(`报告人：${reporter?.name ?? UNKNOWN}。`, cite),
    says(`电话：${reporter?.phone ?? UNKNOWN}。`, cite),
    says(
      `接报时间：${momentInWords(file.event.knownAt.at)}（${file.event.knownAt.reason}）。`,
      cite,
    ),
  ];
}
