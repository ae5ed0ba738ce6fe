import { hasRole, NotFound, Refused, type Now, type Person, type Role } from '#core';
import { owesCause, wasMissed, type CountdownPack, type CountdownStore } from '#alert';
import {
  closeEvent,
  demandUnmerged,
  gradeOf,
  mergedFrom,
  reopenEvent,
  type Lead,
  type LeadStore,
  type OpinionEvent,
  type OpinionEventStore,
  type PostStore,
} from '#analyze';
import {
  approveKeyMessage,
  aroundRelease,
  callConsultation,
  closingConditions,
  compareMessage,
  confirmAssessment,
  demandRole,
  endConsultation,
  endingStepsOpenTo,
  endTracking,
  evaluate,
  eventPath,
  factTrackOf,
  findQuestions,
  isLeadUnitDisputed,
  openQuestions,
  recordClosing,
  recordReopening,
  secondPeak,
  trackingConditions,
  writeAssessment,
  writeKeyMessage,
  type AssessmentStore,
  type ClosingCondition,
  type ConsultationStore,
  type EvaluationStore,
  type EventRecords,
  type KeyMessageStore,
  type OrderStore,
  type ReleaseStore,
  type JudgingPack,
} from '#respond';
import type { JudgingDesk } from '#server';

export interface JudgingDeskDeps {
  readonly events: OpinionEventStore;
  readonly leads: Pick<LeadStore, 'listByEvent'>;
  readonly posts: Pick<PostStore, 'listByEvent'>;
  readonly releases: Pick<ReleaseStore, 'listByEvent'>;
  readonly orders: Pick<OrderStore, 'listByEvent'>;
  readonly countdowns: Pick<CountdownStore, 'listByEvent'>;
  readonly assessments: AssessmentStore;
  readonly consultations: ConsultationStore;
  readonly keyMessages: KeyMessageStore;
  readonly evaluations: EvaluationStore;
  readonly pack: JudgingPack;
  readonly countdownPack: Pick<CountdownPack, 'causes'>;
  readonly readFigures: Parameters<typeof compareMessage>[3];
  readonly isDrill: boolean;
  readonly now: Now;
}

/** Texts looked at for questions and change. */
const MOST_POSTS = 5_000;

/** The way of one event from judgement to closing. */
export function createJudgingDesk(deps: JudgingDeskDeps): JudgingDesk {
  const { pack, now, isDrill } = deps;

  const eventOf = async (eventId: string): Promise<OpinionEvent> => {
    const event = await deps.events.findById(eventId);
    if (!event) throw new NotFound(deps.events.kind, eventId);
    return event;
  };
  /** Of those merged into it too: they are closed together. */
  const missedOf = async (event: OpinionEvent) => {
    const ids = [event.id, ...mergedFrom(event)];
    const found = await Promise.all(ids.map(async (id) => await deps.countdowns.listByEvent(id)));
    return found.flat().filter(wasMissed);
  };
  const recordsOf = async (event: OpinionEvent): Promise<EventRecords> => {
    const orders = await deps.orders.listByEvent(event.id);
    const isDisputed = isLeadUnitDisputed(orders);
    return {
      event: { responseValue: event.responseValue, isLeadUnitDisputed: isDisputed },
      grade: gradeOf(event),
      assessments: await deps.assessments.listByEvent(event.id),
      consultations: await deps.consultations.listByEvent(event.id),
      releases: await deps.releases.listByEvent(event.id),
      countdowns: await deps.countdowns.listByEvent(event.id),
      unexplained: (await missedOf(event)).filter((one) => owesCause(one, deps.countdownPack)),
      evaluation: await deps.evaluations.findByEvent(event.id),
      factTrack: factTrackOf(orders),
    };
  };
  // By the leads, which hold all posts: a list that ends at some number would end before the newest.
  const trackingGaps = (leads: readonly Lead[], records: EventRecords) =>
    trackingConditions(
      leads.flatMap((lead) => lead.posts.map(({ publishedAt }) => publishedAt)),
      records.factTrack,
      pack.evaluations.tracking,
      now(),
    );
  const focusOf = ({ assessments }: EventRecords): string[] =>
    assessments.findLast(({ confirmed }) => confirmed)?.focusQuestions.map(({ text }) => text) ??
    [];

  return {
    async read(eventId, person) {
      const event = await eventOf(eventId);
      const records = await recordsOf(event);
      const leads = await deps.leads.listByEvent(eventId);
      const posts = await tonedPosts(eventId, leads);
      const keyMessages = await deps.keyMessages.listByEvent(eventId);
      const published = records.releases.filter((one) => one.published !== undefined);
      const questions = findQuestions(posts, pack.questions);
      const focus = focusOf(records);
      const asked = focus.length > 0 ? focus : questions.map(({ text }) => text);
      const newest = keyMessages.at(-1);
      const known = event.figures.filter(({ isCredible }) => isCredible);
      return {
        path: eventPath(records, pack),
        questions,
        assessments: records.assessments,
        consultations: records.consultations,
        keyMessages,
        differences: newest
          ? compareMessage(newest, records.releases, known, deps.readFigures)
          : [],
        changes: published.flatMap((release) => {
          const publishedAt = release.published?.at;
          if (!publishedAt) return [];
          const postedAt = posts.map((post) => post.publishedAt);
          return {
            release,
            publishedAt,
            windows: aroundRelease(publishedAt, posts, pack, now()),
            secondPeak: secondPeak(publishedAt, postedAt, pack.evaluations.secondPeak),
          };
        }),
        openQuestions: openQuestions(asked, published, pack.questions),
        conditions: closingConditions(records, pack),
        missed: (await missedOf(event)).map((countdown) => ({
          countdown,
          owesCause: owesCause(countdown, deps.countdownPack),
        })),
        trackingConditions: trackingGaps(leads, records),
        evaluation: records.evaluation,
        needsRetrospective: pack.evaluations.retrospectiveAt.includes(records.grade),
        sinceClosing: postsSince(leads, records.evaluation?.closed?.at),
        may: event.state === 'merged' ? [] : mayOf(person, records, pack),
      };
    },

    async act({ eventId, body, actor, at }) {
      const event = await eventOf(eventId);
      demandUnmerged(event);
      const isEnding = body.kind === 'closeEvent' || body.kind === 'reopenEvent';
      if (event.state === 'closed' && !isEnding) {
        throw new Refused('EVENT_CLOSED', '事件已经结案，记录不再改动；有新情况的，先重启');
      }
      const on = { event: { id: eventId, isDrill }, actor, at };
      const grade = gradeOf(event);
      const { kind } = body;
      if (kind === 'writeAssessment') {
        const posts = await deps.posts.listByEvent(eventId, MOST_POSTS);
        await writeAssessment(deps, { ...on, draft: body.draft, posts });
      } else if (kind === 'confirmAssessment') {
        await demandOwn(deps.assessments, body.assessmentId, eventId);
        await confirmAssessment(deps, { ...on, assessmentId: body.assessmentId });
      } else if (kind === 'callConsultation') {
        await callConsultation(deps, { ...on, call: body.call });
      } else if (kind === 'endConsultation') {
        const { consultationId, result } = body;
        await demandOwn(deps.consultations, consultationId, eventId);
        await endConsultation(deps, { ...on, consultationId, result });
      } else if (kind === 'writeKeyMessage') {
        await writeKeyMessage(deps, { ...on, draft: body.draft });
      } else if (kind === 'approveKeyMessage') {
        const { keyMessageId, contentDigest } = body;
        await demandOwn(deps.keyMessages, keyMessageId, eventId);
        await approveKeyMessage(deps, { ...on, keyMessageId, contentDigest, grade });
      } else if (kind === 'endTracking') {
        const leads = await deps.leads.listByEvent(eventId);
        const unmet = missingOf(trackingGaps(leads, await recordsOf(event)));
        await endTracking(deps, { ...on, unmet, reason: body.reason });
      } else if (kind === 'evaluate') {
        const focusQuestions = focusOf(await recordsOf(event));
        const { retrospective, ...told } = body.draft;
        const draft = { ...told, ...(retrospective && { retrospective }) };
        await evaluate(deps, { ...on, draft, grade, focusQuestions });
      } else if (kind === 'reopenEvent') {
        const { evaluation } = await recordsOf(event);
        // What a crash left between the two writes is finished by asking once more.
        demandRole(actor, pack.closing.reopeners, '重启');
        const isHalfDone = evaluation && !evaluation.closed && event.state === 'closed';
        if (!isHalfDone) await recordReopening(deps, { ...on, reason: body.reason });
        await reopenEvent(deps.events, eventId);
      } else {
        const records = await recordsOf(event);
        demandRole(actor, pack.closing.closers, '结案');
        // What a crash left between the two writes is finished by closing once more.
        if (!records.evaluation?.closed || event.state === 'closed') {
          const conditions = closingConditions(records, pack);
          await recordClosing(deps, {
            ...on,
            unmet: missingOf(conditions),
            indispensable: missingOf(conditions.filter((one) => one.isIndispensable)),
            reason: body.reason,
          });
        }
        await closeEvent(deps.events, eventId);
      }
    },
  };

  async function tonedPosts(eventId: string, leads: readonly Lead[]) {
    const posts = await deps.posts.listByEvent(eventId, MOST_POSTS);
    const tones = new Map(
      leads.flatMap((lead) =>
        lead.posts.map(({ postId, proposals }) => [postId, proposals?.sentiment.value] as const),
      ),
    );
    return posts.map(({ id, title, text, publishedAt }) => {
      const tone = tones.get(id);
      return {
        id,
        title,
        text,
        publishedAt,
        isNegative: tone === undefined ? undefined : tone === 'negative',
      };
    });
  }
}

/** What came in after the closing, for whoever asks whether it was too early. */
function postsSince(leads: readonly Lead[], closedAt: Date | undefined) {
  if (!closedAt) return undefined;
  const times = leads.flatMap(({ posts }) =>
    posts.flatMap(({ fetchedAt }) => (fetchedAt > closedAt ? fetchedAt.getTime() : [])),
  );
  if (times.length === 0) return undefined;
  return { posts: times.length, newestAt: new Date(Math.max(...times)) };
}

const missingOf = (conditions: readonly ClosingCondition[]): string[] =>
  conditions.flatMap(({ isMet, missing }) => (isMet ? [] : [missing]));

async function demandOwn(
  store: {
    readonly kind: string;
    findById(id: string): Promise<{ readonly eventId: string } | undefined>;
  },
  id: string,
  eventId: string,
): Promise<void> {
  const found = await store.findById(id);
  if (found?.eventId !== eventId) throw new NotFound(store.kind, id);
}

/** Acts whose role and state this person meets; the acts themselves decide. */
function mayOf(person: Person, { evaluation, grade }: EventRecords, pack: JudgingPack): string[] {
  const { assessments, consultations, keyMessages } = pack;
  const ending = endingStepsOpenTo(evaluation, person, pack);
  if (evaluation?.closed) return [...ending];
  const isGrave = grade === 'L1' || grade === 'L2';
  const approvers = isGrave ? keyMessages.graveApprovers : keyMessages.approvers;
  const open: [string, readonly Role[]][] = [
    ['writeAssessment', assessments.assessors],
    ['confirmAssessment', assessments.confirmers],
    ['callConsultation', consultations.callers],
    ['endConsultation', consultations.callers],
    ['writeKeyMessage', keyMessages.writers],
    ['approveKeyMessage', approvers],
  ];
  const may = open.flatMap(([kind, roles]) => (hasRole(person, ...roles) ? kind : []));
  return [...may, ...ending];
}
