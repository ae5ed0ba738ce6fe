import { NotFound, type NationalCalendar, type Now } from '#core';
import { demandUnmerged, gradeOf } from '#analyze';
import type { ChannelKind } from '#alert';
import {
  conferenceStepsOpenTo,
  createBreachSupervision,
  createEventSupervision,
  issueOrders,
  mayIssueOrders,
  mayPlanConference,
  mayRecordConference,
  maySupervise,
  openSupervision,
  owesJointOrders,
  planConference,
  recordConference,
  stepsOpenTo,
  supervisionOffice,
  supervisionStepsOpenTo,
  takeConferenceStep,
  takeOrderStep,
  takeSupervisionStep,
  tickOrders,
  tickSupervision,
  type OrderDeps,
  type OrderDraft,
  type SupervisionDeps,
} from '#respond';
import type { Commands, Rules } from '#server';
import type { Backend } from './backends/embedded.ts';
import type { readPacks } from './packs.ts';
import type { LinkTo } from './link-to.ts';

/** What people do about an event: conferences, handling orders, and who must answer for them. */
export function createHandlingDesk(parts: {
  readonly backend: Pick<
    Backend,
    'orders' | 'supervisions' | 'conferences' | 'consultations' | 'people' | 'events'
  >;
  readonly packs: Pick<
    ReturnType<typeof readPacks>,
    'orders' | 'supervision' | 'review' | 'countdowns' | 'responsibility'
  >;
  readonly calendar: NationalCalendar;
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly now: Now;
  readonly isDrill: boolean;
  readonly linkTo: LinkTo;
}) {
  const { backend, packs, calendar, channels, now, isDrill, linkTo } = parts;
  const { orders, supervisions, people } = backend;
  const handling: OrderDeps = {
    orders,
    people,
    pack: packs.orders,
    arming: { pack: packs.countdowns, calendar },
    channels,
    linkFor: (claim) => linkTo('o', claim),
  };
  const supervising: SupervisionDeps = {
    supervisions,
    orders,
    people,
    pack: packs.supervision,
    calendar,
    channels,
    linkFor: (claim) => linkTo('s', claim),
    now,
  };
  const conferring = { conferences: backend.conferences, pack: packs.review };
  /** @throws {NotFound} */
  const onEvent = async (eventId: string) => {
    const event = await backend.events.findById(eventId);
    if (event) return event;
    throw new NotFound(backend.events.kind, eventId);
  };
  /** An order carries out only what was decided on its event. @throws {NotFound} */
  const demandDecided = async (drafts: readonly OrderDraft[], eventId: string): Promise<void> => {
    const named = drafts.flatMap(({ decisionId }) => decisionId ?? []);
    if (named.length === 0) return;
    const held = await backend.consultations.listByEvent(eventId);
    const decided = held.flatMap(({ result }) => result?.decisions.map(({ id }) => id) ?? []);
    const stray = named.find((id) => !decided.includes(id));
    if (stray !== undefined) throw new NotFound('会商决定', stray);
  };
  const commands: Pick<
    Commands,
    | 'recordConference'
    | 'planConference'
    | 'takeConferenceStep'
    | 'issueOrders'
    | 'takeOrderStep'
    | 'openSupervision'
    | 'takeSupervisionStep'
  > = {
    async recordConference({ eventId, ...act }) {
      const { id } = await onEvent(eventId);
      return await recordConference(conferring, { ...act, event: { id, isDrill } });
    },
    async planConference({ eventId, ...act }) {
      const event = await onEvent(eventId);
      demandUnmerged(event);
      const { id } = event;
      return await planConference(conferring, { ...act, event: { id, isDrill } });
    },
    takeConferenceStep: async (act) => await takeConferenceStep(conferring, act),
    async issueOrders({ eventId, ...act }) {
      const event = await onEvent(eventId);
      demandUnmerged(event);
      await demandDecided(act.orders, eventId);
      const { id, title } = event;
      const about = { id, title, isDrill, grade: gradeOf(event) };
      return await issueOrders(handling, { ...act, event: about });
    },
    takeOrderStep: async (act) => await takeOrderStep(handling, act),
    async openSupervision({ eventId, orderId, ...act }) {
      const { title } = await onEvent(eventId);
      const target = orderId ? `order:${orderId}` : `event:${eventId}`;
      return await openSupervision(supervising, { ...act, eventId, title, target, isDrill });
    },
    takeSupervisionStep: async (act) =>
      await takeSupervisionStep(supervisions, await supervisionOffice(supervising), act),
  };
  const rules: Pick<
    Rules,
    | 'mayRecordConference'
    | 'mayPlanConference'
    | 'conferenceStepsOpenTo'
    | 'mayIssueOrders'
    | 'owesJointOrders'
    | 'orderStepsOpenTo'
    | 'maySupervise'
    | 'supervisionStepsOpenTo'
    | 'responsibleUnits'
  > = {
    mayRecordConference: (person) => mayRecordConference(person, packs.review),
    mayPlanConference: (person) => mayPlanConference(person, packs.review),
    conferenceStepsOpenTo: (conference, person) =>
      conferenceStepsOpenTo(conference, person, packs.review),
    owesJointOrders: (event, found) => owesJointOrders(gradeOf(event), found, packs.orders),
    mayIssueOrders: (person) => mayIssueOrders(person, packs.orders),
    orderStepsOpenTo: (order, person, at) => stepsOpenTo(order, person, packs.orders, at),
    maySupervise: (person) => maySupervise(person, packs.supervision),
    supervisionStepsOpenTo: (order, person) =>
      supervisionStepsOpenTo(order, person, packs.supervision),
    responsibleUnits: packs.responsibility.rules.flatMap(({ leadUnit, assistUnits }) => [
      leadUnit,
      ...(assistUnits ?? []),
    ]),
  };
  return {
    ordering: handling,
    commands,
    rules,
    eventStage: createEventSupervision(supervising),
    breachStage: createBreachSupervision(supervising),
    tickOrders: async () => await tickOrders({ orders, now }),
    tickSupervision: async () => await tickSupervision(supervising),
  };
}
