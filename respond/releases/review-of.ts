import { hasRole, type Grade, type Person } from '#core';
import { mayAnswerHits } from './answer-hit.ts';
import { mayCorrect, mayWithdraw } from './correct-release.ts';
import { checkText, type TextHit } from './check-text.ts';
import { compareFigures, type KnownFigures, type PeopleFigures } from './compare-figures.ts';
import { whyNotDraft, whyNotEdit } from './edit-release.ts';
import { answerTo } from './hit-answers.ts';
import { missingForPublication } from './missing-for-publication.ts';
import { whyNotPublisher } from './publish-release.ts';
import type { HitAnswer, Release, ReviewSignature, ReviewStep, ReviewWait } from './release.ts';
import { openSteps, requiredSteps, signatureOf } from './required-steps.ts';
import { signersOf, type ReviewPack } from '../review-pack.ts';
import { needsSecondFactor, whyNotReview } from './sign-release.ts';
import { whyNotSubmit } from './submit-release.ts';

/** Where the review of a release stands, in the eyes of the person who asks. */
export interface ReleaseReview {
  readonly steps: readonly {
    readonly step: ReviewStep;
    /** Under the present text; absent while there is none. */
    readonly signature?: ReviewSignature;
    readonly maySign: boolean;
    /** Whether this person would sign in the place of those who should. */
    readonly isStandIn: boolean;
    /** Whether agreeing asks for 动态口令. */
    readonly needsSecondFactor: boolean;
    /** Since when and until when it is waited for; absent where it is not. */
    readonly wait?: ReviewWait;
  }[];
  /** What the text check found, the decisions on it beside. */
  readonly hits: readonly (TextHit & { readonly answer?: HitAnswer })[];
  readonly mayAnswerHits: boolean;
  /** What stands in the way of publishing, in words. */
  readonly missing: readonly string[];
  readonly mayEdit: boolean;
  readonly maySubmit: boolean;
  readonly mayPublish: boolean;
  readonly mayCorrect: boolean;
  readonly mayWithdraw: boolean;
}

/** What a review is seen against. */
export interface ReviewSurroundings {
  readonly at: Date;
  /** Figures that the text tells, and those that credible records told of the event, oldest first. */
  readonly figures?:
    | { readonly ofText: PeopleFigures; readonly known: readonly KnownFigures[] }
    | undefined;
}

/** Reads the same rules as the acts themselves, so that no button promises what an act refuses. */
export function reviewOf(
  release: Release,
  person: Person,
  grade: Grade,
  pack: ReviewPack,
  { at, figures }: ReviewSurroundings,
): ReleaseReview {
  const open = openSteps(release, grade, pack);
  const missing = missingForPublication(release, grade, pack, at);
  const hits = [
    ...checkText(release, pack.textCheck),
    ...(figures ? compareFigures(figures.ofText, figures.known) : []),
  ];
  const isWithdrawn = release.state === 'withdrawn' || release.state === 'corrected';
  return {
    steps: requiredSteps(pack, grade).map((step) => {
      const signature = signatureOf(release, step);
      const wait = release.waits?.find((one) => one.step === step);
      return {
        step,
        ...(signature && { signature }),
        ...(wait && { wait }),
        isStandIn: !hasRole(person, ...signersOf(pack, step, grade)),
        needsSecondFactor: needsSecondFactor(release, step, grade, pack),
        maySign: open.includes(step) && !whyNotReview(release, step, person, grade, pack),
      };
    }),
    hits: hits.map((hit) => {
      const answer = answerTo(release, hit);
      return { ...hit, ...(answer && { answer }) };
    }),
    mayAnswerHits: mayAnswerHits(release, person, grade, pack),
    missing,
    mayEdit: !whyNotEdit(release, person, pack),
    maySubmit: !whyNotSubmit(release, person, pack),
    mayCorrect: mayCorrect(release, person, pack),
    mayWithdraw: mayWithdraw(release, person, pack),
    mayPublish: missing.length === 0 && !isWithdrawn && !whyNotPublisher(release, person, pack),
  };
}

/** Whether this person may begin a text. */
export const mayDraftRelease = (person: Person, pack: ReviewPack): boolean =>
  !whyNotDraft(person, pack);
