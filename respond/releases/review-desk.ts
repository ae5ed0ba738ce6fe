import { amend, type Grade, type Now, type PersonStore, type Stage } from '#core';
import { GradedEventSchema, type GradedEvent } from '#analyze';
import type { RespondDeps } from '../ports.ts';
import type { Release } from './release.ts';
import { awaiting, remindedOfReview, type ReviewOffice } from './review-wait.ts';
import { withSignature, type SignRequest } from './sign-release.ts';
import { withSubmission } from './submit-release.ts';
import { rejectionNotice } from './wait-notices.ts';

/** What the acts of a review are given, so that who is to sign hears of it. */
export interface ReviewDeps extends RespondDeps, Pick<ReviewOffice, 'channels' | 'linkFor'> {
  readonly people: Pick<PersonStore, 'listAll'>;
  /** The event's grade in force. */
  readonly gradeOf: (release: Release) => Promise<Grade>;
}

const officeOf = async ({
  people,
  pack,
  channels,
  linkFor,
}: ReviewDeps): Promise<ReviewOffice> => ({
  pack,
  channels,
  linkFor,
  ways: pack.waiting.channels,
  people: await people.listAll(),
});

/**
 * A reviewer's verdict on one step, under the text that the reviewer read; who comes next is told, of a rejection
 * who wrote it.
 *
 * @throws {Refused | NotFound}
 */
export async function signRelease(
  deps: ReviewDeps,
  { releaseId, ...request }: SignRequest & { readonly releaseId: string },
): Promise<Release> {
  const office = await officeOf(deps);
  const { grade, at, verdict, comment, actor } = request;
  return await amend(deps.releases, releaseId, (release) => {
    const signed = withSignature(release, request, deps.pack);
    const waiting = awaiting(signed, grade, office, at);
    if (verdict === 'agreed') return waiting;
    const notice = rejectionNotice(signed, { grade, by: actor.name, comment, at }, office);
    return { ...waiting, effects: [...waiting.effects, ...notice] };
  });
}

/** 送审: the reviewers are told, and waited for. @throws {Refused | NotFound} */
export async function submitRelease(
  deps: ReviewDeps,
  {
    releaseId,
    grade,
    ...act
  }: Parameters<typeof withSubmission>[1] & { readonly releaseId: string; readonly grade: Grade },
): Promise<Release> {
  const office = await officeOf(deps);
  return await amend(deps.releases, releaseId, (release) =>
    awaiting(withSubmission(release, act, deps.pack), grade, office, act.at),
  );
}

/** A grade that changes may ask for another signature, or sooner. */
export function createReviewStage(deps: ReviewDeps & { readonly now: Now }): Stage<GradedEvent> {
  return {
    name: 'reviews',
    schema: GradedEventSchema,
    async process(batch) {
      for (const eventId of new Set(batch.map(({ id }) => id))) {
        const texts = await deps.releases.listByEvent(eventId);
        if (texts.length === 0) continue;
        const office = await officeOf(deps);
        for (const text of texts) {
          const grade = await deps.gradeOf(text);
          const at = deps.now();
          await amend(deps.releases, text.id, (one) => {
            const waiting = awaiting(one, grade, office, at);
            return waiting === one ? undefined : waiting;
          });
        }
      }
    },
  };
}

const MOST_AT_ONCE = 100;

/** Reviewers who are silent are reminded, then others may sign in their place. @returns how many texts */
export async function tickReviews(deps: ReviewDeps & { readonly now: Now }): Promise<number> {
  const at = deps.now();
  const due = await deps.releases.listWaiting(at, MOST_AT_ONCE);
  if (due.length === 0) return 0;
  const office = await officeOf(deps);
  for (const release of due) {
    const grade = await deps.gradeOf(release);
    await amend(deps.releases, release.id, (one) => remindedOfReview(one, grade, office, at));
  }
  return due.length;
}
