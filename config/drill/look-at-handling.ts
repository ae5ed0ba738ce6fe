import { z } from 'zod';
import {
  ConferenceView,
  JudgingView,
  OrdersView,
  ReleaseView,
  SupervisionView,
  type OrderView,
} from '#contract';
import type { ActOf } from './act.ts';
import { done, ready, waits, type Look, type Standing } from './standing.ts';

/** 交办: once for all tracks. */
export async function lookAtCommand(look: Look<ActOf<'issueOrders'>>): Promise<Standing> {
  const { act, desk, eventId, body } = look;
  const path = `events/${eventId}/orders`;
  const { orders } = await desk.get(path, OrdersView);
  const first = orders[0];
  if (first) return done(`${first.issued.by}已经交办`);
  const { consultations } = await desk.get(`events/${eventId}/judging`, JudgingView);
  const decisions = consultations.flatMap(({ result }) => result?.decisions ?? []);
  // In the order of the body; a decision that nobody took, or took in other words, leaves its order without one.
  const decided = act.carriesOut.map((text) => decisions.find((one) => one.text === text)?.id);
  const drafts = z.array(z.record(z.string(), z.unknown())).parse(body['orders']);
  return ready(path, {
    ...body,
    orders: drafts.map((draft, index) => ({ ...draft, decisionId: decided[index] })),
  });
}

type OrderStep = ActOf<'orderStep'>['step'];
const because = (is: boolean, says: string): string | undefined => (is ? says : undefined);

/** Whether a step's time is past, in words; undefined while it may still come. */
const PAST: Readonly<Record<OrderStep, (order: OrderView) => string | undefined>> = {
  accept: ({ accepted, isAcceptedBySilence }) =>
    because(accepted !== undefined && !isAcceptedBySilence, `${accepted?.by}已经签收`),
  return: ({ returns, accepted }) =>
    because(returns.length > 0, `${returns[0]?.by}已经退回`) ??
    because(accepted !== undefined, '已经签收，不再退回'),
  reassign({ state, returns, accepted }) {
    if (state === 'returned') return undefined;
    return (
      because(returns.length > 0, '已经重新指派') ??
      because(accepted !== undefined, '没有退回，不必指派')
    );
  },
  progress: ({ progress, result }) =>
    because(progress.length > 0, `${progress[0]?.by}已经报过进展`) ??
    because(result !== undefined, '已经提交结果'),
  submit: ({ result, state }) =>
    because(result !== undefined && state !== 'sentBack', `${result?.by}已经提交`),
  verify: ({ state }) => because(state === 'verified' || state === 'done', '已经核实'),
  finish: ({ state }) => because(state === 'done', '已经办结'),
};

/** 处置单的一步 */
export async function lookAtOrder(look: Look<ActOf<'orderStep'>>): Promise<Standing> {
  const { act, desk, eventId, body } = look;
  const { orders } = await desk.get(`events/${eventId}/orders`, OrdersView);
  const ofTrack = orders.filter(({ track }) => track === act.track);
  const pastOf = PAST[act.step];
  const open = ofTrack.find((order) => order.may.includes(act.step) && !pastOf(order));
  if (open) return ready(`orders/${open.id}/steps`, { step: act.step, ...body });
  if (ofTrack.length === 0) return waits('还没有交办');
  const past = ofTrack.map(pastOf);
  return past.every((says) => says !== undefined)
    ? done(past.join('；'))
    : waits(`处置单${ofTrack.map(({ stateName }) => stateName).join('、')}`);
}

const releaseOf = async ({
  act,
  desk,
  eventId,
}: Look<ActOf<'draftRelease' | 'signRelease' | 'publishRelease'>>) => {
  const found = await desk.get(`events/${eventId}/releases`, z.array(ReleaseView));
  return found.filter(({ kind, corrects }) => kind === act.release && !corrects).at(-1);
};

/** 拟稿 */
export async function lookAtDraft(look: Look<ActOf<'draftRelease'>>): Promise<Standing> {
  const drafted = await releaseOf(look);
  if (drafted) return done(`${drafted.drafter}已经拟稿`);
  return ready(`events/${look.eventId}/releases`, { ...look.body, kind: look.act.release });
}

/** 审查签署 */
export async function lookAtSignature(look: Look<ActOf<'signRelease'>>): Promise<Standing> {
  const release = await releaseOf(look);
  if (!release) return waits('还没有拟稿');
  const step = release.steps.find((one) => one.step === look.act.step);
  if (!step) return done('这一步不需要');
  if (step.verdict === 'agreed') return done(`${step.signedBy}已经签署`);
  if (release.published) return done('已经登记发布');
  if (!step.maySign) return waits(release.missing.join('；') || '还不能签署');
  const { contentDigest } = release;
  const signature = { step: step.step, verdict: 'agreed', contentDigest, ...look.body };
  return ready(`releases/${release.id}/signatures`, signature);
}

/** 登记发布 */
export async function lookAtPublication(look: Look<ActOf<'publishRelease'>>): Promise<Standing> {
  const release = await releaseOf(look);
  if (!release) return waits('还没有拟稿');
  if (release.published) return done(`${release.published.by}已经登记发布`);
  if (!release.mayPublish) return waits(release.missing.join('；') || '还不能登记发布');
  const { contentDigest } = release;
  return ready(`releases/${release.id}/publication`, { contentDigest, ...look.body });
}

const conferencesOf = async ({ desk, eventId }: Look): Promise<ConferenceView[]> =>
  (await desk.get(`events/${eventId}/conferences`, z.array(ConferenceView))).filter(
    ({ state }) => state !== 'cancelled',
  );

/** 拟新闻发布会方案 */
export async function lookAtPlan(look: Look): Promise<Standing> {
  const [planned] = await conferencesOf(look);
  if (planned) return done(`已经有发布会（${planned.stateName}）`);
  return ready(`events/${look.eventId}/conference-plans`, look.body);
}

/** 新闻发布会的一步 */
export async function lookAtConference(look: Look<ActOf<'conferenceStep'>>): Promise<Standing> {
  const { act, body } = look;
  const [conference] = await conferencesOf(look);
  if (!conference) return waits('还没有发布会方案');
  const { id, approval, announced, heldAt, may, stateName } = conference;
  if (heldAt) return done('发布会已经举行');
  if (act.step === 'approve' && approval) return done(`${approval.by}已经批准`);
  if (act.step === 'announce' && announced) return done(`${announced.by}已经发出预告`);
  if (!may.includes(act.step)) return waits(`发布会${stateName}`);
  return ready(`conferences/${id}/steps`, { step: act.step, ...body });
}

const SUPERVISION_STATES = ['open', 'urged', 'replied', 'verified', 'closed'];
const LEADS_TO = { reply: 'replied', verify: 'verified', close: 'closed' } as const;

/** 督办的一步 */
export async function lookAtSupervision(look: Look<ActOf<'superviseStep'>>): Promise<Standing> {
  const { act, desk, eventId, body } = look;
  const all = await desk.get(`events/${eventId}/supervisions`, z.array(SupervisionView));
  const triggered = all.filter(({ trigger }) => trigger === act.trigger);
  const open = triggered.find(({ may }) => may.includes(act.step));
  if (open) return ready(`supervisions/${open.id}/steps`, { step: act.step, ...body });
  if (triggered.length === 0) return waits('还没有督办单');
  const reached = SUPERVISION_STATES.indexOf(LEADS_TO[act.step]);
  const isPast = triggered.every(({ state }) => SUPERVISION_STATES.indexOf(state) >= reached);
  const states = triggered.map(({ stateName }) => stateName).join('、');
  return isPast ? done(`督办单${states}`) : waits(`督办单${states}`);
}
