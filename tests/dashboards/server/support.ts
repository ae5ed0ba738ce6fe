import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { FastifyInstance } from 'fastify';
import {
  amend,
  NotFound,
  Refused,
  StaleWrite,
  type AuditEntry,
  type Document,
  type Documents,
  type Grade,
  type Person,
  type Role,
} from '#core';
import { openDatabase, SqliteAuditTrail, SqlitePersonStore } from '#core/sqlite';
import {
  acknowledgeAlert,
  causesOpenTo,
  createDutyReader,
  describeRosterGaps,
  eventIdOf,
  mayAdjust,
  owesCause,
  recordDutyAct,
  restAlert,
  storeAnswer,
  storeCause,
  storeRequest,
  storeWaiver,
  type Alert,
  type Countdown,
  type DutyRecord,
  type Notice,
} from '#alert';
import type { FieldProposal, Lead, OpinionEvent, StoredPost } from '#analyze';
import {
  conferenceStepsOpenTo,
  mayPlanConference,
  planConference,
  takeConferenceStep,
  draftCorrection,
  lookAgain,
  mayLookAgain,
  issueOrders,
  maySupervise,
  withdrawRelease,
  openSupervision,
  owesJointOrders,
  supervisionOffice,
  supervisionStepsOpenTo,
  takeSupervisionStep,
  type SupervisionDeps,
  mayIssueOrders,
  stepsOpenTo,
  takeOrderStep,
  type OrderDeps,
  type PressConference,
  type Release,
  type ReleaseRegisterEntry,
} from '#respond';
import type { SourceView } from '#contract';
import { createChangeFeed, createServer, hashPassword, type ServerDeps } from '#server';
import {
  SqliteDutyDayStore,
  SqliteHandOverStore,
} from '../../../alert/adapters/sqlite-duty-records.ts';
import { SqliteRosterStore } from '../../../alert/adapters/sqlite-roster-store.ts';
import { SqliteDutyStore } from '../../../dashboards/server/adapters/sqlite-duty-store.ts';
import { SqliteSessionStore } from '../../../dashboards/server/adapters/sqlite-session-store.ts';
import { SqliteSignInTryStore } from '../../../dashboards/server/adapters/sqlite-sign-in-try-store.ts';
import { keepersInWords, mayKeepSources } from '#ingest';
import { SqliteOutsideNoticeStore } from '../../../respond/adapters/sqlite-outside-notice-store.ts';
import { SqliteOrderStore } from '../../../respond/adapters/sqlite-order-store.ts';
import {
  SqlitePageBytes,
  SqliteSnapshotStore,
} from '../../../respond/adapters/sqlite-snapshot-store.ts';
import { SqliteSupervisionStore } from '../../../respond/adapters/sqlite-supervision-store.ts';
import { supervisionPack, supervisionParts } from '../../support/supervision.ts';
import { countdownPack, ladderPack } from '../../support/alerts.ts';
import { orderOffice, orderPack } from '../../support/orders.ts';
import { reviewPack } from '../../support/releases.ts';
import { snapshotPack } from '../../support/snapshots.ts';
import { dutyPack, measurePack, rhythmPack } from '../../support/packs.ts';
import { judgingPack, judgingStores } from '../../support/judging.ts';
import { createJudgingDesk } from '../../../config/judging-desk.ts';
import { createMeasureRoom } from '../../../config/measure-room.ts';
import { createRumorRoom } from '../../../config/rumor-room.ts';
import { createTransferRoom } from '../../../config/transfer-room.ts';
import { SqliteRumorStore } from '../../../respond/adapters/sqlite-rumor-store.ts';
import { SqliteTransferStore } from '../../../respond/adapters/sqlite-transfer-store.ts';
import { rumorPack } from '../../support/rumors.ts';
import { transferPack } from '../../support/transfers.ts';
import { calendar } from '../../support/rosters.ts';
import { aReportRoom } from './report-support.ts';

/** 02:18 Beijing time, in the night of the story. */
export const START = new Date('2026-11-23T18:18:00Z');
export const minutesLater = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
export const PASSWORD = 'kui-hua-xiang-ri-7';
// One cheap hash for all: what it costs is tested with the hash itself.
const PASSWORD_HASH = await hashPassword(PASSWORD, { logN: 4, r: 8, p: 1 });

/** Documents in memory, with the promises of the port. */
class MemoryDocuments<T extends Document> implements Documents<T> {
  readonly kind: string;
  readonly all = new Map<string, T>();

  constructor(kind: string) {
    this.kind = kind;
  }

  async findById(id: string): Promise<T | undefined> {
    return this.all.get(id);
  }

  async create(document: T): Promise<boolean> {
    if (this.all.has(document.id)) return false;
    this.all.set(document.id, document);
    return true;
  }

  async replace(document: T): Promise<void> {
    if (this.all.get(document.id)?.revision !== document.revision - 1) {
      throw new StaleWrite(this.kind, document.id);
    }
    this.all.set(document.id, document);
  }

  async saveMany(documents: readonly T[]): Promise<void> {
    for (const document of documents) {
      const isNew = document.revision === 1;
      if (!isNew) await this.replace(document);
      else if (!(await this.create(document))) throw new StaleWrite(this.kind, document.id);
    }
  }

  async findWithEffects(): Promise<readonly T[]> {
    return [...this.all.values()].filter(({ effects }) => effects.length > 0);
  }

  list(): T[] {
    return [...this.all.values()];
  }
}

class MemoryByEvent<
  T extends Document & { readonly eventId?: string | undefined },
> extends MemoryDocuments<T> {
  async listByEvent(eventId: string): Promise<readonly T[]> {
    return this.list().filter((one) => one.eventId === eventId);
  }

  async listNewest(): Promise<readonly T[]> {
    return this.list();
  }
}

class MemoryReleases extends MemoryByEvent<Release> {
  listWaiting = async (until: Date) =>
    this.list().filter(({ waits = [] }) => waits.some(({ nextAt }) => nextAt && nextAt <= until));
}
class MemoryEvents extends MemoryDocuments<OpinionEvent> {
  listOpen = async () => this.list();
  listOpenSince = async (at: Date) => this.list().filter(({ lastPostAt }) => lastPostAt >= at);
  listNewest = async () => this.list();
}
class MemoryLeads extends MemoryByEvent<Lead> {
  listSince = async () => this.list();
}
class MemoryAlerts extends MemoryDocuments<Alert> {
  listByEvent = async (eventId: string) => this.list().filter((one) => eventIdOf(one) === eventId);
  listNewest = async () => this.list();
  findLadderDue = async () => [];
}
class MemoryCountdowns extends MemoryByEvent<Countdown> {
  listOpen = async () => this.list();
  findDue = async () => [];
  listEndedLate = async () => [];
  replaceAll = async () => [];
}
class MemoryOutbox extends MemoryByEvent<Notice> {
  listDue = async () => [];
  lease = async () => [];
  replaceMany = async () => [];
  listByChannel = async (channel: string) => this.list().filter((one) => one.channel === channel);
  countUnsent = async (channel: string) =>
    this.list().filter((one) => one.channel === channel && one.state === 'pending').length;
  oldestUnsentAt = async () => undefined;
  listByAlert = async (alertId: string) => this.list().filter((one) => one.alertId === alertId);
}

class MemoryPosts {
  readonly all: StoredPost[] = [];
  saveMany = async (posts: readonly StoredPost[]) => void this.all.push(...posts);
  findById = async (id: string) => this.all.find((post) => post.id === id);
  listByEvent = async (id: string) => this.all.filter(({ eventId }) => eventId === id);
  search = async ({ words }: { words: string }) =>
    this.all.filter(({ text, title }) => (title + text).includes(words));
  count = async () => this.all.length;
  countSince = async (at: Date) => this.all.filter(({ fetchedAt }) => fetchedAt >= at).length;
}

class MemoryRegister {
  readonly all: ReleaseRegisterEntry[] = [];
  append = async (entry: ReleaseRegisterEntry) => void this.all.push(entry);
  listByEvent = async () => this.all;
  listNewest = async () => this.all;
  listPlaced = async (_limit: number, eventId?: string) =>
    this.all
      .map((entry, index) => ({ position: index + 1, chainDigest: `chain-${index + 1}`, entry }))
      .filter(({ entry }) => eventId === undefined || entry.eventId === eventId)
      .toReversed();
  findBreak = async () => undefined;
}

export interface Office {
  readonly app: FastifyInstance;
  readonly deps: ServerDeps;
  readonly database: DatabaseSync;
  readonly events: MemoryEvents;
  readonly leads: MemoryLeads;
  readonly posts: MemoryPosts;
  readonly alerts: MemoryAlerts;
  readonly countdowns: MemoryCountdowns;
  readonly outbox: MemoryOutbox;
  readonly releases: MemoryReleases;
  readonly register: MemoryRegister;
  readonly snapshots: SqliteSnapshotStore;
  readonly pages: SqlitePageBytes;
  readonly conferences: MemoryByEvent<PressConference>;
  readonly orders: SqliteOrderStore;
  readonly supervisions: SqliteSupervisionStore;
  readonly rumorCases: SqliteRumorStore;
  readonly transferRecords: SqliteTransferStore;
  readonly reports: ReturnType<typeof aReportRoom>;
  readonly sources: SourceView[];
  readonly readiness: { name: string; isOk: boolean; detail: string }[];
  /** Moves both clocks. */
  readonly pass: (minutes: number) => void;
  readonly hire: (name: string, roles: readonly Role[], more?: Partial<Person>) => Promise<Person>;
  /** Signs in and gives what every later request of this person carries. */
  readonly signIn: (person: Person, password?: string) => Promise<SignedInHeaders>;
  readonly acts: () => Promise<readonly AuditEntry[]>;
}

/** An alias, so that it can stand where any headers can. */
export type SignedInHeaders = { cookie: string; 'x-csrf-token': string };

type Change = Partial<Omit<ServerDeps, 'commands'>> & {
  readonly commands?: Partial<ServerDeps['commands']>;
};

/** A server with small stores in memory and the SQLite ones that belong to it. */
export async function anOffice(change: Change = {}): Promise<Office> {
  let at = START;
  const now = () => at;
  const database = openDatabase(':memory:');
  const people = new SqlitePersonStore(database);
  const audit = new SqliteAuditTrail(database);
  const parts = {
    events: new MemoryEvents('舆情事件'),
    leads: new MemoryLeads('线索'),
    posts: new MemoryPosts(),
    alerts: new MemoryAlerts('预警'),
    countdowns: new MemoryCountdowns('时限'),
    dutyRecords: new MemoryByEvent<DutyRecord>('办理记录'),
    outbox: new MemoryOutbox('通知'),
    releases: new MemoryReleases('发布稿'),
    register: new MemoryRegister(),
    snapshots: new SqliteSnapshotStore(database),
    pages: new SqlitePageBytes(database),
    conferences: new MemoryByEvent<PressConference>('新闻发布会'),
    orders: new SqliteOrderStore(database),
    supervisions: new SqliteSupervisionStore(database),
  };
  const duty = new SqliteDutyStore(database);
  const rosterRoom = (): ServerDeps['roster'] => {
    const rosters = new SqliteRosterStore(database);
    const byHand = async () => await duty.current();
    const reader = createDutyReader({ rosters, people, calendar, byHand });
    return {
      rosters,
      handOvers: new SqliteHandOverStore(database),
      dutyDays: new SqliteDutyDayStore(database),
      reader,
      calendar,
      pack: dutyPack,
      gaps: async () =>
        await describeRosterGaps({
          reader,
          people,
          calendar,
          pack: dutyPack,
          channels: new Set(['email']),
          now,
        }),
      handOverPath: ({ handOverId, personId }) => `/h/${handOverId}.${personId}`,
    };
  };
  const rumorCases = new SqliteRumorStore(database);
  const transferRecords = new SqliteTransferStore(database);
  const sources: SourceView[] = [];
  const readiness: Office['readiness'] = [];
  const ordering = { ...orderOffice(), orders: parts.orders, people };
  const reports = aReportRoom({ ...parts, database, people, ordering, now });
  const deps: ServerDeps = {
    officeName: '滨河市舆情工作办公室',
    isHttps: false,
    trustsProxy: false,
    now,
    realNow: now,
    staticDir: join(import.meta.dirname, 'no-such-folder'),
    people,
    sessions: new SqliteSessionStore(database),
    signInTries: new SqliteSignInTryStore(database),
    secondFactorKey: Buffer.alloc(32, 7),
    duty,
    roster: rosterRoom(),
    audit,
    setAside: { count: async () => 0 },
    sources: {
      listSources: async () => sources,
      listWatches: async () => [],
      listHealth: async () => sources,
      findSource: async (sourceId) => sources.find(({ id }) => id === sourceId),
      outageSince: async () => undefined,
      names: async () => new Map([['source-1', '滨河论坛']]),
      listQuarantined: async () => [],
    },
    ...parts,
    reports,
    judging: createJudgingDesk({
      ...parts,
      ...judgingStores(database),
      pack: judgingPack,
      countdownPack,
      readFigures: () => ({}),
      isDrill: false,
      now,
    }),
    rumors: createRumorRoom({
      ...parts,
      rumors: rumorCases,
      pack: rumorPack,
      review: reviewPack,
      isDrill: false,
    }),
    transfers: createTransferRoom({
      ...parts,
      transfers: transferRecords,
      people,
      pack: transferPack,
      countdownPack,
      channels: new Set(['email']),
      units: ['市水务局'],
      page: () => 'http://huiying.test/transfers',
      isDrill: false,
    }),
    measures: createMeasureRoom({
      stores: {
        ...parts,
        ...judgingStores(database),
        people,
        outsideNotices: new SqliteOutsideNoticeStore(database),
        rumors: rumorCases,
        transfers: transferRecords,
        reports: { listNewest: async () => [] },
      },
      packs: { measures: measurePack, review: reviewPack, judging: judgingPack },
      sources: { listHealth: async () => sources },
      isDrill: false,
    }),
    channels: ['email'],
    channelsView: { listChannels: async () => [] },
    ladderRoles: ['dutyOfficer', 'opinionLead', 'deputyLeader'],
    rules: {
      mayFind: () => ['figures'],
      mayRecordActs: (person) => (person.roles.includes('dutyOfficer') ? ['firstReportPhone'] : []),
      mayAdjust: (countdown, person) => mayAdjust(countdown, person, countdownPack),
      causeOf: (countdown, person) => ({
        isOwed: owesCause(countdown, countdownPack),
        reasons: causesOpenTo(countdown, person, countdownPack),
      }),
      stirOf: () => ({ heat: { value: 0, changeLastHour: 0, parts: [] }, volume: [] }),
      mayDecide: (_event, person) =>
        person.roles.includes('deputyLeader') ? ['confirmGrade'] : [],
      reviewOf: async (_release, person) => ({
        steps: [
          {
            step: 'content',
            maySign: person.roles.includes('releaseReviewer'),
            isStandIn: false,
            needsSecondFactor: false,
          },
        ],
        hits: [],
        mayAnswerHits: person.roles.includes('releaseReviewer'),
        missing: ['缺少保密审查'],
        mayEdit: person.roles.includes('handler'),
        maySubmit: person.roles.includes('handler'),
        mayPublish: false,
        mayCorrect: person.roles.includes('handler'),
        mayWithdraw: person.roles.includes('publisher'),
      }),
      mayRegroup: (person) => person.roles.includes('analyst'),
      regroupingsOf: async () => [],
      previewMerge: async () => anEvent(),
      relatedTo: async (event) => [{ event, similarity: 0.5, words: ['停水'] }],
      promisesIn: (text) => [text],
      growthAlarmOf: () => undefined,
      mayCorrect: (person) => person.roles.includes('analyst'),
      proposalsOf: async () => [aFieldProposal],
      mayLookAtPage: (person) => mayLookAgain(person, snapshotPack),
      mayDraftRelease: (_event, person) => person.roles.includes('handler'),
      mayRecordConference: (person) => person.roles.includes('spokesperson'),
      owesJointOrders: (event, found) => owesJointOrders(event.proposal.grade, found, orderPack),
      mayIssueOrders: (person) => mayIssueOrders(person, orderPack),
      orderStepsOpenTo: (order, person, at) => stepsOpenTo(order, person, orderPack, at),
      mayPlanConference: (person) => mayPlanConference(person, reviewPack),
      conferenceStepsOpenTo: (conference, person) =>
        conferenceStepsOpenTo(conference, person, reviewPack),
      maySupervise: (person) => maySupervise(person, supervisionPack),
      supervisionStepsOpenTo: (order, person) =>
        supervisionStepsOpenTo(order, person, supervisionPack),
      responsibleUnits: ['市水务局'],
      mayKeepSources: (person) => mayKeepSources(person, rhythmPack),
      sourceKeepers: keepersInWords(rhythmPack),
      nextCall: async (alert) =>
        alert.state === 'fired'
          ? { at: minutesLater(5), roles: ['dutyOfficer'], names: ['王五'] }
          : undefined,
      readToken: (token) => {
        const [alertId, personId, expiry] = token.split('.');
        if (!alertId || !personId) return { problem: 'invalid' };
        return expiry === 'old' ? { problem: 'expired' } : { alertId, personId };
      },
    },
    changes: createChangeFeed(START),
    readiness: async () => readiness,
    ...change,
    commands: {
      ...commandsOn({
        ...parts,
        handling: ordering,
        supervising: { ...supervisionParts, ...parts, people, now },
      }),
      ...change.commands,
    },
  };
  const app = await createServer(deps);
  onTestFinished(async () => {
    await app.close();
    database.close();
  });

  return {
    app,
    deps,
    database,
    ...parts,
    reports,
    rumorCases,
    transferRecords,
    sources,
    readiness,
    pass: (minutes) => (at = new Date(at.getTime() + minutes * 60_000)),
    hire: async (name, roles, more = {}) => {
      const person = aPerson(name, roles, more);
      await people.create(person);
      return person;
    },
    signIn: async ({ signInName }, password = PASSWORD) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/session',
        payload: { signInName, password },
      });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return headersOf(answer);
    },
    acts: () => deps.audit.listNewest(100),
  };
}

/** Cookie and token of an answer that signed somebody in. */
export function headersOf(answer: {
  readonly cookies: { name: string; value: string }[];
  json(): { csrfToken: string };
}): SignedInHeaders {
  const [cookie] = answer.cookies;
  return {
    cookie: `${cookie?.name}=${cookie?.value}`,
    'x-csrf-token': answer.json().csrfToken,
  };
}

let people = 0;
export function aPerson(name: string, roles: readonly Role[], more: Partial<Person> = {}): Person {
  people += 1;
  return {
    id: `person-${people}`,
    revision: 1,
    effects: [],
    name,
    signInName: `user${people}`,
    unit: '办公室',
    roles: [...roles],
    passwordHash: PASSWORD_HASH,
    mustChangePassword: false,
    isDisabled: false,
    createdAt: START,
    ...more,
  };
}

/** A proposal as analysis hands it to the event page. */
export const aFieldProposal: FieldProposal = {
  field: 'topic',
  name: '诉求类别',
  value: 'construction',
  valueName: '城乡建设',
  confidence: 0.91,
  because: [{ words: '停水', weight: 2.4 }],
  note: '',
  madeBy: 'default-topics@1+topic@1',
  options: [
    { value: 'construction', name: '城乡建设' },
    { value: 'transport', name: '交通运输' },
  ],
};

/** Commands as their owners promise them, without their rules but the one the tests speak of. */
function commandsOn(stores: {
  events: MemoryEvents;
  alerts: MemoryAlerts;
  countdowns: MemoryCountdowns;
  dutyRecords: MemoryByEvent<DutyRecord>;
  releases: MemoryReleases;
  snapshots: SqliteSnapshotStore;
  conferences: MemoryByEvent<PressConference>;
  handling: OrderDeps;
  supervising: SupervisionDeps;
}): ServerDeps['commands'] {
  const { events, alerts, releases, conferences, countdowns, dutyRecords: records } = stores;
  const { handling, supervising } = stores;
  const adjusting = { countdowns, pack: countdownPack };
  return {
    restAlert: async (act) => await restAlert({ alerts, ladderPack }, act),
    recordDutyAct: async ({ eventId, ...act }) =>
      await recordDutyAct(
        { records, pack: countdownPack },
        { ...act, event: { id: eventId, isDrill: false } },
      ),
    askForTime: async (act) => await storeRequest(adjusting, act),
    answerTime: async (act) => await storeAnswer(adjusting, act),
    waiveCountdown: async (act) => await storeWaiver(adjusting, act),
    recordCause: async (act) => await storeCause(adjusting, act),
    decideGrade: ({ eventId, grade, actor, reason, at }) => {
      if (!actor.roles.includes('deputyLeader')) {
        throw new Refused('GRADE_ROLE', '重大等级由分管领导确认', 'forbidden');
      }
      return amend(events, eventId, (event) => ({
        ...event,
        confirmedGrade: grade,
        gradeHistory: [
          ...event.gradeHistory,
          {
            at,
            actor: { personId: actor.id, name: actor.name },
            kind: 'confirmed',
            to: grade,
            reason,
          },
        ],
      }));
    },
    recordFinding: async ({ eventId, finding, actor, at }) =>
      await amend(events, eventId, (event) => ({
        ...event,
        findings: [
          ...event.findings,
          { ...finding, id: 'finding-1', at, actor: { personId: actor.id, name: actor.name } },
        ],
      })),
    mergeEvent: async ({ eventId, intoId }) => {
      await amend(events, eventId, (event) => ({
        ...event,
        state: 'merged' as const,
        mergedInto: intoId,
      }));
    },
    splitEvent: async () => undefined,
    undoRegrouping: async () => undefined,
    answerRegrouping: async () => undefined,
    correctProposal: async ({ actor }) => {
      if (!actor.roles.includes('analyst')) {
        throw new Refused('ROLE_NEEDED', '更正研判须由研判员作出', 'forbidden');
      }
    },
    decideLowering: ({ eventId }) =>
      amend(events, eventId, ({ lowering: _lowering, ...event }) => event),
    acknowledgeAlert: async (act) => await acknowledgeAlert({ alerts, ladderPack }, act),
    draftRelease: async ({ eventId, draft, actor, at }) => {
      if (!events.all.has(eventId)) throw new NotFound('舆情事件', eventId);
      const { checklist } = draft;
      const release: Release = {
        ...aRelease(),
        ...draft,
        checklist,
        eventId,
        drafter: { personId: actor.id, name: actor.name },
        createdAt: at,
      };
      await releases.create(release);
      return release;
    },
    editRelease: ({ releaseId, draft: { title, text } }) =>
      amend(releases, releaseId, (release) => ({ ...release, title, text })),
    signRelease: ({ releaseId }) =>
      amend(releases, releaseId, (release) => ({ ...release, state: 'inReview' })),
    submitRelease: ({ releaseId }) =>
      amend(releases, releaseId, (release) => ({ ...release, state: 'inReview' })),
    answerHit: ({ releaseId }) => amend(releases, releaseId, (release) => release),
    publishRelease: async () => {
      throw new Refused('REVIEW_OPEN', '审查尚未完成，不能登记发布');
    },
    draftCorrection: async (act) => await draftCorrection({ releases, pack: reviewPack }, act),
    withdrawRelease: async (act) => await withdrawRelease({ releases, pack: reviewPack }, act),
    lookAtPage: async (act) =>
      await lookAgain({ snapshots: stores.snapshots, pack: snapshotPack }, act),
    recordConference: async ({ eventId, conference, at }) => {
      const held: PressConference = {
        ...conference,
        id: `conference-${conferences.all.size + 1}`,
        revision: 1,
        effects: [],
        eventId,
        isDrill: false,
        state: 'held',
        history: [],
        createdAt: at,
      };
      await conferences.create(held);
      return held;
    },
    issueOrders: async ({ eventId, ...act }) => {
      const event = await events.findById(eventId);
      if (!event) throw new NotFound(events.kind, eventId);
      const about = { id: event.id, title: event.title, isDrill: false, grade: 'L3' as const };
      return await issueOrders(handling, { ...act, event: about });
    },
    planConference: async ({ eventId, ...act }) =>
      await planConference(
        { conferences, pack: reviewPack },
        { ...act, event: { id: eventId, isDrill: false } },
      ),
    takeConferenceStep: async (act) =>
      await takeConferenceStep({ conferences, pack: reviewPack }, act),
    openSupervision: async ({ orderId, ...act }) =>
      await openSupervision(supervising, {
        ...act,
        title: '停水',
        target: orderId ? `order:${orderId}` : `event:${act.eventId}`,
        isDrill: false,
      }),
    takeSupervisionStep: async (act) =>
      await takeSupervisionStep(
        supervising.supervisions,
        await supervisionOffice(supervising),
        act,
      ),
    takeOrderStep: async (act) => await takeOrderStep(handling, act),
    pauseSource: noSource,
    resumeSource: noSource,
    lookAtSource: noSource,
    previewSource: noSource,
    reparseQuarantined: noSource,
    readQuarantined: async ({ rawItemId }) => {
      throw new NotFound('隔离的条目', rawItemId);
    },
    receivePush: noSource,
    importTable: noSource,
    enterPost: async () => noSource({ sourceId: 'manual' }),
    testChannel: async ({ kind }) => {
      throw new NotFound('通道', kind);
    },
    receiveSmsReply: noGateway,
    receiveSmsReceipt: noGateway,
  };
}

const noGateway = async ({ gateway }: { readonly gateway: string }): Promise<never> => {
  throw new NotFound('短信网关', gateway);
};

/** Sources of their own have the tests that speak of them. */
const noSource = async ({ sourceId }: { readonly sourceId: string }): Promise<never> => {
  throw new NotFound('信息源', sourceId);
};

export function anEvent(more: Partial<OpinionEvent> = {}): OpinionEvent {
  const known = { at: START, recordId: 'post-1', reason: '首次收到相关信息' };
  return {
    id: 'event-1',
    revision: 1,
    effects: [],
    title: '滨河花园停水超过24小时',
    state: 'registered',
    isDrill: false,
    watchIds: ['watch-1'],
    regionCodes: [],
    topTerms: [],
    entities: [],
    evaluatedAt: START,
    firstPublicAt: minutesLater(-20),
    firstPostId: 'post-1',
    lastPostAt: START,
    postCount: 126,
    outletCount: 9,
    interactions: 3_400,
    knownAt: known,
    figures: [],
    findings: [],
    kept: [],
    proposal: aProposal('L2'),
    gradeHistory: [
      {
        at: START,
        actor: { personId: 'machine', name: '系统' },
        kind: 'proposed',
        to: 'L2',
        reason: '64分',
      },
    ],
    responseValue: 'must',
    mustRespondReasons: ['vitalInterest'],
    ...more,
  };
}

function aProposal(grade: Grade): OpinionEvent['proposal'] {
  return {
    grade,
    sum: 64,
    points: [
      { indicator: 'content', band: 'A3', points: 14, reason: '停水断供', evidence: [] },
      { indicator: 'media', band: 'M3', points: 9, reason: '市级媒体', evidence: [] },
    ],
    floors: [],
    toNext: { grade: 'L1', points: 16 },
    sentence: '建议定为重大(64分)',
    ruleVersion: 'grading@1',
    at: START,
  };
}

export function aCountdown(more: Partial<Countdown> = {}): Countdown {
  return {
    id: 'countdown-1',
    revision: 1,
    effects: [],
    eventId: 'event-1',
    eventTitle: '滨河花园停水超过24小时',
    isDrill: false,
    code: 'AUTH_RELEASE_5H',
    name: '5小时发布',
    basis: '国办发〔2016〕80号',
    ruleVersion: 'countdowns@1',
    calendar: 'hours24x7',
    start: { at: START, recordId: 'post-1', reason: '建议等级升为重大' },
    shadow: { firstPublicAt: minutesLater(-20), knownAt: START },
    statutoryDueAt: minutesLater(300),
    managedDueAt: minutesLater(300),
    state: 'running',
    milestones: [{ ratio: 0.5, at: minutesLater(150) }],
    armedAt: START,
    isBornBreached: false,
    history: [{ at: START, what: '开始计时' }],
    ...more,
  };
}

export function anAlert(more: Partial<Alert> = {}): Alert {
  return {
    id: 'alert-1',
    revision: 1,
    effects: [],
    rule: 'gradeProposal',
    subject: { kind: 'event', eventId: 'event-1' },
    title: '滨河花园停水超过24小时',
    grade: 'L2',
    isDrill: false,
    reason: '1小时内新增86条，平时3条',
    state: 'fired',
    firedAt: START,
    history: [],
    ...more,
  };
}

export function aNotice(more: Partial<Notice> = {}): Notice {
  return {
    id: 'notice-1',
    revision: 1,
    effects: [],
    alertId: 'alert-1',
    eventId: 'event-1',
    receiver: { personId: 'person-z', name: '张三', address: 'zhang@example.invalid' },
    channel: 'email',
    priority: 0,
    shortCode: '舆情#3f2a·第1步·第1次',
    subject: '橙·重大',
    text: '滨河花园停水',
    html: '<p>滨河花园停水</p>',
    isDrill: false,
    state: 'sent',
    nextAt: START,
    createdAt: START,
    submittedAt: minutesLater(1),
    attempts: [{ at: minutesLater(1), result: 'ok', detail: '250 OK' }],
    ...more,
  };
}

export function aPost(more: Partial<StoredPost> = {}): StoredPost {
  return {
    id: 'post-1',
    rawItemId: 'raw-1',
    sourceId: 'source-1',
    url: 'https://bbs.example.invalid/t/1',
    title: '停水一天了没人管',
    text: '滨河花园从昨天早上停水到现在，物业说不知道。',
    contentDigest: 'digest-1',
    outlet: null,
    outletKind: 'individual',
    mediaTier: 'M1',
    publishedAt: minutesLater(-20),
    publishedFrom: 'page',
    fetchedAt: START,
    isDrill: false,
    eventId: 'event-1',
    ...more,
  };
}

export function aRelease(more: Partial<Release> = {}): Release {
  return {
    id: 'release-1',
    revision: 1,
    effects: [],
    eventId: 'event-1',
    isDrill: false,
    kind: 'firstRelease',
    state: 'draft',
    title: '关于滨河花园停水情况的通报',
    text: '因主管道爆裂，滨河花园自昨日起停水。抢修正在进行。',
    contentDigest: 'digest-text',
    releasingUnit: '滨河市水务局',
    disclosureType: 'proactive',
    checklist: { facts: '主管道爆裂', measures: '抢修', result: '' },
    drafter: { personId: 'person-h', name: '赵六' },
    signatures: [],
    history: [
      { at: minutesLater(30), actor: { personId: 'person-h', name: '赵六' }, what: '拟稿' },
    ],
    createdAt: minutesLater(30),
    ...more,
  };
}

/** A post by an individual and its copy in a paper. */
export function aLead(more: Partial<Lead> = {}): Lead {
  const { title, url } = aPost();
  const original: Lead['posts'][number] = {
    postId: 'post-1',
    sourceId: 'source-1',
    url,
    title,
    outlet: '张某的号',
    outletKind: 'individual',
    mediaTier: 'M1',
    publishedAt: minutesLater(-20),
    fetchedAt: START,
    snapshots: [],
    regionCodes: [],
    contentClass: 'A3',
    contentWords: '停水',
    untrue: 'none',
    untrueWords: '',
    figureWords: '',
    sensitiveWords: '',
  };
  const copy = { ...original, postId: 'post-2', outlet: '滨河日报' };
  return {
    id: 'lead-1',
    revision: 1,
    effects: [],
    state: 'linked',
    eventId: 'event-1',
    watchIds: ['watch-1'],
    firstSeenAt: START,
    title,
    terms: [],
    entities: [],
    numbers: [],
    posts: [original, { ...copy, outletKind: 'institution' }],
    fingerprints: [],
    ...more,
  };
}
