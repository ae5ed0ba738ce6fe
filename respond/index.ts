export { answerHit } from './answer-hit.ts';
export type { TextHit, TextHitKind } from './check-text.ts';
export { PressConferenceSchema, type PressConference } from './conference.ts';
export { draftRelease, editRelease, type ReleaseDraft } from './edit-release.ts';
export * from './ports.ts';
export { publishRelease } from './publish-release.ts';
export {
  mayRecordConference,
  missingFrom,
  recordConference,
  type ConferenceDraft,
} from './record-conference.ts';
export * from './release.ts';
export { mayDraftRelease, reviewOf, type ReleaseReview } from './review-of.ts';
export { ReviewPackSchema, type ReviewPack } from './review-pack.ts';
export { signRelease } from './sign-release.ts';
export { createRegisterStage } from './stage.ts';
export * from './words.ts';
