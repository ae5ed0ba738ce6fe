import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type {
  Actor,
  AuditTrail,
  Grade,
  NationalCalendar,
  Now,
  Person,
  PersonStore,
  Role,
  SetAsideStore,
} from '#core';
import type { ParsedTable, Preview, QuarantinedText, Reparsed, Run, SourceAct } from '#ingest';
import type {
  FindingAct,
  FindingKind,
  Heat,
  Lead,
  CorrectAct,
  FieldProposal,
  LeadStore,
  OpinionEvent,
  OpinionEventStore,
  PostStore,
  Regrouping,
  RelatedEvent,
  VolumePoint,
} from '#analyze';
import type {
  AdjustmentAnswer,
  AdjustmentRequest,
  CauseRecord,
  Alert,
  AlertStore,
  ChannelKind,
  Countdown,
  CountdownStore,
  DutyDayStore,
  DutyPack,
  DutyReader,
  DutyRecord,
  DutyRecordAct,
  DutyRecordStore,
  HandOverStore,
  Notice,
  Outbox,
  RosterStore,
  SmsReplyResult,
} from '#alert';
import type {
  ConferenceDraft,
  ConferenceStep,
  ConferenceStepTaken,
  ConferenceStore,
  PlanDraft,
  HandlingOrder,
  OrderDraft,
  OrderStep,
  OrderStepTaken,
  OrderStore,
  SupervisionOrder,
  SupervisionStep,
  SupervisionStepTaken,
  SupervisionStore,
  PressConference,
  Release,
  ReleaseChannel,
  PageBytesStore,
  PageSnapshot,
  ReleaseRegister,
  SnapshotStore,
  ReleaseReview,
  ReleaseStore,
  ReviewSignature,
  ReviewStep,
} from '#respond';
import type { DraftReleaseBody, DrillClockBody, DrillView, DutyActKindView } from '#contract';
import type { ChangeFeed } from './change-feed.ts';
import type { MeasureRoom } from './measure-room.ts';
import type { ReportRoom } from './report-room.ts';
import type { RumorRoom } from './rumor-room.ts';
import type { TransferRoom } from './transfer-room.ts';
import type { JudgingDesk } from './judging.ts';
import type {
  ChannelsView,
  DutyStore,
  SessionStore,
  SignInTryStore,
  SourcesView,
} from './ports.ts';

/** One part of the product and whether it can do its work. */
export interface ReadinessPart {
  readonly name: string;
  readonly isOk: boolean;
  readonly detail: string;
}

/** Acts of people; each belongs to the stage that owns the thing, which checks who may. */
export interface Commands {
  decideGrade(act: {
    eventId: string;
    grade: Grade;
    actor: Person;
    reason: string;
    citedFact?: string;
    at: Date;
  }): Promise<OpinionEvent>;
  decideLowering(act: {
    eventId: string;
    isApproved: boolean;
    reason: string;
    actor: Person;
    at: Date;
  }): Promise<OpinionEvent>;
  recordFinding(act: FindingAct): Promise<OpinionEvent>;
  /** What a person puts in the place of a proposal; it holds for the event. */
  correctProposal(act: CorrectAct): Promise<void>;
  /** The leads of the event go to the other. */
  mergeEvent(act: RegroupingAct & { eventId: string; intoId: string }): Promise<void>;
  /** The leads chosen become an event of that title. */
  splitEvent(
    act: RegroupingAct & { eventId: string; leadIds: readonly string[]; title: string },
  ): Promise<void>;
  undoRegrouping(act: RegroupingAct & { regroupingId: string }): Promise<void>;
  answerRegrouping(
    act: RegroupingAct & { regroupingId: string; isAccepted: boolean },
  ): Promise<void>;
  /** An alert that another person acknowledged before stays as it is and is returned. */
  acknowledgeAlert(act: {
    alertId: string;
    actor: Actor;
    at: Date;
    via: 'desk' | 'link' | 'sms';
    /** 代确认: who records it for the actor. */
    through?: Actor;
  }): Promise<Alert>;
  /** 只在变坏时再叫我 */
  restAlert(act: { alertId: string; actor: Actor; at: Date }): Promise<Alert>;
  recordDutyAct(
    act: Omit<DutyRecordAct, 'event'> & { readonly eventId: string },
  ): Promise<DutyRecord>;
  askForTime(act: AdjustmentRequest & { readonly countdownId: string }): Promise<Countdown>;
  answerTime(act: AdjustmentAnswer & { readonly countdownId: string }): Promise<Countdown>;
  waiveCountdown(act: {
    countdownId: string;
    actor: Person;
    reason: string;
    at: Date;
  }): Promise<Countdown>;
  /** 超时原因 */
  recordCause(act: CauseRecord & { readonly countdownId: string }): Promise<Countdown>;
  draftRelease(act: {
    eventId: string;
    draft: ReleaseDraft;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  editRelease(act: {
    releaseId: string;
    draft: ReleaseDraft;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  signRelease(act: {
    releaseId: string;
    step: ReviewStep;
    verdict: ReviewSignature['verdict'];
    comment: string;
    contentDigest: string;
    /** Whether the actor has just proved the second factor. */
    isConfirmed?: boolean | undefined;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  /** 送审 */
  submitRelease(act: {
    releaseId: string;
    contentDigest: string;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  answerHit(act: {
    releaseId: string;
    hitKey: string;
    reason: string;
    contentDigest: string;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  publishRelease(act: {
    releaseId: string;
    channel: ReleaseChannel;
    link: string;
    contentDigest: string;
    publishedAt?: Date | undefined;
    lateReason?: string | undefined;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  /** A new text that is to put a published one right. @throws {Refused | NotFound} */
  draftCorrection(act: {
    releaseId: string;
    reason: string;
    draft: ReleaseDraft;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  /** @throws {Refused | NotFound} */
  withdrawRelease(act: {
    releaseId: string;
    reason: string;
    decidedBy: string;
    actor: Person;
    at: Date;
  }): Promise<Release>;
  /** The page of a register entry is looked at at once; does not wait for it. @throws {Refused | NotFound} */
  lookAtPage(act: { entryId: string; actor: Person; at: Date }): Promise<PageSnapshot>;
  recordConference(act: {
    eventId: string;
    conference: ConferenceDraft;
    actor: Person;
    at: Date;
  }): Promise<PressConference>;
  /** @throws {Refused | NotFound} */
  planConference(act: {
    eventId: string;
    plan: PlanDraft;
    actor: Person;
    at: Date;
  }): Promise<PressConference>;
  /** @throws {Refused | NotFound} */
  takeConferenceStep(act: {
    conferenceId: string;
    taken: ConferenceStepTaken;
    actor: Person;
    at: Date;
  }): Promise<PressConference>;
  /** @throws {Refused | NotFound} @returns the orders of this command */
  issueOrders(act: {
    eventId: string;
    orders: readonly OrderDraft[];
    publishingUnit: string | undefined;
    actor: Person;
    at: Date;
  }): Promise<readonly HandlingOrder[]>;
  /** @throws {Refused | NotFound} */
  takeOrderStep(act: {
    orderId: string;
    taken: OrderStepTaken;
    actor: Person;
    at: Date;
  }): Promise<HandlingOrder>;
  /** @throws {Refused | NotFound} */
  openSupervision(act: {
    eventId: string;
    unit: string;
    reason: string;
    orderId?: string | undefined;
    actor: Person;
    at: Date;
  }): Promise<SupervisionOrder>;
  /** @throws {Refused | NotFound} */
  takeSupervisionStep(act: {
    supervisionId: string;
    taken: SupervisionStepTaken;
    actor: Person;
    at: Date;
  }): Promise<SupervisionOrder>;
  /** A source that is stopped already keeps who stopped it, and why. */
  pauseSource(act: SourceAct & { reason: string }): Promise<void>;
  /** It is read at once. */
  resumeSource(act: SourceAct): Promise<void>;
  /** Reads a source without waiting until it is due; does not wait for it. */
  lookAtSource(act: SourceAct): Promise<void>;
  /** What a look would take now; nothing of it is stored. */
  previewSource(act: SourceAct): Promise<Preview>;
  /** The kept bytes as text, on record. @throws {Refused} for what bears a mark of secrecy */
  readQuarantined(act: { rawItemId: string; actor: Person; at: Date }): Promise<QuarantinedText>;
  /** All quarantined items of a source, or one; a trial stores nothing. */
  reparseQuarantined(
    act: SourceAct & { rawItemId?: string | undefined; isTrial: boolean },
  ): Promise<readonly Reparsed[]>;
  /** @throws {Refused} when the signature or the time beside it is wrong */
  receivePush(push: {
    sourceId: string;
    timestamp: string;
    signature: string;
    body: Uint8Array;
  }): Promise<Run>;
  /** A dry run stores nothing and has no run. */
  importTable(act: {
    sourceId: string;
    bytes: Uint8Array;
    isDryRun: boolean;
    actor: Person;
    at: Date;
  }): Promise<{ readonly table: ParsedTable; readonly run: Run | undefined }>;
  /**
   * Sends a test to the person who asks, the way every notice goes. @returns the notice in the outbox
   *
   * @throws {NotFound} when the channel is not set up @throws {Refused} when it does not reach this person
   */
  testChannel(act: { kind: string; actor: Person; at: Date }): Promise<Notice>;
  /** @throws {Refused} when secret or signature is wrong */
  receiveSmsReply(call: GatewayCall): Promise<SmsReplyResult>;
  /** @returns whether the message was one of ours @throws {Refused} when secret or signature is wrong */
  receiveSmsReceipt(call: GatewayCall): Promise<boolean>;
  enterPost(act: {
    title: string;
    text: string;
    url: string;
    published?: string;
    actor: Person;
    at: Date;
  }): Promise<Run>;
}

/** What a gateway sends us: signed as a push is, or with the secret itself. */
export interface GatewayCall {
  readonly gateway: string;
  readonly secret: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

/** A merge, a split or what becomes of one, by a person. */
interface RegroupingAct {
  readonly reason: string;
  readonly actor: Person;
  readonly at: Date;
}

/** A draft as a person wrote it; `nextUpdateAt` is a moment, not text. */
export type ReleaseDraft = Omit<DraftReleaseBody, 'checklist'> & {
  readonly checklist: Omit<DraftReleaseBody['checklist'], 'nextUpdateAt'> & {
    readonly nextUpdateAt?: Date;
  };
};

/** Where the ladder goes next. */
export interface NextCall {
  readonly at: Date;
  readonly roles: readonly Role[];
  /** Who would be called now; empty when nobody holds those roles. */
  readonly names: readonly string[];
}

/** What the link in a message stands for. */
export type TokenReading =
  | { readonly alertId: string; readonly personId: string }
  | { readonly problem: 'expired' | 'invalid' };

/** Questions to the rules of other folders; they change nothing. */
/** What a missed due time asks of a person. */
export interface CauseAsked {
  /** Whether the closing of the event waits for it. */
  readonly isOwed: boolean;
  /** Reasons this person may choose from. */
  readonly reasons: readonly { readonly code: string; readonly name: string }[];
}

export interface Rules {
  /** confirmGrade, approveLowering, … */
  mayDecide(event: OpinionEvent, person: Person): readonly string[];
  /** How loud an event is, and how it came to be so. */
  stirOf(leads: readonly Lead[]): { readonly heat: Heat; readonly volume: readonly VolumePoint[] };
  /** Kinds of finding this person may put on record. */
  mayFind(person: Person): readonly FindingKind[];
  /** What is proposed of an event beside its grade, corrections by people in force. */
  proposalsOf(event: OpinionEvent): Promise<readonly FieldProposal[]>;
  mayCorrect(person: Person): boolean;
  mayRegroup(person: Person): boolean;
  /** Merges and splits with the event on either side, oldest first. */
  regroupingsOf(eventId: string): Promise<readonly Regrouping[]>;
  /** The other event as the merge would leave it. */
  previewMerge(eventId: string, intoId: string): Promise<OpinionEvent>;
  /** Earlier events most like this one, closed ones too. */
  relatedTo(event: OpinionEvent): Promise<readonly RelatedEvent<OpinionEvent>[]>;
  /** Sentences in which something is promised. */
  promisesIn(text: string): readonly string[];
  /** Why an event grows as if it drew in what does not belong to it; undefined when it does not. */
  growthAlarmOf(leads: readonly Lead[]): string | undefined;
  /** Acts this person may put on record. */
  mayRecordActs(person: Person): DutyActKindView[];
  /** askForTime, answerTime, waive */
  mayAdjust(countdown: Countdown, person: Person): readonly string[];
  /** What a missed due time asks of this person: a reason to choose, and whether the closing waits for it. */
  causeOf(countdown: Countdown, person: Person): CauseAsked;
  reviewOf(release: Release, person: Person): Promise<ReleaseReview>;
  mayLookAtPage(person: Person): boolean;
  mayDraftRelease(event: OpinionEvent, person: Person): boolean;
  mayRecordConference(person: Person): boolean;
  mayPlanConference(person: Person): boolean;
  conferenceStepsOpenTo(conference: PressConference, person: Person): readonly ConferenceStep[];
  mayIssueOrders(person: Person): boolean;
  /** Whether the event's next command must hold both tracks and say who publishes. */
  owesJointOrders(event: OpinionEvent, orders: readonly HandlingOrder[]): boolean;
  orderStepsOpenTo(order: HandlingOrder, person: Person, at: Date): readonly OrderStep[];
  maySupervise(person: Person): boolean;
  supervisionStepsOpenTo(order: SupervisionOrder, person: Person): readonly SupervisionStep[];
  /** Units that the responsibility rules name. */
  readonly responsibleUnits: readonly string[];
  mayKeepSources(person: Person): boolean;
  /** Who may, in words. */
  readonly sourceKeepers: string;
  nextCall(alert: Alert): Promise<NextCall | undefined>;
  /** Never throws on a forged token. */
  readToken(token: string): TokenReading;
}

/** The roster, its calendar and what duty officers leave to each other; the acts on them check who may. */
export interface RosterRoom {
  readonly rosters: RosterStore;
  readonly handOvers: HandOverStore;
  readonly dutyDays: DutyDayStore;
  readonly reader: DutyReader;
  readonly calendar: NationalCalendar;
  readonly pack: DutyPack;
  /** What is open in the days ahead, in words. */
  gaps(): Promise<readonly string[]>;
  /** The path of a hand-over's page for one person. */
  handOverPath(claim: { handOverId: string; personId: string; expiresAt: Date }): string;
}

/** What only a drill has. */
export interface Drill {
  view(): DrillView | Promise<DrillView>;
  setClock(body: DrillClockBody): void | Promise<void>;
  /** The sample person of this id. @throws {NotFound} when it is none of them */
  play(personId: string): Promise<Person>;
}

export interface ServerLimits {
  readonly requestsPerMinute: number;
  readonly signInsPerMinute: number;
  /** By one person; each asks for up to three pages of somebody else's site. */
  readonly previewsPerMinute: number;
  /** Failed tries under one name, after which it is locked. */
  readonly signInTries: number;
  readonly signInLockMs: number;
  /** After so long without use a session only reads. */
  readonly sessionIdleMs: number;
  readonly sessionMostMs: number;
}

export interface ServerDeps {
  readonly officeName: string;
  /** Whether people reach this server by https: cookies then never leave it. */
  readonly isHttps: boolean;
  /** Whether a proxy in front says who is calling. */
  readonly trustsProxy: boolean;
  /** In a drill the drill's clock; acts are dated by it. */
  readonly now: Now;
  readonly realNow: Now;
  /** Where the built browser app lies. */
  readonly staticDir: string;
  readonly limits?: Partial<ServerLimits>;
  readonly log?: FastifyBaseLogger;
  readonly metrics?: Registry;

  readonly people: PersonStore;
  readonly sessions: SessionStore;
  readonly signInTries: SignInTryStore;
  /** Under which the secrets of second factors lie, 32 bytes. */
  readonly secondFactorKey: Uint8Array;
  readonly duty: DutyStore;
  readonly roster: RosterRoom;
  readonly audit: AuditTrail;
  readonly setAside: Pick<SetAsideStore, 'count'>;
  readonly sources: SourcesView;
  readonly posts: PostStore;
  readonly leads: LeadStore;
  readonly events: OpinionEventStore;
  readonly alerts: AlertStore;
  readonly countdowns: CountdownStore;
  readonly dutyRecords: DutyRecordStore;
  readonly outbox: Outbox;
  readonly releases: ReleaseStore;
  readonly register: ReleaseRegister;
  readonly snapshots: SnapshotStore;
  readonly pages: Pick<PageBytesStore, 'read'>;
  readonly conferences: ConferenceStore;
  readonly orders: OrderStore;
  readonly supervisions: SupervisionStore;
  readonly judging: JudgingDesk;
  readonly rumors: RumorRoom;
  readonly transfers: TransferRoom;

  /** Absent where no reports are made. */
  readonly reports?: ReportRoom;
  /** Absent where nothing is measured. */
  readonly measures?: MeasureRoom;
  readonly channelsView: ChannelsView;
  /** Ways of reaching people that are set up here. */
  readonly channels: readonly ChannelKind[];
  /** Roles that the acknowledgement ladder calls, in its order. */
  readonly ladderRoles: readonly Role[];
  readonly commands: Commands;
  readonly rules: Rules;
  readonly changes: ChangeFeed;
  /** Every part but the duty, which the server knows itself. */
  readonly readiness: () => Promise<readonly ReadinessPart[]>;
  readonly drill?: Drill;
}
