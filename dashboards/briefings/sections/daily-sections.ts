import { GRADE_WORDS, GRADES, HOUR_MS } from '#core';
import { isOpen, type Countdown } from '#alert';
import { gradeOf } from '#analyze';
import { heading, paragraph, says, type Block, type Sentence } from '../model.ts';
import { plainText } from '../plain-text.ts';
import {
  eventCite,
  isIn,
  periodBefore,
  postsOf,
  postsWithin,
  rangeInCite,
  type DayAhead,
  type EventFile,
  type Period,
  type ReportRecords,
} from '../records.ts';
import { countdownInWords, dayInWords, momentInWords, ordinal } from '../words.ts';
import {
  countdownSentences,
  gradeCell,
  gradeSentences,
  knownSentences,
  measureSentences,
  outletInWords,
  spreadSentences,
  viewSentences,
} from './event-sentences.ts';

const changeInWords = (now: number, before: number): string => {
  if (now === before) return '与上一时段持平';
  return now > before ? `比上一时段多${now - before}` : `比上一时段少${before - now}`;
};

/** 当日概况: what came in and what it was. */
export function overview(records: ReportRecords): Block[] {
  const { period, files, leadCount, leadCountBefore } = records;
  const before = periodBefore(period);
  const newIn = (within: Period) => files.filter(({ event }) => isIn(within, event.knownAt.at));
  const news = newIn(period);
  const byGrade = GRADES.map((grade) => ({
    word: GRADE_WORDS[grade].word,
    count: news.filter(({ event }) => gradeOf(event) === grade).length,
  })).filter(({ count }) => count > 0);
  const alerts = files
    .flatMap((file) => file.alerts)
    .filter(({ rule, firedAt }) => rule === 'gradeProposal' && isIn(period, firedAt));
  const dismissed = alerts.filter(({ state }) => state === 'falseAlarm').length;
  const query = (what: string): string[] => [`query:${what}${rangeInCite(period)}`];
  const compared = (what: string): string[] => [
    ...query(what),
    `query:${what}${rangeInCite(before)}`,
  ];
  return [
    paragraph([
      says(`本期入库信息${records.postCount}条。`, query('posts.fetchedAt')),
      says(
        `新增线索${leadCount}条，${changeInWords(leadCount, leadCountBefore)}。`,
        compared('leads.firstSeenAt'),
      ),
      says(
        news.length === 0
          ? `没有新增事件，${changeInWords(0, newIn(before).length)}。`
          : `新增事件${news.length}起（${byGrade.map(({ word, count }) => `${word}${count}起`).join('、')}），${changeInWords(news.length, newIn(before).length)}。`,
        compared('events.knownAt'),
      ),
      says(`发出预警${alerts.length}次，其中判为误报${dismissed}次。`, query('alerts.firedAt')),
    ]),
  ];
}

/** 重点舆情, one by one, each with its six parts. */
export function keyEvents(
  files: readonly EventFile[],
  records: ReportRecords,
  most: { readonly quotes: number },
): Block[] {
  const { period, readAt } = records;
  if (files.length === 0) {
    return [nothing('本期没有较大以上的事件。', `query:events.grade${rangeInCite(period)}`)];
  }
  return files.flatMap((file, number) => [
    heading(2, `（${ordinal(number + 1)}）${plainText(file.event.title)}`),
    paragraph(knownSentences(file, period), '概况'),
    paragraph(spreadSentences(file, period), '传播'),
    paragraph(viewSentences(file, period, most.quotes), '观点'),
    paragraph(gradeSentences(file), '研判'),
    paragraph(measureSentences(file, period), '处置与回应'),
    paragraph(countdownSentences(file, period, readAt), '时限'),
  ]);
}

/** 一般舆情列表: the graver first; what is folded is counted and stands in the annex. */
export function otherEvents(
  files: readonly EventFile[],
  records: ReportRecords,
  most: number,
): Block[] {
  const cite = `query:events.grade${rangeInCite(records.period)}`;
  if (files.length === 0) return [nothing('本期没有其他事件。', cite)];
  const shown = files.slice(0, most);
  const folded = files.length - shown.length;
  return [
    ...(shown.length > 0 ? [eventTable('一般舆情', shown, records)] : []),
    ...(folded > 0
      ? [paragraph([says(`另有${folded}起列入附表。`, files.slice(most).map(eventCite))])]
      : []),
  ];
}

const eventTable = (
  name: string,
  files: readonly EventFile[],
  { period }: ReportRecords,
): Block => ({
  kind: 'table',
  name,
  columns: [
    { title: '等级', share: 3 },
    { title: '事件', share: 8 },
    { title: '信息数', share: 2 },
    { title: '本期新增', share: 2 },
  ],
  rows: files.map((file) => ({
    cells: [
      gradeCell(file),
      plainText(file.event.title),
      String(postsOf(file, period).length),
      String(postsWithin(file, period).length),
    ],
    cites: [eventCite(file)],
  })),
});

const INTAKE_KINDS = ['hotline', 'mailbox'];

/** 网民留言与热线, as far as they come in as sources. */
export function intakeCases({ sources, files, period }: ReportRecords): Block[] {
  const intake = sources.filter(({ kind }) => INTAKE_KINDS.includes(kind));
  if (intake.length === 0) {
    return [nothing('没有接入热线、信箱等来源，本期无内容。', 'query:sources.kind')];
  }
  const ids = new Set(intake.map(({ id }) => id));
  const rows = files.flatMap((file) => {
    const posts = postsWithin(file, period).filter(({ sourceId }) => ids.has(sourceId));
    return posts.length === 0 ? [] : [{ file, posts }];
  });
  const cite = `query:posts.fetchedAt${rangeInCite(period)}@sources.kind`;
  if (rows.length === 0) return [nothing('热线、信箱没有符合监测方案的来件。', cite)];
  return rows.map(({ file, posts }) =>
    paragraph([
      says(`“${file.event.title}”收到热线、信箱来件${posts.length}件。`, [
        eventCite(file),
        ...posts.map(({ postId }) => `post:${postId}`),
      ]),
    ]),
  );
}

/** 不实信息与澄清: claims as the texts call them, never as we do, and what was said to clear them up. */
export function untrueClaims({ files, period }: ReportRecords): Block[] {
  const claims = files.flatMap((file) =>
    postsWithin(file, period)
      .filter(({ untrue }) => untrue !== 'none')
      .map((post) =>
        says(
          `${post.untrue === 'verified' ? '信息中称已核实为不实' : '疑似不实，待核实'}：“${post.title}”（${outletInWords(post)}）。`,
          [eventCite(file), `post:${post.postId}`],
          post.url,
        ),
      ),
  );
  const cleared = files
    .flatMap(({ releases }) => releases)
    .flatMap(({ id, kind, title, published }) =>
      kind === 'clarification' && published && isIn(period, published.at)
        ? [says(`${momentInWords(published.at)}发布澄清《${title}》。`, [`release:${id}`])]
        : [],
    );
  const all = distinctBy(claims).concat(cleared);
  return all.length > 0
    ? [paragraph(all)]
    : [nothing('本期没有记录到不实信息和澄清。', `query:posts.untrue${rangeInCite(period)}`)];
}

const distinctBy = (sentences: readonly Sentence[]): Sentence[] => [
  ...new Map(sentences.map((one) => [one.text, one])).values(),
];

/** 督办与超时: what is past its due time, or was when it was done. */
export function overdue(records: ReportRecords, most: number): Block[] {
  const { period, readAt } = records;
  const rows = allCountdowns(records).filter(
    ({ one }) =>
      (isOpen(one) && one.statutoryDueAt <= readAt) ||
      (one.breachedAt !== undefined && isIn(period, one.breachedAt)),
  );
  if (rows.length === 0) {
    return [nothing('没有超时的时限。', `query:countdowns.breachedAt${rangeInCite(period)}`)];
  }
  return [
    paragraph(
      withRest(
        rows.map(({ one, title }) =>
          says(`“${title}”${countdownInWords(one, readAt)}。`, [`countdown:${one.id}`]),
        ),
        most,
      ),
    ),
  ];
}

/** 明日提示: what the next day is, and what falls due until it ends. */
export function ahead(records: ReportRecords, most: number): Block[] {
  return [paragraph([...daySentences(records.ahead), ...dueSoon(records, most)])];
}

export const daySentences = ({ day, words, sensitive }: DayAhead): Sentence[] => [
  says(`${dayInWords(day)}：${words}。`, [`query:calendar@${day}`]),
  ...sensitive.map((name) => says(`敏感时期：${name}。`, [`query:calendar@${day}`])),
];

/** What falls due in the 24 hours from now. */
export function dueSoon(records: ReportRecords, most: number): Sentence[] {
  const { readAt } = records;
  const until = new Date(readAt.getTime() + 24 * HOUR_MS);
  const due = allCountdowns(records).filter(
    ({ one }) => isOpen(one) && one.statutoryDueAt > readAt && one.statutoryDueAt <= until,
  );
  const cite = `query:countdowns.dueAt${rangeInCite({ from: readAt, to: until })}`;
  return [
    says(due.length === 0 ? '24小时内没有到期的时限。' : `24小时内到期的时限${due.length}项。`, [
      cite,
      ...due.map(({ one }) => `countdown:${one.id}`),
    ]),
    ...withRest(
      due.map(({ one, title }) =>
        says(`“${title}”${one.name}${momentInWords(one.statutoryDueAt)}到期。`, [
          `countdown:${one.id}`,
        ]),
      ),
      most,
    ),
  ];
}

/** The first few; how many are left out is told, with what they are. */
export function withRest(
  sentences: readonly Sentence[],
  most: number,
  where = '见时限页',
): Sentence[] {
  const left = sentences.slice(most);
  if (left.length === 0) return [...sentences];
  const rest = says(
    `另有${left.length}项，${where}。`,
    left.flatMap(({ cites }) => cites),
  );
  return [...sentences.slice(0, most), rest];
}

export function allCountdowns({
  files,
  otherCountdowns,
}: ReportRecords): { one: Countdown; title: string }[] {
  const ofEvents = files.flatMap(({ event, countdowns }) =>
    countdowns.map((one) => ({ one, title: event.title })),
  );
  return [...ofEvents, ...otherCountdowns.map((one) => ({ one, title: one.eventTitle }))].toSorted(
    (a, b) =>
      a.one.statutoryDueAt.getTime() - b.one.statutoryDueAt.getTime() ||
      (a.one.id < b.one.id ? -1 : 1),
  );
}

/** 附表: every event with the link of its first post. */
export function annexOf(files: readonly EventFile[], records: ReportRecords): Block[] {
  if (files.length === 0) return [];
  return [
    {
      kind: 'table',
      name: '附表：事件与首发链接',
      columns: [
        { title: '等级', share: 2 },
        { title: '事件', share: 5 },
        { title: '首发', share: 3 },
        { title: '链接', share: 5 },
      ],
      rows: files.map((file) => {
        const [first] = postsOf(file, records.period);
        return {
          cells: [
            gradeCell(file),
            plainText(file.event.title),
            first
              ? plainText(`${outletInWords(first)} ${momentInWords(first.publishedAt)}`)
              : '未知',
            (first && plainText(first.url)) || '未知',
          ],
          cites: [eventCite(file)],
        };
      }),
    },
  ];
}

/** A section for which the product keeps no register yet. */
export const unregistered = (what: string, code: string, { period }: ReportRecords): Block[] => [
  nothing(`本系统没有登记${what}，本期无内容。`, `query:${code}${rangeInCite(period)}`),
];

/** An empty section says that it is. */
export const nothing = (text: string, cite: string): Block => paragraph([says(text, [cite])]);
