import { actorOf, amend, beijingMinute, hasRole, idOf, Refused, type Person } from '#core';
import type { ConferenceDeps } from '../ports.ts';
import type { ReviewPack } from '../review-pack.ts';
import { whyNotLink } from '../web-link.ts';
import { withNote } from '../with-note.ts';
import { CONFERENCE_STATE_NAMES, CONFERENCE_STEP_NAMES, rolesInWords } from '../words.ts';
import type { ConferencePlan, PressConference } from './conference.ts';
import { held, type ConferenceDraft } from './record-conference.ts';

/** A plan as a person writes it. */
export interface PlanDraft extends ConferencePlan {
  readonly mode: PressConference['mode'];
  readonly place: string;
  readonly host: string;
  readonly spokesperson: string;
}

export const CONFERENCE_STEPS = ['revise', 'approve', 'announce', 'hold', 'cancel'] as const;
export type ConferenceStep = (typeof CONFERENCE_STEPS)[number];

export type ConferenceStepTaken =
  | { readonly step: 'revise'; readonly plan: PlanDraft }
  | { readonly step: 'approve'; readonly opinion: string }
  | { readonly step: 'announce'; readonly link: string }
  | { readonly step: 'hold'; readonly conference: ConferenceDraft }
  | { readonly step: 'cancel'; readonly reason: string };

interface Acting {
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

type Roles = 'planners' | 'approvers' | 'recorders';
const BY: Readonly<Record<ConferenceStep, Roles>> = {
  revise: 'planners',
  approve: 'approvers',
  announce: 'recorders',
  hold: 'recorders',
  cancel: 'recorders',
};

export const mayPlanConference = (person: Person, { conferences }: ReviewPack): boolean =>
  hasRole(person, ...conferences.planners);

/** Steps of a planned conference that this person may take now. */
export const conferenceStepsOpenTo = (
  conference: PressConference,
  person: Person,
  pack: ReviewPack,
): readonly ConferenceStep[] =>
  CONFERENCE_STEPS.filter((step) => !whyNotStep(conference, step, person, pack));

/** The rule that forbids this person the step; undefined when none does. */
export function whyNotStep(
  conference: PressConference,
  step: ConferenceStep,
  person: Person,
  { conferences }: ReviewPack,
): Refused | undefined {
  const { state, approval } = conference;
  const name = CONFERENCE_STEP_NAMES[step];
  const isOpen = state === 'planned' || (state === 'announced' && step !== 'announce');
  if (!isOpen || (step === 'approve' && approval !== undefined)) {
    const rule = `发布会${approval ? '方案已批准，' : ''}${CONFERENCE_STATE_NAMES[state]}，不能${name}`;
    return new Refused('CONFERENCE_STEP_REFUSED', rule);
  }
  const roles = conferences[BY[step]];
  if (!hasRole(person, ...roles)) {
    return new Refused('ROLE_NEEDED', `${name}须为${rolesInWords(roles)}`, 'forbidden');
  }
  if (step === 'approve' && conference.planners?.includes(person.id)) {
    return new Refused('OWN_PLAN', '拟方案的人不得审批自己的方案', 'forbidden');
  }
  // Held without approval is a fact, and is put on record as one; announcing it is a choice.
  if (step === 'announce' && !approval) {
    return new Refused('APPROVAL_NEEDED', '方案还没有审批，不能发布预告');
  }
  return undefined;
}

/** @throws {Refused} when a rule forbids it */
export function newPlan(
  { event, plan, actor, at }: PlanRequest,
  { conferences }: ReviewPack,
): PressConference {
  if (!hasRole(actor, ...conferences.planners)) {
    const rule = `拟发布会方案须为${rolesInWords(conferences.planners)}`;
    throw new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  demandWhole(plan, at);
  const planned: PressConference = {
    ...partsOf(plan),
    planners: [actor.id],
    id: idOf('conference', event.id, 'plan', plan.plannedAt.toISOString(), plan.place),
    revision: 1,
    effects: [],
    eventId: event.id,
    isDrill: event.isDrill,
    recordLink: '',
    state: 'planned',
    history: [],
    createdAt: at,
  };
  return noted(planned, { actor, at }, `拟定发布会方案：${summaryOf(plan)}`);
}

export interface PlanRequest extends Acting {
  readonly event: { readonly id: string; readonly isDrill: boolean };
  readonly plan: PlanDraft;
}

/** @throws {Refused} */
export async function planConference(
  { conferences, pack }: ConferenceDeps,
  request: PlanRequest,
): Promise<PressConference> {
  const planned = newPlan(request, pack);
  if (await conferences.create(planned)) return planned;
  // Sent twice: the first stands.
  return (await conferences.findById(planned.id)) ?? planned;
}

/** @throws {Refused | NotFound} */
export async function takeConferenceStep(
  { conferences, pack }: ConferenceDeps,
  {
    conferenceId,
    taken,
    ...acting
  }: Acting & {
    readonly conferenceId: string;
    readonly taken: ConferenceStepTaken;
  },
): Promise<PressConference> {
  return await amend(conferences, conferenceId, (conference) =>
    withStep(conference, taken, acting, pack),
  );
}

/** @throws {Refused} when a rule forbids it */
export function withStep(
  conference: PressConference,
  taken: ConferenceStepTaken,
  acting: Acting,
  pack: ReviewPack,
): PressConference {
  const { actor, at } = acting;
  const refusal = whyNotStep(conference, taken.step, actor, pack);
  if (refusal) throw refusal;
  const by = actorOf(actor);
  if (taken.step === 'revise') {
    demandWhole(taken.plan, at);
    const { approval: _void, announced: _gone, ...before } = conference;
    const planners = [...new Set([...(before.planners ?? []), actor.id])];
    const parts = { ...partsOf(taken.plan), planners };
    const revised: PressConference = { ...before, ...parts, state: 'planned' };
    return noted(revised, acting, `修改发布会方案：${summaryOf(taken.plan)}`);
  }
  if (taken.step === 'approve') {
    const { opinion } = taken;
    if (opinion.trim() === '') throw new Refused('OPINION_NEEDED', '没有写审批意见', 'invalid');
    const approved = { ...conference, approval: { at, by, opinion } };
    return noted(approved, acting, `批准发布会方案：${opinion}`);
  }
  if (taken.step === 'announce') {
    const wrong = taken.link === '' ? undefined : whyNotLink(taken.link);
    if (wrong) throw wrong;
    const announced = { at, by, link: taken.link };
    return noted({ ...conference, announced, state: 'announced' }, acting, '发布会预告已发布');
  }
  if (taken.step === 'cancel') {
    const cancelReason = taken.reason.trim();
    if (cancelReason === '') throw new Refused('CANCEL_REASON', '取消须写明原因', 'invalid');
    const cancelled: PressConference = { ...conference, cancelReason, state: 'cancelled' };
    return noted(cancelled, acting, `取消发布会：${cancelReason}`);
  }
  const { eventId, isDrill } = conference;
  const request = { event: { id: eventId, isDrill }, conference: taken.conference, actor, at };
  return held(conference, request, pack);
}

const partsOf = ({ mode, place, host, spokesperson, ...plan }: PlanDraft) => ({
  mode,
  place,
  host,
  spokesperson,
  plan,
});

const summaryOf = ({ title, plannedAt, place, spokesperson }: PlanDraft): string =>
  `${title}，${beijingMinute(plannedAt)} ${place}，发言人${spokesperson}`;

function demandWhole({ title, place, spokesperson, plannedAt }: PlanDraft, at: Date): void {
  if ([title, place, spokesperson].some((text) => text.trim() === '')) {
    throw new Refused('PLAN_INCOMPLETE', '名称、地点、发言人都要写', 'invalid');
  }
  if (plannedAt <= at) throw new Refused('PLAN_PAST', '拟举行的时间须晚于现在', 'invalid');
}

const noted = (conference: PressConference, { actor, at }: Acting, what: string): PressConference =>
  withNote(conference, 'conference', { actor: actorOf(actor), at, what });
