import { beijingMinute, durationInWords, MACHINE, type Effect, type Grade, type Role } from '#core';
import { reachedBy, type Reach } from '../tell-people.ts';
import { limitOf, signersOf, standInsOf, type ReviewPack } from '../review-pack.ts';
import { REVIEW_STEP_NAMES, rolesInWords } from '../words.ts';
import type { Release, ReviewStep, ReviewWait } from './release.ts';
import { isAuthor, openSteps } from './required-steps.ts';
import { notedAsRelease } from './release-note.ts';
import { waitNotices, type WaitNews } from './wait-notices.ts';

/** What the waiting of a review leans on, as it stands at the moment of the act. */
export interface ReviewOffice extends Reach {
  readonly pack: ReviewPack;
  readonly linkFor: (claim: { id: string; personId: string; expiresAt: Date }) => string;
}

/** Steps whose reviewers are waited for: those that come last once all others are signed. */
export function awaitedSteps(release: Release, grade: Grade, pack: ReviewPack): ReviewStep[] {
  // An approved text waits again where the grade rose and asks for more.
  if (release.state !== 'inReview' && release.state !== 'approved') return [];
  const open = openSteps(release, grade, pack);
  const first = open.filter((step) => !pack.waiting.lastSteps.includes(step));
  return [...(first.length > 0 ? first : open)];
}

/**
 * The release with a wait for each step that is waited for: who has to sign a new one is told, and a wait that is
 * over is dropped. Once more changes nothing, so that it may follow every act.
 */
export function awaiting(release: Release, grade: Grade, office: ReviewOffice, at: Date): Release {
  const steps = awaitedSteps(release, grade, office.pack);
  const before = release.waits ?? [];
  const kept = before
    .filter(({ step }) => steps.includes(step))
    .map((wait) => tightened(wait, grade, office.pack));
  const begun = steps
    .filter((step) => !before.some((wait) => wait.step === step))
    .map((step) => newWait(step, grade, office.pack, at));
  const isSame = kept.length === before.length && kept.every((wait) => before.includes(wait));
  if (begun.length === 0 && isSame) return release;
  return {
    ...release,
    waits: [...kept, ...begun],
    effects: [
      ...release.effects,
      ...begun.flatMap((wait) => tellReviewers(release, grade, wait, 'asked', office, at)),
    ],
  };
}

function newWait(step: ReviewStep, grade: Grade, pack: ReviewPack, at: Date): ReviewWait {
  const limitMs = limitOf(pack, step, grade);
  return {
    step,
    since: at,
    dueAt: new Date(at.getTime() + limitMs),
    reminded: 0,
    nextAt: momentOf({ since: at, dueAt: new Date(at.getTime() + limitMs), reminded: 0 }, pack),
  };
}

/** A grade that rose leaves less time; one that fell takes nobody's time away. */
function tightened(wait: ReviewWait, grade: Grade, pack: ReviewPack): ReviewWait {
  const dueAt = new Date(wait.since.getTime() + limitOf(pack, wait.step, grade));
  if (wait.passedOnAt || dueAt >= wait.dueAt) return wait;
  return { ...wait, dueAt, nextAt: momentOf({ ...wait, dueAt }, pack) };
}

/** When the next reminder is due, after the last one the limit itself. */
function momentOf(
  { since, dueAt, reminded }: Pick<ReviewWait, 'since' | 'dueAt' | 'reminded'>,
  pack: ReviewPack,
): Date {
  const ratio = pack.waiting.remindAt[reminded] ?? 1;
  return new Date(since.getTime() + ratio * (dueAt.getTime() - since.getTime()));
}

/** The release once its waits have been looked at: reminders at their times, at the limit who stands in. */
export function remindedOfReview(
  release: Release,
  grade: Grade,
  office: ReviewOffice,
  at: Date,
): Release | undefined {
  // A grade that changed, or a person who lost a role, may have opened or closed a step meanwhile.
  const standing = awaiting(release, grade, office, at);
  const due = (standing.waits ?? []).filter(({ nextAt }) => nextAt && nextAt <= at);
  const changed = due.reduce((one, wait) => climbed(one, grade, wait, office, at), standing);
  return changed === release ? undefined : changed;
}

function climbed(
  release: Release,
  grade: Grade,
  wait: ReviewWait,
  office: ReviewOffice,
  at: Date,
): Release {
  const { pack } = office;
  const isOver = wait.dueAt <= at;
  const points = pack.waiting.remindAt;
  // Reminders that fell due while the product stood still are one.
  const reminded = points.filter((_, index) => momentOf({ ...wait, reminded: index }, pack) <= at);
  const { nextAt: _, ...rest } = wait;
  const next: ReviewWait = isOver
    ? { ...rest, reminded: points.length, passedOnAt: at }
    : {
        ...rest,
        reminded: reminded.length,
        nextAt: momentOf({ ...wait, reminded: reminded.length }, pack),
      };
  const news: WaitNews = isOver ? 'passedOn' : 'reminded';
  const noted = notedAsRelease(release, {
    actor: MACHINE,
    at,
    what: inWords(release, grade, next, office, at),
  });
  return {
    ...noted,
    waits: (release.waits ?? []).map((one) => (one.step === wait.step ? next : one)),
    effects: [...noted.effects, ...tellReviewers(release, grade, next, news, office, at)],
  };
}

function inWords(
  release: Release,
  grade: Grade,
  wait: ReviewWait,
  office: ReviewOffice,
  at: Date,
): string {
  const name = REVIEW_STEP_NAMES[wait.step];
  const waited = durationInWords(at.getTime() - wait.since.getTime());
  const limit = beijingMinute(wait.dueAt).slice(5);
  const names = (roles: readonly Role[]): string =>
    reachableReviewers(release, roles, office)
      .map((person) => person.name)
      .join('、') || '无人可通知';
  const signers = signersOf(office.pack, wait.step, grade);
  if (!wait.passedOnAt) {
    return `${name}已等待${waited}（时限 ${limit}），提醒${names(signers)}`;
  }
  const standIns = standInsOf(office.pack, wait.step, grade);
  if (standIns.length === 0) return `${name}超过时限 ${limit} 未签，再次通知${names(signers)}`;
  const who = rolesInWords(standIns);
  return `${name}超过时限 ${limit} 未签，${who}可以代签，已通知${names(standIns)}`;
}

const reachableReviewers = (release: Release, roles: readonly Role[], office: ReviewOffice) =>
  reachedBy(roles, office).filter(({ id }) => !isAuthor(release, id));

function tellReviewers(
  release: Release,
  grade: Grade,
  wait: ReviewWait,
  news: WaitNews,
  office: ReviewOffice,
  at: Date,
): Effect[] {
  const { pack } = office;
  const signers = reachableReviewers(release, signersOf(pack, wait.step, grade), office);
  const standIns =
    news === 'passedOn'
      ? reachableReviewers(release, standInsOf(pack, wait.step, grade), office).filter(
          ({ id }) => !signers.some((one) => one.id === id),
        )
      : [];
  const isNobody = signers.length === 0 && standIns.length === 0;
  const whenNobody = isNobody ? reachedBy(pack.waiting.whenNobody, office) : [];
  return waitNotices(release, { grade, wait, news, signers, standIns, whenNobody, at }, office);
}
