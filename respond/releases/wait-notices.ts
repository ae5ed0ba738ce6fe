import { beijingMinute, gradeLabel, type Effect, type Grade, type Person } from '#core';
import { tellPeople, type Telling } from '../tell-people.ts';
import { RELEASE_KIND_NAMES, REVIEW_STEP_NAMES } from '../words.ts';
import type { Release, ReviewWait } from './release.ts';
import { needsSecondFactor } from './sign-release.ts';
import type { ReviewOffice } from './review-wait.ts';

/** Why somebody is told that a text waits. */
export type WaitNews = 'asked' | 'reminded' | 'passedOn';

export interface WaitTelling {
  readonly grade: Grade;
  readonly wait: ReviewWait;
  readonly news: WaitNews;
  readonly signers: readonly Person[];
  /** Who may sign in their place from now on. */
  readonly standIns: readonly Person[];
  /** Told where a step reaches nobody. */
  readonly whenNobody: readonly Person[];
  readonly at: Date;
}

const FACTOR_NOT_SET =
  '同意时须输入动态口令，您还没有设置：请先在电脑上登录，点右上角“动态口令”设置。';

/** A text that waits, to those who have to sign it; each gets a link of their own. */
export function waitNotices(
  release: Release,
  { grade, wait, news, signers, standIns, whenNobody, at }: WaitTelling,
  office: ReviewOffice,
): Effect[] {
  const name = REVIEW_STEP_NAMES[wait.step];
  const limit = beijingMinute(wait.dueAt);
  const key = `${wait.step} ${wait.since.getTime()} ${news} ${wait.reminded}`;
  const lines = [
    `${RELEASE_KIND_NAMES[release.kind]}，${release.releasingUnit}，${release.drafter.name}拟稿`,
    `送到 ${beijingMinute(wait.since)}`,
  ];
  const button = '打开、阅读、签署';
  const needsCode = needsSecondFactor(release, wait.step, grade, office.pack);
  /** Those who could not sign yet must hear of it while there is time. */
  const withCode = (telling: Telling): Telling[] => {
    if (!needsCode) return [telling];
    const has = telling.people.filter(({ secondFactor }) => secondFactor);
    const hasNot = telling.people.filter(({ secondFactor }) => !secondFactor);
    return [
      { ...telling, people: has, lines: [...telling.lines, '同意时须输入动态口令。'] },
      { ...telling, people: hasNot, lines: [...telling.lines, FACTOR_NOT_SET] },
    ];
  };
  const toSigners: Telling = {
    key,
    people: signers,
    subject: `${gradeLabel(grade)}·${news === 'asked' ? `待您${name}` : `${name}还没有签`}`,
    ask:
      news === 'asked'
        ? `请在 ${limit} 前${name}：同意，或者写明意见退回。`
        : news === 'reminded'
          ? `稿件仍在等您${name}，时限 ${limit}。`
          : `${name}的时限 ${limit} 已过。${standIns.length > 0 ? `已请${namesOf(standIns)}代签，您仍可签署。` : '请尽快签署。'}`,
    lines,
    button,
    at,
  };
  const toStandIns: Telling = {
    key: `${key} standIn`,
    people: standIns,
    subject: `${gradeLabel(grade)}·请代为${name}`,
    ask: `${name}的时限 ${limit} 已过，${namesOf(signers) || '应签的人'}没有签。请阅读后代为签署，签署会写明是代签。`,
    lines,
    button,
    at,
  };
  const toOthers: Telling = {
    key: `${key} nobody`,
    people: whenNobody,
    subject: `${gradeLabel(grade)}·${name}无人可通知`,
    ask: `稿件等待${name}，能签的人一个都通知不到，请电话通知并请其登录签署，时限 ${limit}。`,
    lines,
    button: '查看',
    at,
  };
  const matter = {
    id: release.id,
    eventId: release.eventId,
    isDrill: release.isDrill,
    title: release.title,
    shortCode: `稿件#${release.id.slice(0, 4)}`,
    linkFor: office.linkFor,
  };
  return [...withCode(toSigners), ...withCode(toStandIns), toOthers].flatMap((one) =>
    tellPeople(matter, one, office),
  );
}

/** To who wrote it: the text comes back, and why. */
export function rejectionNotice(
  release: Release,
  { grade, by, comment, at }: { grade: Grade; by: string; comment: string; at: Date },
  office: ReviewOffice,
): Effect[] {
  const writers = [release.drafter, ...(release.editors ?? [])].map(({ personId }) => personId);
  const telling: Telling = {
    key: `rejected ${at.getTime()}`,
    people: office.people.filter((one) => !one.isDisabled && writers.includes(one.id)),
    subject: `${gradeLabel(grade)}·稿件退回修改`,
    ask: `${by}把稿件退回修改，改好后请再送审。`,
    lines: [`意见：${comment}`],
    button: '查看稿件和意见',
    at,
  };
  const { id, eventId, isDrill, title } = release;
  const matter = { id, eventId, isDrill, title, linkFor: office.linkFor };
  return tellPeople({ ...matter, shortCode: `稿件#${id.slice(0, 4)}` }, telling, office);
}

const namesOf = (people: readonly Person[]): string => people.map(({ name }) => name).join('、');
