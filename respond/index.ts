export {
  AssessmentDraftSchema,
  type Assessment,
  type AssessmentDraft,
} from './assessments/assessment.ts';
export { findQuestions } from './assessments/find-questions.ts';
export {
  confirmAssessment,
  missingFromAssessment,
  writeAssessment,
} from './assessments/write-assessment.ts';
export { JudgingPackSchema, type JudgingPack } from './judging-pack.ts';
export { answerHit } from './releases/answer-hit.ts';
export type { TextHit, TextHitKind } from './releases/check-text.ts';
export { PressConferenceSchema, type PressConference } from './conferences/conference.ts';
export { draftRelease, editRelease, type ReleaseDraft } from './releases/edit-release.ts';
export * from './ports.ts';
export { publishRelease } from './releases/publish-release.ts';
export {
  mayRecordConference,
  missingFrom,
  recordConference,
  type ConferenceDraft,
} from './conferences/record-conference.ts';
export * from './releases/release.ts';
export { mayDraftRelease, reviewOf, type ReleaseReview } from './releases/review-of.ts';
export { ReviewPackSchema, type ReviewPack } from './review-pack.ts';
export { signRelease } from './releases/sign-release.ts';
export { createRegisterStage } from './releases/stage.ts';
export * from './words.ts';
