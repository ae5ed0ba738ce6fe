import { GRADE_WORDS, gradeLabel } from '#core';
import { isOpen } from '#alert';
import { findingWords, gradeOf, isGradeConfirmed, type LeadPost } from '#analyze';
import { RELEASE_CHANNEL_NAMES, RELEASE_KIND_NAMES } from '#respond';
import { says, type Sentence } from '../model.ts';
import {
  eventCite,
  interactionsOf,
  isIn,
  postsOf,
  postsWithin,
  rangeInCite,
  type EventFile,
  type Period,
} from '../records.ts';
import { countdownInWords, momentInWords, UNKNOWN } from '../words.ts';

/** Of the public nobody is named: a person's post is 网民发帖. */
export const outletInWords = ({ outlet, outletKind }: LeadPost): string =>
  outletKind === 'individual' ? '网民发帖' : outlet;

const postCites = (file: EventFile, posts: readonly LeadPost[]): string[] => [
  eventCite(file),
  ...posts.map(({ postId }) => `post:${postId}`),
];
const countCite = ({ event }: EventFile, period: Period): string =>
  `query:posts.fetchedAt${rangeInCite(period)}@event:${event.id}`;

/** 首发、知悉、发生时间、伤亡和损失: what is known, and what is not. */
export function knownSentences(file: EventFile, period: Period): Sentence[] {
  const { event } = file;
  const [first] = postsOf(file, period);
  const figures = event.figures.filter(({ at, isCredible }) => isCredible && at < period.to).at(-1);
  return [
    first
      ? says(
          `首发：${momentInWords(first.publishedAt)}${outletInWords(first)}《${first.title}》。`,
          postCites(file, [first]),
          first.url,
        )
      : says(`首发：${UNKNOWN}。`, [eventCite(file)]),
    says(`本单位知悉：${momentInWords(event.knownAt.at)}。`, [eventCite(file)]),
    event.occurredAt
      ? says(`发生时间：${momentInWords(event.occurredAt.at)}（${event.occurredAt.reason}）。`, [
          eventCite(file),
        ])
      : says(`发生时间：${UNKNOWN}。`, [eventCite(file)]),
    figures
      ? says(
          `伤亡和损失：${figures.words}（${figures.outlet}，${momentInWords(figures.at)}）。`,
          [eventCite(file), `post:${figures.postId}`],
          figures.url,
        )
      : says(`伤亡和损失：${UNKNOWN}。`, [eventCite(file)]),
  ];
}

/** 量、来源、互动, and how much of it is new. */
export function spreadSentences(file: EventFile, period: Period): Sentence[] {
  const posts = postsOf(file, period);
  const news = postsWithin(file, period);
  const outlets = new Set(posts.map(({ outlet }) => outlet)).size;
  const cites = [countCite(file, { from: new Date(0), to: period.to })];
  return [
    says(
      `截至${momentInWords(period.to)}共${posts.length}条信息、${outlets}个来源，互动量${interactionsOf(posts, period.to)}。`,
      cites,
    ),
    says(`本期新增${news.length}条。`, [countCite(file, period)]),
  ];
}

/**
 * 观点: tone as the machine read it, with what it could not tell, and the critical titles word for word.
 *
 * @param most quotations at most; criticism is never left out where the posts hold it
 */
export function viewSentences(file: EventFile, period: Period, most: number): Sentence[] {
  const posts = postsOf(file, period);
  const toneOf = ({ proposals }: LeadPost): string => proposals?.sentiment.value ?? 'unknown';
  const count = (tone: string): number => posts.filter((post) => toneOf(post) === tone).length;
  const [negative, neutral, positive] = ['negative', 'neutral', 'positive'].map(count) as [
    number,
    number,
    number,
  ];
  const untold = posts.length - negative - neutral - positive;
  const critical = posts.filter((post) => toneOf(post) === 'negative');
  const distinct = [...new Map(critical.map((post) => [post.title, post])).values()];
  return [
    says(
      `情感倾向由机器判断：负面${negative}条、中性${neutral}条、正面${positive}条，判断不出${untold}条。`,
      [countCite(file, { from: new Date(0), to: period.to })],
    ),
    ...distinct
      .slice(0, Math.max(1, most))
      .map((post) =>
        says(
          `批评意见：“${post.title}”（${outletInWords(post)}）。`,
          postCites(file, [post]),
          post.url,
        ),
      ),
    ...(distinct.length === 0
      ? [says('本期信息中没有判断为批评的意见。', [countCite(file, period)])]
      : []),
  ];
}

/** 等级 with who stands behind it, and why. */
export function gradeSentences(file: EventFile): Sentence[] {
  const { event } = file;
  const who = isGradeConfirmed(event) ? '已经人工确认' : '机器建议，待人工确认';
  return [
    says(`等级：${gradeLabel(gradeOf(event))}（${who}）。`, [eventCite(file)]),
    says(`${event.proposal.sentence.replace(/[。.]$/u, '')}。`, [eventCite(file)]),
  ];
}

const NO_MEASURES = '没有登记的发布、发布会和核实。';

/** 已采取措施: 发布、发布会、核实, as recorded; and when there is none, that. */
export function measureSentences(file: EventFile, period: Period): Sentence[] {
  const { event } = file;
  const published = file.releases.flatMap(({ id, title, kind, published: out }) =>
    out && out.at < period.to
      ? [
          says(
            `${momentInWords(out.at)}在${RELEASE_CHANNEL_NAMES[out.channel]}${RELEASE_KIND_NAMES[kind]}《${title}》。`,
            [`release:${id}`],
            out.link,
          ),
        ]
      : [],
  );
  const held = file.conferences.flatMap(({ id, heldAt, place }) =>
    heldAt && heldAt < period.to
      ? [says(`${momentInWords(heldAt)}在${place}举行新闻发布会。`, [`conference:${id}`])]
      : [],
  );
  const found = event.findings
    .filter(({ at }) => at < period.to)
    .map((finding) =>
      says(`${momentInWords(finding.at)}${findingWords(finding)}。`, [eventCite(file)]),
    );
  const all = [...published, ...held, ...found];
  return all.length > 0 ? all : [says(NO_MEASURES, [eventCite(file)])];
}

/** Of the measures those that were not on record when the period began; empty when there are none. */
export function newMeasureSentences(file: EventFile, period: Period): Sentence[] {
  const before = measureSentences(file, { from: new Date(0), to: period.from });
  const told = new Set([...before.map(({ text }) => text), NO_MEASURES]);
  return measureSentences(file, period).filter(({ text }) => !told.has(text));
}

/** 首次发布、发布会、回应: what a short report tells of. */
export const RELEASE_DUTIES: readonly string[] = ['AUTH_RELEASE_5H', 'PRESS_24H', 'RESPONSE_48H'];

/**
 * 时限 that run, were missed or ended in the period.
 *
 * @param codes those told one by one; the others are counted. Absent: all are told
 */
export function countdownSentences(
  file: EventFile,
  period: Period,
  at: Date,
  codes?: readonly string[],
): Sentence[] {
  const all = file.countdowns
    .filter(({ armedAt }) => armedAt < period.to || armedAt <= at)
    .filter(
      (one) => isOpen(one) || (one.satisfiedAt !== undefined && isIn(period, one.satisfiedAt)),
    )
    .toSorted(
      (a, b) => a.statutoryDueAt.getTime() - b.statutoryDueAt.getTime() || (a.id < b.id ? -1 : 1),
    );
  if (all.length === 0) return [says('没有在计的时限。', [eventCite(file)])];
  const shown = all.filter(({ code }) => codes?.includes(code) ?? true);
  const rest = all.filter((one) => !shown.includes(one));
  return [
    ...shown.map((one) => says(`${countdownInWords(one, at)}。`, [`countdown:${one.id}`])),
    ...(rest.length > 0
      ? [
          says(
            `另有${rest.length}项时限在计。`,
            rest.map(({ id }) => `countdown:${id}`),
          ),
        ]
      : []),
  ];
}

/** 橙·重大 as a table has it. */
export const gradeCell = (file: EventFile): string => {
  const grade = gradeOf(file.event);
  return `${GRADE_WORDS[grade].word}${isGradeConfirmed(file.event) ? '' : '（建议）'}`;
};
