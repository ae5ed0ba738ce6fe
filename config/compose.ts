import type { AddressInfo } from 'node:net';
import { schedule } from 'node-cron';
import type { Logger } from 'pino';
import {
  createCalendar,
  DAY_MS,
  NotFound,
  relayEffects,
  runStage,
  startLoop,
  Turns,
  AuditEntrySchema,
  AUDIT_TOPIC,
  type Loop,
  type Now,
  type Stage,
  type StageCounts,
  type Document,
  type Documents,
} from '#core';
import {
  createPoller,
  keepersInWords,
  mayKeepSources,
  POSTS_TOPIC,
  SOURCE_TROUBLES_TOPIC,
  type Source,
} from '#ingest';
import {
  answerLowering,
  confirmGrade,
  createAnalysis,
  createFactReader,
  createRegrading,
  createRegroup,
  createRegroupingDesk,
  createRepair,
  growthAlarm,
  mayCorrect,
  mayDecide,
  mayFind,
  mayRegroup,
  normaliseText,
  OPINION_EVENTS_TOPIC,
  promisesIn,
  recordFinding,
  relatedEvents,
  type GroupingShared,
} from '#analyze';
import {
  ACTS_TOPIC,
  createActsStage,
  createBreachStage,
  createCountdownTick,
  BREACHES_TOPIC,
  causesOpenTo,
  createAlerting,
  createNoticeIntake,
  createRoster,
  createSourceAlerting,
  createTrialStage,
  deliverOn,
  describeReach,
  isDutyOver,
  mayAdjust,
  mayRecordActs,
  NOTICES_TOPIC,
  owesCause,
  readToken,
  recordDutyAct,
  restAlert,
  rolesCalled,
  signToken,
  storeAnswer,
  storeCause,
  storeRequest,
  storeWaiver,
  tickLadders,
  TRIALS_TOPIC,
  watchStorm,
  type AlertingDeps,
  type Channel,
  type ChannelKind,
  type Notice,
} from '#alert';
import {
  answerHit,
  createCorrectionStage,
  describeMissingFactors,
  createOrderStage,
  createRegisterStage,
  draftCorrection,
  draftRelease,
  editRelease,
  HANDLING_ORDERS_TOPIC,
  mayDraftRelease,
  publishRelease,
  RELEASE_REGISTER_TOPIC,
  withdrawRelease,
} from '#respond';
import { DutyActKindView } from '#contract';
import { createChangeFeed, createFirstAdministrator, createServer, type Drill } from '#server';
import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { createChannelCommands } from './channel-commands.ts';
import { openChannels } from './channels.ts';
import { createChannelsView } from './channels-view.ts';
import { createDutyRoom } from './duty-room.ts';
import { openEmbedded } from './backends/embedded.ts';
import { openFetcher } from './fetching.ts';
import { toGradingContext } from './grading-context.ts';
import { createHandlingDesk } from './handling-desk.ts';
import type { LinkTo } from './link-to.ts';
import { createMetrics } from './metrics.ts';
import { createJudgingDesk } from './judging-desk.ts';
import { createIntakeCommands } from './intake-commands.ts';
import { nextCall } from './next-call.ts';
import { readPacks, readSources } from './packs.ts';
import { createPublishedDesk } from './published-desk.ts';
import { createProposalDesk } from './proposal-desk.ts';
import { openModels } from './proposal-models.ts';
import { WEB_FOLDER } from './paths.ts';
import { createQuarantineCommands } from './quarantine-commands.ts';
import { toReaderRules } from './reader-rules.ts';
import { createRumorRoom } from './rumor-room.ts';
import { createTransferRoom } from './transfer-room.ts';
import { createReporting } from './reporting.ts';
import { createReviewDesk } from './review-desk.ts';
import { checkReadiness } from './readiness.ts';
import { NOTICE_GROUP, startSelfWatch } from './self-watch.ts';
import type { Settings } from './settings.ts';
import { createSourceCommands } from './source-commands.ts';
import { createStir } from './stir.ts';
import { createSourcesView } from './sources-view.ts';
import { tellWatchTroubles } from './tell-watch-troubles.ts';
import { listen } from './listen.ts';
import { toLexicon } from './to-lexicon.ts';

/** What surrounds the product: time, log, and in a drill the sample city. */
export interface Frame {
  readonly now: Now;
  readonly realNow: Now;
  readonly log: Logger;
  /** Stands between the product and a channel, for trials of what a slow or lossy line does. */
  readonly wrapChannel?: (channel: Channel) => Channel;
  /** Present in a drill only. */
  readonly drill?: DrillFrame;
}

export interface DrillFrame {
  readonly sources: readonly Source[];
  /** Told once the people of the sample office are to be made. */
  readonly seed: (backend: ReturnType<typeof openEmbedded>) => Promise<void>;
  readonly controls: (backend: ReturnType<typeof openEmbedded>) => Drill;
}

export interface Product {
  readonly url: string;
  readonly segmenterName: string;
  /** Only at the very first start; the password is shown once. */
  readonly firstAdministrator?: { readonly signInName: string; readonly oneTimePassword: string };
  /** What stands in the way of the product doing its duty, in words. */
  warnings(): Promise<readonly string[]>;
  /** Finishes what is in hand, then closes everything in reverse. */
  close(): Promise<void>;
}

/** A wake-up missed costs this much at most; duties are checked against the stores, not against wake-ups. */
const TICK_MS = 250;
/** A storm is told of in seconds. */
const STORM_LOOK_MS = 5_000;
/** A trial is due to the second, and judged within a few. */
const TRIAL_LOOK_MS = 1_000;
/** Hand-overs and reports are due to the minute. */
const DUTY_ROUND_MS = 5_000;

/**
 * Builds every part, in order, and starts it.
 *
 * @throws {SettingsWrong} when a pack or secret is wrong
 * @throws {StoreInUse} when another process has the data folder
 * @throws {AddressUnusable} when the address to listen on is taken or not ours
 */
export async function compose(settings: Settings, frame: Frame): Promise<Product> {
  const closing: Closing = [];
  try {
    return await build(settings, frame, closing);
  } catch (error) {
    await closeAll(closing);
    throw error;
  }
}

/** What was opened, in order; closed in reverse. */
type Closing = (() => Promise<void> | void)[];

async function closeAll(closing: Closing): Promise<void> {
  for (const one of closing.toReversed()) await one();
}

async function build(settings: Settings, frame: Frame, closing: Closing): Promise<Product> {
  const { now, realNow, log, drill } = frame;
  const isDrill = drill !== undefined;
  const onError = (err: unknown): void => log.error({ err }, 'loop failed');

  // The floor: rules, words, stores.
  const packs = readPacks(settings);
  const calendar = createCalendar(packs.calendar, settings.office.calendarDays);
  const sources = drill ? drill.sources : readSources(settings);
  const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
  const changes = createChangeFeed(realNow());
  const { folder, workers } = settings.storage;
  const backend = openEmbedded(folder, {
    segmenter,
    changes,
    onError,
    onUnreadable: (kind, id, why) => log.error({ kind, id, why }, 'record unreadable'),
    realNow,
    workers,
  });
  closing.push(() => backend.close());
  const selfWatch = startSelfWatch({
    backend,
    pack: packs.selfWatch,
    pingUrl: settings.selfWatch.pingUrl,
    realNow,
    isDrill,
    onError,
  });
  closing.push(async () => await selfWatch.close());
  const metrics = createMetrics();

  // The way out: channels and links.
  const { wrapChannel = (channel) => channel } = frame;
  const channels = new Map(
    [...openChannels(settings, process.env, { pack: packs.channels, realNow })].map(
      ([kind, one]) => [kind, wrapChannel(one)],
    ),
  );
  closing.push(async () => {
    await Promise.all([...channels.values()].map(async (channel) => await channel.close()));
  });
  const linkKey = { id: '1', secret: backend.keys.links };
  let publicUrl = settings.server.publicUrl;
  const context = toGradingContext(settings.office, packs.grading);
  const duty = createDutyRoom({
    backend,
    settings,
    packs,
    channels: new Set(channels.keys()),
    now,
    isDrill,
    linkKey,
    publicUrl: () => publicUrl ?? '',
    silentSources: async () =>
      (await sourcesView.listHealth())
        .filter(({ isPolled, health }) => isPolled && (health === 'silent' || health === 'blocked'))
        .map(({ name, health }) => `${name}：${health === 'silent' ? '读不到' : '被对方拒绝'}`),
  });
  const roster = createRoster(backend.people, async (at) => await duty.reader.onDuty(at));
  const alerting: AlertingDeps = {
    alerts: backend.alerts,
    countdowns: backend.countdowns,
    roster,
    // The desk is always there; it reaches whoever sits before it.
    channels: new Set<ChannelKind>([...channels.keys(), 'screen']),
    countdownPack: packs.countdowns,
    calendar,
    ladderPack: packs.ladders,
    now,
    linkFor: (claim) => `${publicUrl ?? ''}/a/${signToken(claim, linkKey)}`,
  };

  const storm = {
    ...alerting,
    countFiredSince: async (since: Date) => await backend.alerts.countFiredSince(since),
    isDrill,
  };

  const linkTo: LinkTo = (folder, { id, ...claim }) =>
    `${publicUrl ?? ''}/${folder}/${signToken({ alertId: id, ...claim }, linkKey)}`;
  const handling = createHandlingDesk({
    backend,
    packs,
    calendar,
    channels: new Set(channels.keys()),
    now,
    isDrill,
    linkTo,
  });
  const readFacts = createFactReader(packs.grading, packs.facts);
  const reviewing = createReviewDesk({
    backend,
    pack: packs.review,
    channels: new Set(channels.keys()),
    now,
    linkTo,
    readFigures: (text) => readFacts(normaliseText(text), now()),
  });

  // Loops: each checks the stores at least every TICK_MS; a wake-up only makes it sooner.
  const loops: Loop[] = [];
  const wakeAll = (): void => loops.forEach((loop) => loop.wake());
  const addLoop = (name: string, step: () => Promise<unknown>, everyMs = TICK_MS): void => {
    const loop = startLoop({
      everyMs,
      step: async () => {
        const changed = Number(await step());
        selfWatch.beat(name);
        if (changed > 0) wakeAll();
      },
      onError,
    });
    loops.push(loop);
    closing.push(async () => await loop.close());
  };

  /** What a document's change sets off goes on to the log. */
  const relay = <T extends Document>(name: string, store: Documents<T>): void =>
    addLoop(`relay.${name}`, async () => await relayEffects(store, backend.log));

  // Stages, in the order of the data's way.
  const stageCounts = new Map<string, Readonly<StageCounts>>();
  const follow = async <T>(topic: string, group: string, stage: Stage<T>): Promise<void> => {
    const { handle, counts, takeUp } = runStage(stage, {
      setAside: backend.setAside,
      now: realNow,
      onFailure: (err, name) => log.error({ err, stage: name }, 'stage failed'),
      afterBatch: wakeAll,
    });
    stageCounts.set(stage.name, counts);
    const taken = await takeUp();
    if (taken > 0) log.info({ stage: stage.name, taken }, 'taken up again');
    const reader = await backend.log.follow(topic, group, handle);
    closing.push(async () => await reader.close());
  };
  const models = await openModels(backend.models);
  const sending = {
    outbox: backend.outbox,
    pack: packs.channels,
    channels: new Set(channels.keys()),
    realNow,
  };
  // Grouping, merging and judging again take turns; what a crash interrupted is finished before a post comes in.
  const sharing: GroupingShared = { turns: new Turns(), regrouped: new Set() };
  const regroup = createRegroup({
    ...backend,
    context,
    eventTerms: packs.grouping.events.eventTerms,
    now,
    turns: sharing.turns,
    regrouped: (eventIds) => eventIds.forEach((id) => sharing.regrouped.add(id)),
  });
  await regroup.resume();
  await follow(
    POSTS_TOPIC,
    'analysis',
    createAnalysis({
      ...toReaderRules(settings, packs, { segmenter, models }),
      sources,
      posts: backend.posts,
      leads: backend.leads,
      events: backend.events,
      context,
      rekey: backend.rekey,
      now,
      isDrill,
      sharing,
    }),
  );
  await follow(OPINION_EVENTS_TOPIC, 'alerting', createAlerting(alerting));
  await follow(ACTS_TOPIC, 'alerting', createActsStage(alerting));
  await follow(BREACHES_TOPIC, 'breaches', createBreachStage(backend.breaches));
  await follow(OPINION_EVENTS_TOPIC, 'supervision', handling.eventStage);
  await follow(BREACHES_TOPIC, 'supervision', handling.breachStage);
  await follow(OPINION_EVENTS_TOPIC, 'reviews', reviewing.stage);
  await follow(HANDLING_ORDERS_TOPIC, 'orders', createOrderStage(backend.orders));
  await follow(SOURCE_TROUBLES_TOPIC, 'alerting', createSourceAlerting(alerting));
  await follow(NOTICES_TOPIC, NOTICE_GROUP, createNoticeIntake(sending));
  const trials = isDrill ? undefined : selfWatch.trials(alerting);
  if (trials) await follow(TRIALS_TOPIC, 'trials', createTrialStage(backend.countdowns));
  await follow(RELEASE_REGISTER_TOPIC, 'register', createRegisterStage(backend.register));
  await follow(AUDIT_TOPIC, 'audit', {
    name: 'audit',
    schema: AuditEntrySchema,
    async process(batch) {
      for (const entry of batch) await backend.audit.append(entry);
    },
  });

  relay('events', backend.events);
  relay('sourceStates', backend.sourceStates);
  relay('alerts', backend.alerts);
  relay('countdowns', backend.countdowns);
  relay('dutyRecords', backend.dutyRecords);
  relay('releases', backend.releases);
  relay('conferences', backend.conferences);
  relay('orders', backend.orders);
  relay('supervisions', backend.supervisions);
  relay('rumors', backend.rumors);
  relay('transfers', backend.transfers);
  relay('reports', backend.reports);
  relay('outsideNotices', backend.outsideNotices);
  relay('assessments', backend.assessments);
  relay('consultations', backend.consultations);
  relay('keyMessages', backend.keyMessages);
  relay('evaluations', backend.evaluations);
  relay('rosters', backend.rosters);
  relay('handOvers', backend.handOvers);
  relay('dutyDays', backend.dutyDays);
  relay('regroupings', backend.regroupings);
  relay('corrections', backend.corrections);
  relay('snapshots', backend.snapshots);
  addLoop('reviews', reviewing.tick);
  addLoop('orders', handling.tickOrders);
  addLoop('supervision', handling.tickSupervision);
  // A rate may come to count, and a grade rise, as time alone passes.
  const regrade = createRegrading({ events: backend.events, leads: backend.leads, context, now });
  addLoop('regrade', async () => await sharing.turns.run(regrade));
  const firstAt = new Date(now().getTime() + packs.grouping.regrouping.everyMs);
  addLoop('regroup', createRepair({ ...backend, regroup, grouping: packs.grouping, now, firstAt }));
  addLoop(
    'countdowns',
    createCountdownTick(alerting, {
      realNow,
      monotonicMs: () => performance.now(),
      audit: backend.audit,
      isDrill,
    }),
  );
  selfWatch.audit(alerting);
  addLoop('storm', async () => await watchStorm(storm), STORM_LOOK_MS);
  addLoop('ladders', async () => await tickLadders(alerting));
  const channelsPage = (): string => `${publicUrl ?? ''}/channels`;
  const delivery = {
    ...sending,
    channels,
    routes: backend.channelRoutes,
    ledger: backend.ledger,
    paces: backend.paces,
    isOver: async (notice: Notice) => await isDutyOver(notice, backend),
    administrators: async () => await roster.onCall('sysAdmin', 'first', now()),
    channelsPage,
    holder: `${process.pid}-${realNow().getTime()}`,
    random: Math.random,
    onSent: metrics.noticeSent,
  };
  // A loop each: a channel that hangs holds up no other.
  for (const kind of channels.keys()) {
    addLoop(`send.${kind}`, async () => await deliverOn(kind, delivery));
  }

  if (trials) {
    const ownEnd = new Map([[trials.loopback.kind, trials.loopback]]);
    const looping = { ...delivery, channels: ownEnd };
    addLoop('send.loopback', async () => await deliverOn('loopback', looping));
    addLoop('trials', trials.step, TRIAL_LOOK_MS);
  }

  // The way in stands ready for what people ask of it; it starts last.
  const fetcher = openFetcher(settings);
  closing.push(async () => await fetcher.close());
  const poller = createPoller({
    sources,
    fetcher,
    states: backend.sourceStates,
    rawItems: backend.rawItems,
    log: backend.log,
    now,
    random: Math.random,
    rhythm: packs.rhythm,
    pseudonym: backend.pseudonym,
    isDrill,
    onFailure: (err: unknown, sourceId: string) => log.error({ err, sourceId }, 'poll failed'),
  });

  const published = createPublishedDesk({
    backend,
    pack: packs.snapshots,
    fetcher,
    channels: new Set(channels.keys()),
    now,
    isDrill,
    drillHosts: settings.fetching.allowHosts,
    registerPage: () => `${publicUrl ?? ''}/register`,
    onFailure: (err, snapshotId) => log.error({ err, snapshotId }, 'snapshot failed'),
  });
  await follow(RELEASE_REGISTER_TOPIC, 'snapshots', published.stage);
  await follow(RELEASE_REGISTER_TOPIC, 'corrections', createCorrectionStage(backend.releases));
  const rumorRoom = createRumorRoom({
    ...backend,
    pack: packs.rumors,
    review: packs.review,
    isDrill,
  });
  await follow(RELEASE_REGISTER_TOPIC, 'clarifications', rumorRoom.stage);
  const transferRoom = createTransferRoom({
    ...backend,
    pack: packs.transfers,
    countdownPack: packs.countdowns,
    channels: new Set(channels.keys()),
    units: handling.rules.responsibleUnits,
    page: () => `${publicUrl ?? ''}/transfers`,
    isDrill,
  });
  closing.push(async () => await published.close());
  addLoop('snapshots', published.step);

  // The screens.
  const proposals = createProposalDesk({ ...backend, packs });
  const regroupingRule = packs.grouping.regrouping;
  const regrouping = createRegroupingDesk({ ...backend, regroup, rule: regroupingRule });
  const events = { events: backend.events, pack: packs.grading };
  const releases = { releases: backend.releases, pack: packs.review };
  const adjusting = { countdowns: backend.countdowns, pack: packs.countdowns };
  /** @throws {NotFound} */
  const onEvent = async (eventId: string) => {
    if (await backend.events.findById(eventId)) return { id: eventId, isDrill };
    throw new NotFound(backend.events.kind, eventId);
  };
  const judging = createJudgingDesk({
    ...backend,
    pack: packs.judging,
    countdownPack: packs.countdowns,
    readFigures: (text) => readFacts(normaliseText(text), now()),
    isDrill,
    now,
  });
  const { gradeOfRelease } = reviewing;
  const intake = { sources, states: backend.sourceStates, poller, now };
  const sourcesView = createSourcesView({
    ...intake,
    rawItems: backend.rawItems,
    watches: settings.watches,
    watchBudgetMs: settings.watchBudgetMs,
  });
  /** What a person did goes on at once, without waiting for the next look. */
  const passingOn =
    <Act, Result>(command: (act: Act) => Promise<Result>) =>
    async (act: Act): Promise<Result> => {
      const result = await command(act);
      wakeAll();
      return result;
    };
  const reporting = createReporting({
    backend,
    settings,
    packs,
    calendar,
    sources: sourcesView,
    handling,
    proposalsOf: proposals.proposalsOf,
    reader: duty.reader,
    channels: new Set(channels.keys()),
    reportsPage: () => `${publicUrl ?? ''}/reports`,
    linkTo,
    passingOn,
    now,
    isDrill,
  });
  const { sourceStates: states, rawItems, pseudonym } = backend;
  const receive = {
    states,
    rawItems,
    pseudonym,
    log: backend.log,
    now,
    isDrill,
    rhythm: packs.rhythm,
  };
  const quarantineCommands = createQuarantineCommands({
    sources,
    reparse: receive,
    audit: backend.audit,
    poller,
    rhythm: packs.rhythm,
  });
  const intakeCommands = createIntakeCommands({
    sources,
    receive,
    audit: backend.audit,
    realNow,
    environment: process.env,
  });
  const sourceCommands = createSourceCommands({
    ...intake,
    audit: backend.audit,
    fetcher,
    rhythm: packs.rhythm,
  });
  const channelCommands = createChannelCommands({
    backend,
    ladderPack: packs.ladders,
    pack: packs.channels,
    channels: settings.channels,
    setUp: sending.channels,
    environment: process.env,
    channelsPage,
    now,
    realNow,
  });
  const controls = drill?.controls(backend);
  const server = await createServer({
    officeName: settings.office.name,
    isHttps: publicUrl?.startsWith('https:') ?? false,
    trustsProxy: settings.server.trustsProxy,
    now,
    realNow,
    staticDir: WEB_FOLDER,
    limits: {
      sessionIdleMs: settings.server.sessionIdleMs,
      sessionMostMs: settings.server.sessionMostMs,
    },
    log,
    metrics: metrics.registry,
    people: backend.people,
    sessions: backend.sessions,
    signInTries: backend.signInTries,
    secondFactorKey: backend.keys.secondFactors,
    duty: backend.duty,
    roster: duty.room,
    audit: backend.audit,
    setAside: backend.setAside,
    sources: sourcesView,
    posts: backend.posts,
    leads: backend.leads,
    events: backend.events,
    alerts: backend.alerts,
    countdowns: backend.countdowns,
    dutyRecords: backend.dutyRecords,
    outbox: backend.outbox,
    releases: backend.releases,
    register: backend.register,
    snapshots: backend.snapshots,
    pages: backend.pages,
    conferences: backend.conferences,
    orders: backend.orders,
    supervisions: backend.supervisions,
    reports: reporting.reports,
    measures: reporting.measures,
    rumors: {
      ...rumorRoom,
      open: passingOn(rumorRoom.open),
      take: passingOn(rumorRoom.take),
      draft: passingOn(rumorRoom.draft),
    },
    transfers: {
      ...transferRoom,
      register: passingOn(transferRoom.register),
      take: passingOn(transferRoom.take),
    },
    judging: {
      read: async (eventId, person) => await judging.read(eventId, person),
      act: passingOn(async (act) => await judging.act(act)),
    },
    channels: [...channels.keys()],
    channelsView: createChannelsView({ ...sending, backend, setUp: sending.channels }),
    ladderRoles: rolesCalled(packs.ladders),
    changes,
    ...(controls && { drill: controls }),
    commands: {
      decideGrade: passingOn(async (act) => await confirmGrade(events, act)),
      recordFinding: passingOn(
        async (act) =>
          await sharing.turns.run(
            async () => await recordFinding({ ...events, leads: backend.leads, context }, act),
          ),
      ),
      mergeEvent: passingOn(regrouping.mergeEvent),
      splitEvent: passingOn(regrouping.splitEvent),
      undoRegrouping: passingOn(regrouping.undoRegrouping),
      answerRegrouping: passingOn(regrouping.answerRegrouping),
      correctProposal: passingOn(proposals.correct),
      decideLowering: passingOn(async (act) => await answerLowering(events, act)),
      acknowledgeAlert: passingOn(channelCommands.acknowledgeAlert),
      testChannel: passingOn(channelCommands.testChannel),
      receiveSmsReply: passingOn(channelCommands.receiveSmsReply),
      receiveSmsReceipt: passingOn(channelCommands.receiveSmsReceipt),
      restAlert: passingOn(
        async (act) => await restAlert({ alerts: backend.alerts, ladderPack: packs.ladders }, act),
      ),
      recordDutyAct: passingOn(
        async ({ eventId, ...act }) =>
          await recordDutyAct(
            { records: backend.dutyRecords, pack: packs.countdowns },
            { ...act, event: await onEvent(eventId) },
          ),
      ),
      askForTime: passingOn(async (act) => await storeRequest(adjusting, act)),
      answerTime: passingOn(async (act) => await storeAnswer(adjusting, act)),
      waiveCountdown: passingOn(async (act) => await storeWaiver(adjusting, act)),
      recordCause: passingOn(async (act) => await storeCause(adjusting, act)),
      draftRelease: passingOn(
        async ({ eventId, ...act }) =>
          await draftRelease(releases, { ...act, event: await onEvent(eventId) }),
      ),
      editRelease: passingOn(async (act) => await editRelease(releases, act)),
      signRelease: passingOn(reviewing.commands.signRelease),
      submitRelease: passingOn(reviewing.commands.submitRelease),
      answerHit: passingOn(
        async (act) =>
          await answerHit(releases, { ...act, grade: await gradeOfRelease(act.releaseId) }),
      ),
      publishRelease: passingOn(
        async (act) =>
          await publishRelease(releases, { ...act, grade: await gradeOfRelease(act.releaseId) }),
      ),
      draftCorrection: passingOn(async (act) => await draftCorrection(releases, act)),
      withdrawRelease: passingOn(async (act) => await withdrawRelease(releases, act)),
      lookAtPage: passingOn(published.lookAtPage),
      recordConference: passingOn(handling.commands.recordConference),
      planConference: passingOn(handling.commands.planConference),
      takeConferenceStep: passingOn(handling.commands.takeConferenceStep),
      issueOrders: passingOn(handling.commands.issueOrders),
      takeOrderStep: passingOn(handling.commands.takeOrderStep),
      openSupervision: passingOn(handling.commands.openSupervision),
      takeSupervisionStep: passingOn(handling.commands.takeSupervisionStep),
      pauseSource: passingOn(sourceCommands.pauseSource),
      resumeSource: passingOn(sourceCommands.resumeSource),
      lookAtSource: passingOn(sourceCommands.lookAtSource),
      previewSource: sourceCommands.previewSource,
      readQuarantined: quarantineCommands.readQuarantined,
      reparseQuarantined: passingOn(quarantineCommands.reparseQuarantined),
      receivePush: passingOn(intakeCommands.receivePush),
      importTable: passingOn(intakeCommands.importTable),
      enterPost: passingOn(intakeCommands.enterPost),
    },
    rules: {
      stirOf: createStir({ pack: packs.bursts, sources, now }),
      mayFind: (person) => mayFind(person, packs.grading),
      mayRecordActs: (person) =>
        DutyActKindView.options.filter((kind) =>
          mayRecordActs(person, packs.countdowns).includes(kind),
        ),
      mayAdjust: (countdown, person) => mayAdjust(countdown, person, packs.countdowns),
      causeOf: (countdown, person) => ({
        isOwed: owesCause(countdown, packs.countdowns),
        reasons: causesOpenTo(countdown, person, packs.countdowns),
      }),
      mayDecide: (event, person) => mayDecide(event, person, packs.grading),
      mayKeepSources: (person) => mayKeepSources(person, packs.rhythm),
      mayRegroup: (person) => mayRegroup(person, regroupingRule),
      regroupingsOf: regrouping.regroupingsOf,
      previewMerge: regrouping.previewMerge,
      relatedTo: async (event) => {
        const others = await backend.events.listNewest(regroupingRule.related.mostLooked);
        return relatedEvents(event, others, packs.grouping);
      },
      promisesIn: (text) => promisesIn(text, regroupingRule.related.promiseWords),
      growthAlarmOf: (leads) => growthAlarm(leads, packs.grouping, now()),
      mayCorrect: (person) => mayCorrect(person, packs.focus),
      proposalsOf: proposals.proposalsOf,
      sourceKeepers: keepersInWords(packs.rhythm),
      mayDraftRelease: (_event, person) => mayDraftRelease(person, packs.review),
      mayLookAtPage: published.mayLookAtPage,
      ...handling.rules,
      reviewOf: reviewing.reviewOf,
      nextCall: async (alert) => await nextCall(alert, packs.ladders, roster, now),
      readToken: (token) => readToken(token, [linkKey], now()),
    },
    readiness: async () => [...(await checkReadiness({ backend, now })), ...selfWatch.readiness()],
  });
  closing.push(async () => await server.close());
  await listen(server, settings.server);
  const { port } = server.server.address() as AddressInfo;
  const url = `http://${settings.server.host}:${port}`;
  publicUrl ??= url;
  metrics.watch({ backend, stageCounts, now });

  // The way in, last: nothing comes in before everything behind it stands.
  await drill?.seed(backend);
  closing.push(async () => await poller.close());
  addLoop('poll', async () => await poller.step());
  // Its messages carry links, whose address is known only now.
  addLoop('duty', duty.makeRounds, DUTY_ROUND_MS);
  if (!isDrill) {
    const keepDaily = selfWatch.dailyMessage(alerting, duty.rounds);
    addLoop('dailyMessage', keepDaily, DUTY_ROUND_MS);
  }
  // By the product's own clock, so that a drill has its reports and what was missed while stopped is made up.
  addLoop('reports', async () => await reporting.makeDue(now()), DUTY_ROUND_MS);
  addLoop('urging', reporting.urgeDue, DUTY_ROUND_MS);
  const daily = schedule(
    '17 3 * * *',
    async () => {
      const before = new Date(realNow().getTime() - settings.storage.rawItemDays * DAY_MS);
      const dropped = await backend.rawItems.dropBefore(before);
      const runs = await backend.sourceStates.dropRunsBefore(
        new Date(realNow().getTime() - packs.rhythm.memory.runsMs),
      );
      const forgotten = await backend.sourceStates.dropUnshown(packs.rhythm.memory.itemsMs);
      const pruned = backend.log.prune();
      // After the log: what it still holds, the audit would put back.
      const trialsBefore = new Date(realNow().getTime() - DAY_MS);
      const trialsDropped =
        backend.outbox.dropTrialsBefore(trialsBefore) +
        backend.countdowns.dropTrialsBefore(trialsBefore);
      log.info({ dropped, runs, forgotten, pruned, trialsDropped }, 'retention done');
    },
    { timezone: 'Asia/Shanghai', noOverlap: true },
  );
  closing.push(async () => await daily.stop());
  const watchTroubles = {
    listWatches: sourcesView.plannedWatches,
    outageSince: () => poller.outageSince(),
    alerts: backend.alerts,
    log: backend.log,
    now,
    isDrill,
  };
  const eachMinute = schedule(
    '* * * * *',
    async () =>
      await tellWatchTroubles(watchTroubles).then(() => selfWatch.beat('minute'), onError),
    { noOverlap: true },
  );
  closing.push(async () => await eachMinute.stop());

  const firstAdministrator = isDrill
    ? undefined
    : await createFirstAdministrator(backend.people, realNow);
  return {
    url,
    segmenterName: segmenter.name,
    ...(firstAdministrator && {
      firstAdministrator: {
        signInName: firstAdministrator.person.signInName,
        oneTimePassword: firstAdministrator.oneTimePassword,
      },
    }),
    warnings: async () => [
      ...(await describeReach({ ...alerting, channels: new Set(channels.keys()) })),
      ...(isDrill ? [] : describeMissingFactors(await backend.people.listAll(), packs.review)),
    ],
    close: async () => await closeAll(closing),
  };
}
