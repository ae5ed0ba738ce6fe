export {
  AssessmentDraftSchema,
  type Assessment,
  type AssessmentStore,
  type AssessmentDraft,
} from './assessments/assessment.ts';
export { findQuestions } from './assessments/find-questions.ts';
export {
  confirmAssessment,
  missingFromAssessment,
  writeAssessment,
} from './assessments/write-assessment.ts';
export {
  ConsultationCallSchema,
  ConsultationResultSchema,
  type Consultation,
  type ConsultationCall,
  type ConsultationResult,
  type ConsultationStore,
} from './consultations/consultation.ts';
export {
  callConsultation,
  endConsultation,
  owedConsultation,
} from './consultations/hold-consultation.ts';
export { compareMessage, type MessageComparison } from './key-messages/compare-message.ts';
export {
  KeyMessageDraftSchema,
  type KeyMessage,
  type KeyMessageDraft,
  type KeyMessageStore,
} from './key-messages/key-message.ts';
export { approveKeyMessage, writeKeyMessage } from './key-messages/write-key-message.ts';
export {
  EvaluationDraftSchema,
  type DispositionCategory,
  type Evaluation,
  type EvaluationDraft,
  type EvaluationStore,
} from './evaluations/evaluation.ts';
export { endTracking, evaluate, recordClosing, recordReopening } from './evaluations/evaluate.ts';
export { endingStepsOpenTo } from './evaluations/ending-steps.ts';
export {
  closingConditions,
  type ClosingCondition,
  type EventRecords,
} from './evaluations/closing-conditions.ts';
export { aroundRelease, type AroundRelease } from './evaluations/around-release.ts';
export { openQuestions } from './evaluations/open-questions.ts';
export { secondPeak, type SecondPeak } from './evaluations/second-peak.ts';
export { trackingConditions } from './evaluations/tracking-conditions.ts';
export { likenessOf, pairsOf } from './character-pairs.ts';
export { eventPath, type PathStep } from './event-path.ts';
export { demandRole, JudgingPackSchema, type JudgingPack } from './judging-pack.ts';
export { answerHit } from './releases/answer-hit.ts';
export type { TextHit, TextHitKind } from './releases/check-text.ts';
export {
  PressConferenceSchema,
  type ConferencePlan,
  type PressConference,
} from './conferences/conference.ts';
export {
  conferenceStepsOpenTo,
  mayPlanConference,
  planConference,
  takeConferenceStep,
  type ConferenceStep,
  type ConferenceStepTaken,
  type PlanDraft,
} from './conferences/plan-conference.ts';
export { draftRelease, editRelease, type ReleaseDraft } from './releases/edit-release.ts';
export {
  issueOrders,
  mayIssueOrders,
  newOrders,
  officeOf,
  owesJointOrders,
  type IssueRequest,
  type OrderDeps,
  type OrderDraft,
} from './orders/issue-orders.ts';
export * from './orders/order.ts';
export type { OrderOffice } from './orders/order-notices.ts';
export { createOrderStage } from './orders/order-stage.ts';
export { OrderPackSchema, type OrderPack } from './orders/order-pack.ts';
export { awaitsSignature, stepsOpenTo, type OrderStep } from './orders/order-steps.ts';
export { tickOrders } from './orders/order-tick.ts';
export { factTrackOf, isLeadUnitDisputed } from './orders/tracks.ts';
export { takeOrderStep, type OrderStepTaken } from './orders/take-order-step.ts';
export * from './outside-notices/outside-notice.ts';
export {
  recordOutsideNotice,
  type OutsideNoticeDraft,
} from './outside-notices/record-outside-notice.ts';
export * from './ports.ts';
export { mayOpenRumor, openRumor } from './rumors/open-rumor.ts';
export {
  proposeClaims,
  toClaimPost,
  wordForWord,
  type ProposedClaim,
} from './rumors/propose-claims.ts';
export * from './rumors/rumor-case.ts';
export { RumorPackSchema, type RumorPack } from './rumors/rumor-pack.ts';
export { createClarificationStage } from './rumors/rumor-stage.ts';
export {
  isRumorOpen,
  rumorStepsOpenTo,
  type RumorStep,
  type RumorStepTaken,
} from './rumors/rumor-steps.ts';
export { draftClarification, takeRumorStep } from './rumors/take-rumor-step.ts';
export { missingFromChecklist } from './releases/missing-for-publication.ts';
export { publishRelease } from './releases/publish-release.ts';
export {
  mayRecordConference,
  missingFrom,
  recordConference,
  type ConferenceDraft,
} from './conferences/record-conference.ts';
export { registerCsv } from './releases/register-csv.ts';
export * from './releases/release.ts';
export { laidOver } from './releases/text-difference.ts';
export { mayDraftRelease, reviewOf, type ReleaseReview } from './releases/review-of.ts';
export { changeSinceReview, type ChangeSinceReview } from './releases/reviewed-version.ts';
export { ReviewPackSchema, type ReviewPack } from './review-pack.ts';
export { describeMissingFactors } from './releases/missing-factors.ts';
export { parseReviewLinkId, reviewLinkId } from './releases/review-link.ts';
export {
  createReviewStage,
  signRelease,
  submitRelease,
  tickReviews,
  type ReviewDeps,
} from './releases/review-desk.ts';
export { SECOND_FACTOR_NEEDED } from './releases/sign-release.ts';
export { draftCorrection, withdrawRelease } from './releases/correct-release.ts';
export { createCorrectionStage, createRegisterStage } from './releases/stage.ts';
export { agrees } from './snapshots/compare-page.ts';
export { lookAgain, mayLookAgain } from './snapshots/look-again.ts';
export * from './snapshots/page-snapshot.ts';
export { SnapshotPackSchema, type SnapshotPack } from './snapshots/snapshot-pack.ts';
export { createSnapshotStage } from './snapshots/snapshot-stage.ts';
export {
  createSnapshotTaker,
  type SnapshotDeps,
  type SnapshotTaker,
} from './snapshots/take-snapshots.ts';
export {
  createBreachSupervision,
  createEventSupervision,
  openSupervision,
  supervisionOffice,
  tickSupervision,
  type SupervisionDeps,
} from './supervision/supervision-stage.ts';
export { maySupervise } from './supervision/open-supervision.ts';
export * from './supervision/supervision-order.ts';
export { SupervisionPackSchema, type SupervisionPack } from './supervision/supervision-pack.ts';
export {
  supervisionStepsOpenTo,
  takeSupervisionStep,
  type SupervisionStep,
  type SupervisionStepTaken,
} from './supervision/supervision-steps.ts';
export { reachedBy, tellPeople, type Reach } from './tell-people.ts';
export {
  mayRegisterTransfer,
  registerTransfer,
  transferIdOf,
  type TransferDraft,
} from './transfers/register-transfer.ts';
export { transferActId } from './transfers/transfer-acts.ts';
export { TransferPackSchema, type TransferPack } from './transfers/transfer-pack.ts';
export * from './transfers/transfer-record.ts';
export { transfersCsv } from './transfers/transfers-csv.ts';
export {
  takeTransferStep,
  transferStepsOpenTo,
  type TransferStep,
  type TransferStepTaken,
} from './transfers/transfer-steps.ts';
export { withEffects, withNote } from './with-note.ts';
export * from './words.ts';
