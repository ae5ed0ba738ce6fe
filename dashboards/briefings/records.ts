import type { Alert, Countdown } from '#alert';
import { gradeOf, interactionsAt, type Lead, type LeadPost, type OpinionEvent } from '#analyze';
import { GRADES } from '#core';
import type { Measure, Period } from '#measures';
import type { Evaluation, PressConference, Release, SupervisionOrder } from '#respond';

export { isIn, type Period } from '#measures';

/** All that is on record of one event. */
export interface EventFile {
  readonly event: OpinionEvent;
  readonly leads: readonly Lead[];
  readonly countdowns: readonly Countdown[];
  readonly alerts: readonly Alert[];
  readonly releases: readonly Release[];
  readonly conferences: readonly PressConference[];
}

export interface SourceStanding {
  readonly id: string;
  readonly name: string;
  /** portal, hotline, … */
  readonly kind: string;
  readonly isHealthy: boolean;
  /** 读不到, 被拒绝, … */
  readonly healthName: string;
}

/** What a report is made from: records as they stood when they were read. Nothing else enters it. */
export interface ReportRecords {
  readonly office: string;
  readonly isDrill: boolean;
  readonly period: Period;
  /** When the records were read. */
  readonly readAt: Date;
  /** Events that are not merged, with something in the period or still open. */
  readonly files: readonly EventFile[];
  /** Duties of no event that are open. */
  readonly otherCountdowns: readonly Countdown[];
  /** Duties whose time fell in the period, of events that are over and have nothing else in it. */
  readonly countdownsOfOthers: readonly Countdown[];
  readonly sources: readonly SourceStanding[];
  /** 区划代码 → name. */
  readonly regionNames: ReadonlyMap<string, string>;
  /** 诉求类 by code. */
  readonly topicNames: ReadonlyMap<string, string>;
  /** Begun before the period ended; newest first. */
  readonly supervisions: readonly SupervisionOrder[];
  /** Posts stored in the period, and leads begun in it and in the one before. */
  readonly postCount: number;
  readonly leadCount: number;
  readonly leadCountBefore: number;
  /** The day after. */
  readonly ahead: DayAhead;
  /** The day in which the period ends, and those of the month after it. */
  readonly days: readonly DayAhead[];
  /** Who is on duty when the report is made; absent where nobody is, or nobody asked. */
  readonly onDuty?: { readonly name: string; readonly phone?: string | undefined } | undefined;
}

/** What a report of a month needs beside the records. */
export interface Month {
  readonly measures: readonly Measure[];
  /** By event. */
  readonly evaluations: ReadonlyMap<string, Evaluation>;
}

/** 工作日, 国庆节, …; 敏感时期 in words. */
export interface DayAhead {
  readonly day: string;
  readonly words: string;
  readonly sensitive: readonly string[];
}

/** The period of the same length before it. */
export const periodBefore = ({ from, to }: Period): Period => ({
  from: new Date(2 * from.getTime() - to.getTime()),
  to: from,
});

export const rangeInCite = ({ from, to }: Period): string =>
  `[${from.toISOString()},${to.toISOString()})`;

export const eventCite = ({ event }: Pick<EventFile, 'event'>): string => `event:${event.id}`;

/** Posts of an event that were held before the period ended, earliest first. */
export function postsOf({ leads }: Pick<EventFile, 'leads'>, { to }: Period): readonly LeadPost[] {
  return leads
    .flatMap(({ posts }) => posts)
    .filter(({ fetchedAt }) => fetchedAt < to)
    .toSorted(
      (a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || (a.postId < b.postId ? -1 : 1),
    );
}

export const postsWithin = (file: Pick<EventFile, 'leads'>, period: Period): readonly LeadPost[] =>
  postsOf(file, period).filter(({ fetchedAt }) => fetchedAt >= period.from);

export const interactionsOf = (posts: readonly LeadPost[], at: Date): number =>
  posts.reduce((sum, post) => sum + interactionsAt(post, at), 0);

/** Gravest first, then by what was new, then by id: the same records give the same order. */
export function ranked(files: readonly EventFile[], period: Period): readonly EventFile[] {
  const weightOf = (file: EventFile) => ({
    file,
    grade: GRADES.indexOf(gradeOf(file.event)),
    news: postsWithin(file, period).length,
  });
  return files
    .map(weightOf)
    .toSorted(
      (a, b) =>
        a.grade - b.grade || b.news - a.news || (a.file.event.id < b.file.event.id ? -1 : 1),
    )
    .map(({ file }) => file);
}
