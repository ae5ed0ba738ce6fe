/**
 * What crosses to the browser. Under /api/v1, lists are plain arrays:
 *
 *   GET    me → MeView                         POST   session (SignInBody) → MeView
 *   DELETE session → 204                       POST   password (ChangePasswordBody) → MeView
 *   GET    desk → DeskView                     GET    stream → SSE of StreamMessage
 *   GET    events → EventRow[] (newest)        GET    events/:eventId → EventView
 *   POST   events/:eventId/grade (DecideGradeBody) → EventView
 *   POST   events/:eventId/lowering (DecideLoweringBody) → EventView
 *   POST   events/:eventId/findings (FindingBody) → EventView
 *   POST   events/:eventId/corrections (CorrectProposalBody) → EventView
 *   GET    events/:eventId/merge?into= → MergePreviewView
 *   POST   events/:eventId/merge (MergeEventBody) → EventView (of the other)
 *   POST   events/:eventId/split (SplitEventBody) → EventView
 *   POST   events/:eventId/regroupings/:regroupingId/undo (UndoRegroupingBody) → EventView
 *   POST   events/:eventId/regroupings/:regroupingId/answer (AnswerRegroupingBody) → EventView
 *   GET    events/:eventId/related → RelatedEventView[]
 *   GET    events/:eventId/releases → ReleaseView[]
 *   POST   second-factor (OfferFactorBody) → OfferedFactorView
 *   POST   second-factor/confirmation (ConfirmFactorBody) → MeView
 *   POST   people/:personId/second-factor-reset → PersonView
 *   POST   releases/:releaseId/submission (SubmitReleaseBody) → ReleaseView
 *   POST   events/:eventId/releases (DraftReleaseBody) → 201 ReleaseView
 *   GET    releases/:releaseId → ReleaseView   PUT    releases/:releaseId (DraftReleaseBody) → ReleaseView
 *   POST   releases/:releaseId/signatures (SignReleaseBody) → ReleaseView
 *   POST   releases/:releaseId/publication (PublishReleaseBody) → ReleaseView
 *   POST   releases/:releaseId/correction (CorrectReleaseBody) → 201 ReleaseView
 *   POST   releases/:releaseId/withdrawal (WithdrawReleaseBody) → ReleaseView
 *   GET    events/:eventId/judging → JudgingView
 *   POST   events/:eventId/judging (JudgingBody) → JudgingView
 *   GET    events/:eventId/duty-acts → DutyActView[]
 *   POST   events/:eventId/duty-acts (DutyActBody) → 201 DutyActView
 *   GET    countdowns → CountdownView[] (open ones, then those that ended late, newest first)
 *   POST   countdowns/:countdownId/adjustments (AskForTimeBody) → CountdownView
 *   POST   countdowns/:countdownId/adjustments/:adjustmentId (AnswerTimeBody) → CountdownView
 *   POST   countdowns/:countdownId/waiver (WaiveBody) → CountdownView
 *   POST   countdowns/:countdownId/causes (CauseBody) → CountdownView
 *   POST   alerts/:alertId/rest → AlertView
 *   GET    register (RegisterQuery) → RegisterEntryView[]   register.csv (RegisterQuery) → CSV   register/pages/:digest → the page as it came
 *   POST   register/:entryId/look → 204
 *   GET    alerts/:alertId → AlertView         POST   alerts/:alertId/acknowledgement (AcknowledgeBody) → AlertView
 *   GET    sources → SourceView[]              GET    quarantine → QuarantinedView[]
 *   GET    sources/summary → SourcesSummaryView
 *   POST   sources/:sourceId/pause (PauseSourceBody) → SourceView
 *   POST   sources/:sourceId/resume → SourceView
 *   POST   sources/:sourceId/look → 202 SourceView
 *   POST   sources/:sourceId/preview → PreviewView
 *   POST   sources/:sourceId/reparse (ReparseBody) → ReparsedView[]
 *   POST   quarantine/:rawItemId/text → QuarantinedTextView
 *   POST   sources/:sourceId/import?dryRun= (bytes) → ImportResult
 *   POST   push/:sourceId (PushBody, signed) → 202 IntakeResult
 *   GET    posts?words=&limit= → PostView[]    POST   posts (ManualPostBody) → IntakeResult
 *   GET    audit → AuditView
 *   GET    channels → ChannelView[]            POST   channels/:kind/test → 202 ChannelNoticeView
 *   POST   sms-replies/:gateway, sms-receipts/:gateway (signed or with the secret) → SmsReplyView, SmsReceiptView
 *   GET    reports → ReportRow[]                 POST   reports (MakeReportBody) → 201 ReportRow
 *   POST   reports/:reportId/:step (PassReportBody) → ReportRow   GET reports/:reportId/file/:format → bytes
 *   GET    reports/:reportId/edit → ReportEditView     POST reports/:reportId/edit (ReportDraftBody) → ReportEditView
 *   POST   reports/:reportId/edit/check (ReportDraftBody) → ReportDraftView   POST …/edit/word (bytes) → ReportWordView
 *   POST   reports/:reportId/return (ReturnReportBody) → ReportRow
 *   POST   reports/:reportId/correction (CorrectReportBody) → 201 ReportRow
 *   POST   reports/:reportId/readers/:personId/revoke (RevokeLinkBody) → ReportRow   POST …/:personId/link → ReportRow
 *   GET    reports/:reportId/matters → ReportMattersView   POST reports/:reportId/instructions (RegisterInstructionBody)
 *   POST   reports/:reportId/instructions/:instructionId/order (RouteInstructionBody)   GET …/picture → bytes
 *   GET    measures (MeasuresQuery) → MeasuresView   measures.csv (MeasuresQuery) → CSV
 *   POST   outside-notices (OutsideNoticeBody) → 204
 *   GET    rumors?eventId= → RumorView[]                  GET    events/:eventId/rumors → EventRumorsView
 *   POST   events/:eventId/rumors (OpenRumorBody) → 201 RumorView   POST rumors/:rumorId/steps (RumorStepBody) → RumorView
 *   POST   rumors/:rumorId/clarification (DraftClarificationBody) → 201 ReleaseView
 *   GET    transfers (TransfersQuery) → TransfersView   transfers.csv (TransfersQuery) → CSV
 *   GET    events/:eventId/transfers → EventTransfersView   POST transfers (RegisterTransferBody) → 201 TransferView
 *   POST   transfers/:transferId/steps (TransferStepBody) → TransferView
 *   GET    people → PersonView[]               POST   people (PersonBody) → 201 NewPersonView
 *   PUT    people/:personId (PersonBody) → PersonView
 *   POST   people/:personId/password-reset → NewPersonView
 *   GET    duty → DutyView                     PUT    duty (DutyBody) → DutyView
 *   GET    roster?month= → RosterView             PUT    roster (RosterBody) → 204
 *   POST   roster/overrides (OverrideBody) → 204  POST   roster/leaves (LeaveBody) → 204
 *   POST   roster/withdrawals/:changeId → 204     POST   roster/swaps (SwapBody) → 204
 *   POST   roster/swaps/:swapId/answer (SwapAnswerBody) → 204
 *   GET    hand-overs → HandOverRow[]             POST   zero-reports/:day (ZeroReportBody) → 204
 *   GET    drill → DrillView (404 when this is no drill; open without signing in)
 *   PUT    drill/clock (DrillClockBody) → DrillView
 *   POST   drill/play (PlayBody) → MeView (open without signing in)
 *
 * Failures are Problem as application/problem+json; every change but the sign-in, the push and a gateway's word carries CSRF_HEADER.
 */
export * from './alerts.ts';
export * from './audit.ts';
export * from './channels.ts';
export * from './common.ts';
export * from './conferences.ts';
export * from './orders.ts';
export * from './supervision.ts';
export * from './countdowns.ts';
export * from './desk.ts';
export * from './events.ts';
export * from './health.ts';
export * from './intake.ts';
export * from './judging.ts';
export * from './measures.ts';
export * from './people.ts';
export * from './regroupings.ts';
export * from './related.ts';
export * from './releases.ts';
export * from './report-editing.ts';
export * from './reports.ts';
export * from './roster.ts';
export * from './rumors.ts';
export * from './sources.ts';
export * from './transfers.ts';
