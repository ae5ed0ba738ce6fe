import { DAY_MS, isAtLeast } from '#core';
import { isOpen, type Countdown } from '#alert';
import { gradeOf, isGradeConfirmed } from '#analyze';
import { paragraph, says, type Block, type Sentence } from '../model.ts';
import { plainText } from '../plain-text.ts';
import {
  eventCite,
  isIn,
  postsWithin,
  rangeInCite,
  type EventFile,
  type ReportRecords,
} from '../records.ts';
import { countdownInWords, momentInWords, UNKNOWN } from '../words.ts';
import { daySentences, dueSoon, nothing, overdue, withRest } from './daily-sections.ts';
import { gradeCell, newMeasureSentences, RELEASE_DUTIES } from './event-sentences.ts';

/** How much is told; the rest is counted. */
export interface MorningFold {
  readonly headlines: number;
  readonly decisions: number;
  readonly rows: number;
  readonly progress: number;
  readonly duties: number;
}

const isWorkedOn = ({ event }: EventFile): boolean =>
  event.state !== 'closed' && event.state !== 'archived';

const nextOpen = ({ countdowns }: EventFile, codes?: readonly string[]): Countdown | undefined =>
  countdowns
    .filter((one) => isOpen(one) && (codes?.includes(one.code) ?? true))
    .toSorted(
      (a, b) => a.statutoryDueAt.getTime() - b.statutoryDueAt.getTime() || (a.id < b.id ? -1 : 1),
    )[0];

/** 一句话要点: the gravest with something new, at most five. */
export function headlines(
  files: readonly EventFile[],
  { period }: ReportRecords,
  most: Pick<MorningFold, 'headlines'>,
): Block[] {
  const told = files
    .map((file) => ({ file, news: postsWithin(file, period).length }))
    .filter(({ file, news }) => news > 0 || isIn(period, file.event.knownAt.at));
  if (told.length === 0) {
    return [nothing('隔夜没有新情况。', `query:posts.fetchedAt${rangeInCite(period)}`)];
  }
  return told.slice(0, most.headlines).map(({ file, news }) => {
    const { event } = file;
    const what = isIn(period, event.knownAt.at) ? '隔夜新增，' : '';
    return paragraph([
      says(`${gradeCell(file)}：“${event.title}”${what}本期${news}条。`, [
        eventCite(file),
        `query:posts.fetchedAt${rangeInCite(period)}@event:${event.id}`,
      ]),
    ]);
  });
}

/** 需领导决策事项: what, by when, and what the rules propose; nothing else is proposed by a machine. */
export function decisions(
  files: readonly EventFile[],
  { period, readAt }: ReportRecords,
  most: Pick<MorningFold, 'decisions'>,
): Block[] {
  const asked = files
    .filter(isWorkedOn)
    .flatMap((file): Sentence[] => [...gradeAsked(file, readAt), ...releaseAsked(file, readAt)]);
  if (asked.length === 0) {
    return [nothing('本期没有等待决策的定级和发布。', `query:events.grade${rangeInCite(period)}`)];
  }
  return withRest(asked, most.decisions).map((one) => paragraph([one]));
}

function gradeAsked(file: EventFile, at: Date): Sentence[] {
  const { event } = file;
  if (isGradeConfirmed(event) || !isAtLeast(gradeOf(event), 'L3')) return [];
  const duty = nextOpen(file, ['GRADE_CONFIRM']);
  const when = duty ? `${countdownInWords(duty, at)}。` : '';
  return [
    says(`“${event.title}”${gradeCell(file)}待定级。${when}建议：核对依据后确认或者改定等级。`, [
      eventCite(file),
      ...(duty ? [`countdown:${duty.id}`] : []),
    ]),
  ];
}

function releaseAsked(file: EventFile, at: Date): Sentence[] {
  const { event, releases } = file;
  const waiting = releases.filter(({ state }) => state === 'inReview' || state === 'approved');
  const duty = nextOpen(file, RELEASE_DUTIES);
  const when = duty ? `${countdownInWords(duty, at)}。` : '';
  const dutyCite = duty ? [`countdown:${duty.id}`] : [];
  if (waiting.length > 0) {
    return waiting.map(({ id, title, state }) =>
      says(
        `“${event.title}”的《${title}》${state === 'approved' ? '已审定，待发布' : '待审查'}。${when}建议：${state === 'approved' ? '发布' : '审定后发布'}。`,
        [eventCite(file), `release:${id}`, ...dutyCite],
      ),
    );
  }
  // A minor matter is the handler's: leaders are not asked for a text of it.
  const isGrave = isAtLeast(gradeOf(event), 'L3');
  if (!duty || !isGrave || releases.some(({ published }) => published)) return [];
  return [
    says(`“${event.title}”尚无发布稿。${when}建议：确定发布单位和口径。`, [
      eventCite(file),
      ...dutyCite,
    ]),
  ];
}

/** 隔夜新增舆情: title, grade and points, the units that the texts name, and the countdown that ends first. */
export function newOverNight(
  fresh: readonly EventFile[],
  { period, readAt }: ReportRecords,
  most: Pick<MorningFold, 'rows'>,
): Block[] {
  if (fresh.length === 0) {
    return [nothing('隔夜没有新增事件。', `query:events.knownAt${rangeInCite(period)}`)];
  }
  return fresh
    .slice(0, most.rows)
    .map((file) => paragraph([freshSentence(file, readAt)]))
    .concat(restOf(fresh.slice(most.rows)));
}

function freshSentence(file: EventFile, readAt: Date): Sentence {
  const duty = nextOpen(file);
  const points = `${gradeCell(file)}${file.event.proposal.sum}分`;
  const due = duty ? `最近的时限：${countdownInWords(duty, readAt)}` : '没有在计的时限';
  return says(`${points}：“${file.event.title}”，提到的单位：${unitsOf(file)}。${due}。`, [
    eventCite(file),
    ...(duty ? [`countdown:${duty.id}`] : []),
  ]);
}

const restOf = (folded: readonly EventFile[]): Block[] =>
  folded.length > 0
    ? [paragraph([says(`另有${folded.length}起列入附表。`, folded.map(eventCite))])]
    : [];

function unitsOf({ leads }: EventFile): string {
  const named = leads.flatMap(({ posts }) => posts).flatMap(({ units }) => units ?? []);
  return [...new Set(named)].slice(0, 2).join('、') || UNKNOWN;
}

/** 在办事项进展与到期提醒: what was done over night, what is overdue, what falls due within a day. */
export function progress(
  files: readonly EventFile[],
  records: ReportRecords,
  most: Pick<MorningFold, 'progress' | 'duties'>,
): Block[] {
  const { period } = records;
  const old = files.filter((file) => isWorkedOn(file) && !isIn(period, file.event.knownAt.at));
  const moved = old.flatMap((file) => {
    const [first, ...others] = newMeasureSentences(file, period);
    if (!first) return [];
    return [{ ...first, text: `“${plainText(file.event.title)}”：${first.text}` }, ...others];
  });
  const told =
    moved.length > 0
      ? withRest(moved, most.progress)
      : [
          says(`在办${old.length}起，隔夜没有新登记的措施。`, [
            `query:events.state${rangeInCite(period)}`,
          ]),
        ];
  return [
    paragraph(told, '进展'),
    ...overdue(records, most.duties),
    paragraph(dueSoon(records, most.duties), '到期提醒'),
  ];
}

/** 今日关注: what the day is, and the conferences planned for it. */
export function watchedToday({ period, days, files }: ReportRecords): Block[] {
  const [today] = days;
  const end = new Date(period.to.getTime() + DAY_MS);
  const planned = files.flatMap(({ event, conferences }) =>
    conferences.flatMap(({ id, plan, state }) =>
      plan &&
      (state === 'planned' || state === 'announced') &&
      isIn({ from: period.to, to: end }, plan.plannedAt)
        ? [
            says(`${momentInWords(plan.plannedAt)}计划举行“${event.title}”新闻发布会。`, [
              `conference:${id}`,
            ]),
          ]
        : [],
    ),
  );
  return [
    paragraph([
      ...(today ? daySentences(today) : []),
      ...planned,
      says('风险点：本系统未采集。', ['query:riskPoints']),
    ]),
  ];
}

/** 值班信息, as the roster has it. */
export const onDuty = ({ onDuty: person, readAt }: ReportRecords): Block[] => [
  paragraph([
    says(
      person
        ? `值班员：${person.name}，电话：${person.phone ?? UNKNOWN}。`
        : `值班员：${UNKNOWN}，排班上没有人。`,
      [`query:roster@${readAt.toISOString()}`],
    ),
  ]),
];
