import { DAY_MS } from '#core';
import { isOpen } from '#alert';
import { standingOf } from '#measures';
import { SUPERVISION_LEVEL_NAMES, SUPERVISION_STATE_NAMES } from '#respond';
import { paragraph, says, type Block } from '../model.ts';
import { plainText } from '../plain-text.ts';
import {
  eventCite,
  isIn,
  postsWithin,
  rangeInCite,
  type EventFile,
  type ReportRecords,
} from '../records.ts';
import { momentInWords, UNKNOWN } from '../words.ts';
import { allCountdowns, daySentences, nothing, withRest } from './daily-sections.ts';

/** 话题与地区分布: events with something in the period, by what the posts speak of and by where. */
export function distribution(records: ReportRecords): Block[] {
  const { files, period, regionNames, topicNames } = records;
  const told = files.filter((file) => postsWithin(file, period).length > 0);
  if (told.length === 0) {
    return [nothing('本期无。', `query:posts.fetchedAt${rangeInCite(period)}`)];
  }
  const topics = counted(told, (file) => {
    const topic = topicOf(file, records);
    return [topic ? (topicNames.get(topic) ?? topic) : '无法判断'];
  });
  const regions = counted(told, ({ event }) =>
    event.regionCodes.length > 0
      ? event.regionCodes.map((code) => regionNames.get(code) ?? `区划${code}`)
      : [UNKNOWN],
  );
  return [
    distributionTable('话题分布（机器判断）', '话题', topics),
    distributionTable('地区分布（信息中提到；一起可涉及几地）', '地区', regions),
  ];
}

/** What most of its new posts speak of; the first in order where two are as many. */
export function topicOf(file: EventFile, { period }: ReportRecords): string | undefined {
  const topics = postsWithin(file, period).flatMap(({ proposals }) => proposals?.topic.value ?? []);
  return [...Map.groupBy(topics, (topic) => topic)].toSorted(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  )[0]?.[0];
}

function counted(
  files: readonly EventFile[],
  namesOf: (file: EventFile) => readonly string[],
): readonly (readonly [string, readonly EventFile[]])[] {
  const pairs = files.flatMap((file) =>
    [...new Set(namesOf(file))].map((name) => ({ name, file })),
  );
  return [...Map.groupBy(pairs, ({ name }) => name)]
    .map(([name, of]) => [name, of.map(({ file }) => file)] as const)
    .toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}

const distributionTable = (
  name: string,
  title: string,
  counts: ReturnType<typeof counted>,
): Block => ({
  kind: 'table',
  name,
  columns: [
    { title, share: 4 },
    { title: '事件', share: 2 },
  ],
  rows: counts.map(([words, files]) => ({
    cells: [plainText(words), `${files.length}起`],
    cites: files.map(eventCite),
  })),
});

/**
 * 回应与处置: how each duty whose time fell in the period was kept, counted as the measures count it; waived and
 * cancelled ones apart.
 */
export function kept(records: ReportRecords): Block[] {
  const { period, readAt } = records;
  const due = [
    ...allCountdowns(records).map(({ one }) => one),
    ...records.countdownsOfOthers,
  ].filter(({ statutoryDueAt }) => isIn(period, statutoryDueAt));
  if (due.length === 0) {
    return [nothing('本期没有到期的时限。', `query:countdowns.dueAt${rangeInCite(period)}`)];
  }
  const duties = [...Map.groupBy(due, ({ name }) => name)];
  return [
    {
      kind: 'table',
      name: '本期到期的时限',
      columns: [
        { title: '时限', share: 5 },
        { title: '到期', share: 2 },
        { title: '按时', share: 2 },
        { title: '超时后完成', share: 3 },
        { title: '未完成', share: 2 },
        { title: '豁免', share: 2 },
        { title: '取消', share: 2 },
      ],
      rows: duties.map(([name, all]) => {
        const told = all.map((one) => ({ standing: standingOf(one, readAt), one }));
        const count = (is: (of: (typeof told)[number]) => boolean): string =>
          String(told.filter(is).length);
        const isMissed = ({ standing }: (typeof told)[number]): boolean =>
          standing === 'out' || standing === 'open';
        return {
          cells: [
            plainText(name),
            count((of) => of.standing === 'in' || isMissed(of)),
            count(({ standing }) => standing === 'in'),
            count((of) => isMissed(of) && of.one.satisfiedAt !== undefined),
            count((of) => isMissed(of) && of.one.satisfiedAt === undefined),
            count(({ standing }) => standing === 'waived'),
            count(({ standing }) => standing === 'cancelled'),
          ],
          cites: all.map(({ id }) => `countdown:${id}`),
        };
      }),
    },
  ];
}

/** 督办 that were opened in the period or are not closed. */
export function supervised({ supervisions, period }: ReportRecords, most: number): Block[] {
  const told = supervisions.filter(
    ({ state, opened }) => state !== 'closed' || isIn(period, opened.at),
  );
  if (told.length === 0) {
    return [nothing('本期没有督办。', `query:supervisions.opened${rangeInCite(period)}`)];
  }
  const sentences = told.map(({ id, title, unit, level, state, opened }) =>
    says(
      `${momentInWords(opened.at)}对“${title}”${SUPERVISION_LEVEL_NAMES[level]}（${unit || '单位未定'}），${SUPERVISION_STATE_NAMES[state]}。`,
      [`supervision:${id}`],
    ),
  );
  return [paragraph(withRest(sentences, most))];
}

/** 下周风险点与敏感日历: the seven days after; days that are plain workdays are not listed. */
export function nextWeek(records: ReportRecords): Block[] {
  const { days, period } = records;
  const after = days.slice(1, 8);
  const special = after.filter(
    ({ words, sensitive }) => words !== '工作日' || sensitive.length > 0,
  );
  const end = new Date(period.to.getTime() + 7 * DAY_MS);
  const due = allCountdowns(records).filter(
    ({ one }) => isOpen(one) && isIn({ from: period.to, to: end }, one.statutoryDueAt),
  );
  return [
    paragraph(
      special.length > 0
        ? special.flatMap(daySentences)
        : [says('七天内没有节假日和敏感时期。', [`query:calendar@${after[0]?.day ?? ''}`])],
      '敏感日历',
    ),
    paragraph(
      [
        says(`七天内到期的时限${due.length}项。`, [
          `query:countdowns.dueAt${rangeInCite({ from: period.to, to: end })}`,
          ...due.map(({ one }) => `countdown:${one.id}`),
        ]),
        says('风险点：本系统未采集。', ['query:riskPoints']),
      ],
      '风险点',
    ),
  ];
}
