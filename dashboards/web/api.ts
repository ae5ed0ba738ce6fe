import { z } from 'zod';
import {
  AlertView,
  AuditView,
  BACKGROUND_HEADER,
  ChannelNoticeView,
  ChannelView,
  ConferenceView,
  CountdownView,
  CSRF_HEADER,
  DeskView,
  DrillView,
  DutyActView,
  DutyView,
  EventRow,
  EventView,
  HandOverRow,
  ImportResult,
  IntakeResult,
  JudgingView,
  MeasuresView,
  MergePreviewView,
  MeView,
  OfferedFactorView,
  OrdersView,
  OrderView,
  NewPersonView,
  PersonView,
  PostView,
  PreviewView,
  Problem,
  QuarantinedTextView,
  QuarantinedView,
  RegisterEntryView,
  RelatedEventView,
  EventReportsView,
  EventRumorsView,
  EventTransfersView,
  ReportDraftView,
  ReportEditView,
  ReportWordView,
  ReportMattersView,
  ReportRow,
  ReleaseView,
  ReparsedView,
  RosterView,
  RumorView,
  SourcesSummaryView,
  SourceView,
  SupervisionView,
  TransfersView,
  TransferView,
  type AnswerRegroupingBody,
  type AnswerTimeBody,
  type AskForTimeBody,
  type CauseBody,
  type ChangePasswordBody,
  type CorrectProposalBody,
  type DecideGradeBody,
  type DecideLoweringBody,
  type FindingBody,
  type AnswerHitBody,
  type CorrectReleaseBody,
  type CorrectReportBody,
  type ReportDraftBody,
  type DraftReleaseBody,
  type DrillClockBody,
  type DutyActBody,
  type DutyBody,
  type JudgingBody,
  type LeaveBody,
  type IssueOrdersBody,
  type MakeReportBody,
  type MeasuresQuery,
  type OutsideNoticeBody,
  type ManualPostBody,
  type DraftClarificationBody,
  type OpenRumorBody,
  type OpenSupervisionBody,
  type RegisterTransferBody,
  type RumorStepBody,
  type TransfersQuery,
  type TransferStepBody,
  type OrderStepBody,
  type SupervisionStepBody,
  type OverrideBody,
  type MergeEventBody,
  type PauseSourceBody,
  type PersonBody,
  type PublishReleaseBody,
  type RegisterInstructionBody,
  type RegisterQuery,
  type RouteInstructionBody,
  type WithdrawReleaseBody,
  type ConferencePlanBody,
  type ConferenceStepBody,
  type RecordConferenceBody,
  type ReparseBody,
  type RosterBody,
  type SignInBody,
  type SignReleaseBody,
  type SwapBody,
  type SplitEventBody,
  type UndoRegroupingBody,
  type WaiveBody,
} from '../contract/index.ts';

/** A request that was refused or never answered, in words for the person who made it. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  /** Number to quote when asking for help. */
  readonly trace: string | undefined;

  constructor(problem: Partial<Problem>) {
    const fields = problem.fields?.map(({ reason }) => reason).join('；');
    super([problem.title, problem.detail, fields].filter(Boolean).join('：') || '没有得到回答');
    this.status = problem.status ?? 0;
    this.code = problem.code ?? 'NO_ANSWER';
    this.trace = problem.trace;
  }
}

/** Posts that one search answers with. */
export const MOST_POSTS = 100;
const ANSWER_WITHIN_MS = 30_000;
/** A preview reads up to three pages of somebody else's site, with manners. */
const PREVIEW_WITHIN_MS = 180_000;
/** Up to 200 kept pages are read again. */
const REPARSE_WITHIN_MS = 120_000;

let csrfToken = '';
let isInBackground = false;

/** Asks by the machine's own wish: such a request does not keep an idle session open. */
export function inBackground<T>(ask: () => Promise<T>): Promise<T> {
  isInBackground = true;
  try {
    // Headers are made before the first wait, so the mark reaches this request and no other.
    return ask();
  } finally {
    isInBackground = false;
  }
}

/** The one place that asks the server; every answer is parsed by the contract. */
async function ask<T extends z.ZodType>(
  schema: T,
  path: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET',
  body?: unknown,
  withinMs = ANSWER_WITHIN_MS,
): Promise<z.output<T>> {
  let response: Response;
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), withinMs);
  try {
    response = await fetch(`/api/v1/${path}`, {
      method,
      headers: {
        ...(body !== undefined && {
          'content-type': body instanceof Blob ? 'application/octet-stream' : 'application/json',
        }),
        ...(method !== 'GET' && { [CSRF_HEADER]: csrfToken }),
        ...(isInBackground && { [BACKGROUND_HEADER]: '1' }),
      },
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      signal: giveUp.signal,
    });
  } catch {
    const title = giveUp.signal.aborted ? `服务器 ${withinMs / 1000} 秒没有回答` : '连不上服务器';
    throw new ApiFailure({ title: `${title}，请检查网络后重试` });
  } finally {
    clearTimeout(timer);
  }
  const answer: unknown =
    response.status === 204 ? undefined : await response.json().catch(() => ({}));
  if (!response.ok) {
    const problem = Problem.safeParse(answer);
    throw new ApiFailure(
      problem.success ? problem.data : { title: `服务器回答 ${response.status}` },
    );
  }
  return schema.parse(answer);
}

async function asMe(answer: Promise<MeView>): Promise<MeView> {
  const found = await answer;
  csrfToken = found.csrfToken;
  return found;
}

const Nothing = z.undefined();
const id = encodeURIComponent;

/** A register, or its export, as far as it is asked for. */
export function queryPath(path: string, query: RegisterQuery | TransfersQuery): string {
  const asked = new URLSearchParams(Object.entries(query)).toString();
  return asked ? `${path}?${asked}` : path;
}

/** Measures, or their export, of a period. */
export const measuresPath = (path: string, query: MeasuresQuery): string =>
  `${path}?${new URLSearchParams(Object.entries(query)).toString()}`;

export const api = {
  me: async () => await asMe(ask(MeView, 'me')),
  signIn: async (body: SignInBody) => await asMe(ask(MeView, 'session', 'POST', body)),
  signOut: async () => await ask(Nothing, 'session', 'DELETE'),
  changePassword: async (body: ChangePasswordBody) =>
    await asMe(ask(MeView, 'password', 'POST', body)),
  offerFactor: async (password: string) =>
    await ask(OfferedFactorView, 'second-factor', 'POST', { password }),
  confirmFactor: async (code: string) =>
    await asMe(ask(MeView, 'second-factor/confirmation', 'POST', { code })),
  resetFactor: async (personId: string) =>
    await ask(PersonView, `people/${id(personId)}/second-factor-reset`, 'POST'),

  desk: async () => await ask(DeskView, 'desk'),
  event: async (eventId: string) => await ask(EventView, `events/${id(eventId)}`),
  decideGrade: async (eventId: string, body: DecideGradeBody) =>
    await ask(EventView, `events/${id(eventId)}/grade`, 'POST', body),
  recordFinding: async (eventId: string, body: FindingBody) =>
    await ask(EventView, `events/${id(eventId)}/findings`, 'POST', body),
  correctProposal: async (eventId: string, body: CorrectProposalBody) =>
    await ask(EventView, `events/${id(eventId)}/corrections`, 'POST', body),
  events: async () => await ask(z.array(EventRow), 'events'),
  related: async (eventId: string) =>
    await ask(z.array(RelatedEventView), `events/${id(eventId)}/related`),
  previewMerge: async (eventId: string, intoId: string) =>
    await ask(MergePreviewView, `events/${id(eventId)}/merge?into=${id(intoId)}`),
  mergeEvent: async (eventId: string, body: MergeEventBody) =>
    await ask(EventView, `events/${id(eventId)}/merge`, 'POST', body),
  splitEvent: async (eventId: string, body: SplitEventBody) =>
    await ask(EventView, `events/${id(eventId)}/split`, 'POST', body),
  undoRegrouping: async (eventId: string, regroupingId: string, body: UndoRegroupingBody) =>
    await ask(
      EventView,
      `events/${id(eventId)}/regroupings/${id(regroupingId)}/undo`,
      'POST',
      body,
    ),
  answerRegrouping: async (eventId: string, regroupingId: string, body: AnswerRegroupingBody) =>
    await ask(
      EventView,
      `events/${id(eventId)}/regroupings/${id(regroupingId)}/answer`,
      'POST',
      body,
    ),
  decideLowering: async (eventId: string, body: DecideLoweringBody) =>
    await ask(EventView, `events/${id(eventId)}/lowering`, 'POST', body),
  acknowledge: async (alertId: string) =>
    await ask(AlertView, `alerts/${id(alertId)}/acknowledgement`, 'POST'),
  /** 代确认: for a person who said so by phone. */
  acknowledgeFor: async (alertId: string, forPersonId: string) =>
    await ask(AlertView, `alerts/${id(alertId)}/acknowledgement`, 'POST', { forPersonId }),
  restUntilWorse: async (alertId: string) =>
    await ask(AlertView, `alerts/${id(alertId)}/rest`, 'POST'),
  countdowns: async () => await ask(z.array(CountdownView), 'countdowns'),
  askForTime: async (countdownId: string, body: AskForTimeBody) =>
    await ask(CountdownView, `countdowns/${id(countdownId)}/adjustments`, 'POST', body),
  answerTime: async (countdownId: string, adjustmentId: string, body: AnswerTimeBody) =>
    await ask(
      CountdownView,
      `countdowns/${id(countdownId)}/adjustments/${id(adjustmentId)}`,
      'POST',
      body,
    ),
  waive: async (countdownId: string, body: WaiveBody) =>
    await ask(CountdownView, `countdowns/${id(countdownId)}/waiver`, 'POST', body),
  recordCause: async (countdownId: string, body: CauseBody) =>
    await ask(CountdownView, `countdowns/${id(countdownId)}/causes`, 'POST', body),
  dutyActs: async (eventId: string) =>
    await ask(z.array(DutyActView), `events/${id(eventId)}/duty-acts`),
  recordDutyAct: async (eventId: string, body: DutyActBody) =>
    await ask(DutyActView, `events/${id(eventId)}/duty-acts`, 'POST', body),

  releases: async (eventId: string) =>
    await ask(z.array(ReleaseView), `events/${id(eventId)}/releases`),
  draftRelease: async (eventId: string, body: DraftReleaseBody) =>
    await ask(ReleaseView, `events/${id(eventId)}/releases`, 'POST', body),
  editRelease: async (releaseId: string, body: DraftReleaseBody) =>
    await ask(ReleaseView, `releases/${id(releaseId)}`, 'PUT', body),
  signRelease: async (releaseId: string, body: SignReleaseBody) =>
    await ask(ReleaseView, `releases/${id(releaseId)}/signatures`, 'POST', body),
  submitRelease: async (releaseId: string, contentDigest: string) =>
    await ask(ReleaseView, `releases/${id(releaseId)}/submission`, 'POST', { contentDigest }),
  answerHit: async (releaseId: string, body: AnswerHitBody) =>
    await ask(ReleaseView, `releases/${id(releaseId)}/hit-answers`, 'POST', body),
  publishRelease: async (releaseId: string, body: PublishReleaseBody) =>
    await ask(ReleaseView, `releases/${id(releaseId)}/publication`, 'POST', body),
  conferences: async (eventId: string) =>
    await ask(z.array(ConferenceView), `events/${id(eventId)}/conferences`),
  conference: async (conferenceId: string) =>
    await ask(ConferenceView, `conferences/${id(conferenceId)}`),
  planConference: async (eventId: string, body: ConferencePlanBody) =>
    await ask(ConferenceView, `events/${id(eventId)}/conference-plans`, 'POST', body),
  takeConferenceStep: async (conferenceId: string, body: ConferenceStepBody) =>
    await ask(ConferenceView, `conferences/${id(conferenceId)}/steps`, 'POST', body),
  recordConference: async (eventId: string, body: RecordConferenceBody) =>
    await ask(ConferenceView, `events/${id(eventId)}/conferences`, 'POST', body),
  orders: async () => await ask(OrdersView, 'orders'),
  ordersOf: async (eventId: string) => await ask(OrdersView, `events/${id(eventId)}/orders`),
  issueOrders: async (eventId: string, body: IssueOrdersBody) =>
    await ask(z.array(OrderView), `events/${id(eventId)}/orders`, 'POST', body),
  takeOrderStep: async (orderId: string, body: OrderStepBody) =>
    await ask(OrderView, `orders/${id(orderId)}/steps`, 'POST', body),
  rumors: async () => await ask(z.array(RumorView), 'rumors'),
  casesOf: async (eventId: string) =>
    await ask(z.array(RumorView), `rumors?eventId=${id(eventId)}`),
  rumorsOf: async (eventId: string) => await ask(EventRumorsView, `events/${id(eventId)}/rumors`),
  openRumor: async (eventId: string, body: OpenRumorBody) =>
    await ask(RumorView, `events/${id(eventId)}/rumors`, 'POST', body),
  takeRumorStep: async (rumorId: string, body: RumorStepBody) =>
    await ask(RumorView, `rumors/${id(rumorId)}/steps`, 'POST', body),
  draftClarification: async (rumorId: string, body: DraftClarificationBody) =>
    await ask(ReleaseView, `rumors/${id(rumorId)}/clarification`, 'POST', body),

  transfers: async (query: TransfersQuery) =>
    await ask(TransfersView, queryPath('transfers', query)),
  transfersOf: async (eventId: string) =>
    await ask(EventTransfersView, `events/${id(eventId)}/transfers`),
  registerTransfer: async (body: RegisterTransferBody) =>
    await ask(TransferView, 'transfers', 'POST', body),
  takeTransferStep: async (transferId: string, body: TransferStepBody) =>
    await ask(TransferView, `transfers/${id(transferId)}/steps`, 'POST', body),

  supervisions: async () => await ask(z.array(SupervisionView), 'supervisions'),
  supervisionsOf: async (eventId: string) =>
    await ask(z.array(SupervisionView), `events/${id(eventId)}/supervisions`),
  openSupervision: async (eventId: string, body: OpenSupervisionBody) =>
    await ask(SupervisionView, `events/${id(eventId)}/supervisions`, 'POST', body),
  takeSupervisionStep: async (supervisionId: string, body: SupervisionStepBody) =>
    await ask(SupervisionView, `supervisions/${id(supervisionId)}/steps`, 'POST', body),
  reports: async () => await ask(z.array(ReportRow), 'reports'),
  eventReports: async (eventId: string) =>
    await ask(EventReportsView, `events/${id(eventId)}/reports`),
  makeReport: async (body: MakeReportBody) => await ask(ReportRow, 'reports', 'POST', body),
  passReport: async (reportId: string, step: string, contentDigest: string) =>
    await ask(ReportRow, `reports/${id(reportId)}/${step}`, 'POST', { contentDigest }),
  reportEdit: async (reportId: string) => await ask(ReportEditView, `reports/${id(reportId)}/edit`),
  checkReportDraft: async (reportId: string, body: ReportDraftBody) =>
    await ask(ReportDraftView, `reports/${id(reportId)}/edit/check`, 'POST', body),
  saveReportDraft: async (reportId: string, body: ReportDraftBody) =>
    await ask(ReportEditView, `reports/${id(reportId)}/edit`, 'POST', body),
  readReportWord: async (reportId: string, file: Blob) =>
    await ask(
      ReportWordView,
      `reports/${id(reportId)}/edit/word`,
      'POST',
      // Whatever the browser takes it for, it goes as bytes.
      new Blob([file]),
    ),
  returnReport: async (reportId: string, reason: string) =>
    await ask(ReportRow, `reports/${id(reportId)}/return`, 'POST', { reason }),
  correctReport: async (reportId: string, body: CorrectReportBody) =>
    await ask(ReportRow, `reports/${id(reportId)}/correction`, 'POST', body),
  revokeReading: async (reportId: string, personId: string, reason: string) =>
    await ask(ReportRow, `reports/${id(reportId)}/readers/${id(personId)}/revoke`, 'POST', {
      reason,
    }),
  renewReading: async (reportId: string, personId: string) =>
    await ask(ReportRow, `reports/${id(reportId)}/readers/${id(personId)}/link`, 'POST'),
  reportMatters: async (reportId: string) =>
    await ask(ReportMattersView, `reports/${id(reportId)}/matters`),
  registerInstruction: async (reportId: string, body: RegisterInstructionBody) =>
    await ask(ReportRow, `reports/${id(reportId)}/instructions`, 'POST', body),
  routeInstruction: async (reportId: string, instructionId: string, body: RouteInstructionBody) =>
    await ask(
      ReportRow,
      `reports/${id(reportId)}/instructions/${id(instructionId)}/order`,
      'POST',
      body,
    ),
  measures: async (query: MeasuresQuery) =>
    await ask(MeasuresView, measuresPath('measures', query)),
  recordOutsideNotice: async (body: OutsideNoticeBody) =>
    await ask(Nothing, 'outside-notices', 'POST', body),
  judging: async (eventId: string) => await ask(JudgingView, `events/${id(eventId)}/judging`),
  judge: async (eventId: string, body: JudgingBody) =>
    await ask(JudgingView, `events/${id(eventId)}/judging`, 'POST', body),
  register: async (query: RegisterQuery = {}) =>
    await ask(z.array(RegisterEntryView), queryPath('register', query)),
  lookAtPage: async (entryId: string) => await ask(Nothing, `register/${id(entryId)}/look`, 'POST'),
  draftCorrection: async (releaseId: string, body: CorrectReleaseBody) =>
    await ask(ReleaseView, `releases/${id(releaseId)}/correction`, 'POST', body),
  withdrawRelease: async (releaseId: string, body: WithdrawReleaseBody) =>
    await ask(ReleaseView, `releases/${id(releaseId)}/withdrawal`, 'POST', body),

  sources: async () => await ask(z.array(SourceView), 'sources'),
  sourcesSummary: async () => await ask(SourcesSummaryView, 'sources/summary'),
  pauseSource: async (sourceId: string, body: PauseSourceBody) =>
    await ask(SourceView, `sources/${id(sourceId)}/pause`, 'POST', body),
  resumeSource: async (sourceId: string) =>
    await ask(SourceView, `sources/${id(sourceId)}/resume`, 'POST'),
  lookAtSource: async (sourceId: string) =>
    await ask(SourceView, `sources/${id(sourceId)}/look`, 'POST'),
  previewSource: async (sourceId: string) =>
    await ask(PreviewView, `sources/${id(sourceId)}/preview`, 'POST', undefined, PREVIEW_WITHIN_MS),
  importFile: async (sourceId: string, file: File, isDryRun: boolean) =>
    await ask(ImportResult, `sources/${id(sourceId)}/import?dryRun=${isDryRun}`, 'POST', file),
  enterPost: async (body: ManualPostBody) => await ask(IntakeResult, 'posts', 'POST', body),
  quarantine: async () => await ask(z.array(QuarantinedView), 'quarantine'),
  quarantinedText: async (rawItemId: string) =>
    await ask(QuarantinedTextView, `quarantine/${id(rawItemId)}/text`, 'POST'),
  reparse: async (sourceId: string, body: ReparseBody) =>
    await ask(
      z.array(ReparsedView),
      `sources/${id(sourceId)}/reparse`,
      'POST',
      body,
      REPARSE_WITHIN_MS,
    ),
  posts: async (words: string) =>
    await ask(z.array(PostView), `posts?words=${id(words)}&limit=${MOST_POSTS}`),
  audit: async () => await ask(AuditView, 'audit'),

  people: async () => await ask(z.array(PersonView), 'people'),
  addPerson: async (body: PersonBody) => await ask(NewPersonView, 'people', 'POST', body),
  changePerson: async (personId: string, body: PersonBody) =>
    await ask(PersonView, `people/${id(personId)}`, 'PUT', body),
  resetPassword: async (personId: string) =>
    await ask(NewPersonView, `people/${id(personId)}/password-reset`, 'POST'),
  channels: async () => await ask(z.array(ChannelView), 'channels'),
  testChannel: async (kind: string) =>
    await ask(ChannelNoticeView, `channels/${id(kind)}/test`, 'POST'),
  duty: async () => await ask(DutyView, 'duty'),
  setDuty: async (body: DutyBody) => await ask(DutyView, 'duty', 'PUT', body),

  roster: async (month?: string) =>
    await ask(RosterView, month ? `roster?month=${id(month)}` : 'roster'),
  setRoster: async (body: RosterBody) => await ask(Nothing, 'roster', 'PUT', body),
  addOverride: async (body: OverrideBody) => await ask(Nothing, 'roster/overrides', 'POST', body),
  addLeave: async (body: LeaveBody) => await ask(Nothing, 'roster/leaves', 'POST', body),
  withdrawChange: async (changeId: string) =>
    await ask(Nothing, `roster/withdrawals/${id(changeId)}`, 'POST'),
  askSwap: async (body: SwapBody) => await ask(Nothing, 'roster/swaps', 'POST', body),
  answerSwap: async (swapId: string, isAccepted: boolean) =>
    await ask(Nothing, `roster/swaps/${id(swapId)}/answer`, 'POST', { isAccepted }),
  handOvers: async () => await ask(z.array(HandOverRow), 'hand-overs'),
  fileZeroReport: async (day: string, body: { text: string }) =>
    await ask(Nothing, `zero-reports/${id(day)}`, 'POST', body),

  drill: async () => await ask(DrillView, 'drill'),
  setDrillClock: async (body: DrillClockBody) => await ask(DrillView, 'drill/clock', 'PUT', body),
  play: async (personId: string) => await asMe(ask(MeView, 'drill/play', 'POST', { personId })),
};
