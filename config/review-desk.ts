import type { Grade, Now, Person } from '#core';
import { gradeOf, type OpinionEvent } from '#analyze';
import type { ChannelKind } from '#alert';
import {
  createReviewStage,
  reviewLinkId,
  reviewOf,
  signRelease,
  submitRelease,
  tickReviews,
  type Release,
  type ReviewDeps,
} from '#respond';
import type { Commands } from '#server';
import type { Backend } from './backends/embedded.ts';
import type { LinkTo } from './link-to.ts';

type OfText = NonNullable<Parameters<typeof reviewOf>[4]['figures']>['ofText'];

/** The review of releases: who signs, who is told and waited for. */
export function createReviewDesk(parts: {
  readonly backend: Pick<Backend, 'releases' | 'people'> & {
    readonly events: { findById(id: string): Promise<OpinionEvent | undefined> };
  };
  readonly pack: ReviewDeps['pack'];
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly now: Now;
  readonly linkTo: LinkTo;
  /** Figures that a text tells. */
  readonly readFigures: (text: string) => OfText;
}) {
  const { backend, pack, channels, now, linkTo, readFigures } = parts;
  const { releases, events, people } = backend;
  /** Where the event is gone, as strict as there is. */
  const gradeOfEvent = async (eventId: string): Promise<Grade> => {
    const event = await events.findById(eventId);
    return event ? gradeOf(event) : 'L1';
  };
  const gradeOfRelease = async (releaseId: string): Promise<Grade> =>
    await gradeOfEvent((await releases.findById(releaseId))?.eventId ?? '');
  const reviewing: ReviewDeps & { readonly now: Now } = {
    releases,
    people,
    pack,
    channels,
    linkFor: ({ id, ...claim }) => linkTo('v', { id: reviewLinkId(id), ...claim }),
    gradeOf: async ({ eventId }) => await gradeOfEvent(eventId),
    now,
  };
  const commands: Pick<Commands, 'signRelease' | 'submitRelease'> = {
    signRelease: async (act) =>
      await signRelease(reviewing, { ...act, grade: await gradeOfRelease(act.releaseId) }),
    submitRelease: async (act) =>
      await submitRelease(reviewing, { ...act, grade: await gradeOfRelease(act.releaseId) }),
  };
  return {
    commands,
    gradeOfRelease,
    reviewOf: async (release: Release, person: Person) => {
      const event = await events.findById(release.eventId);
      const figures = event && {
        ofText: readFigures(release.text),
        known: event.figures.filter(({ isCredible }) => isCredible),
      };
      const grade = event ? gradeOf(event) : 'L1';
      return reviewOf(release, person, grade, pack, { at: now(), figures });
    },
    stage: createReviewStage(reviewing),
    tick: async () => await tickReviews(reviewing),
  };
}
