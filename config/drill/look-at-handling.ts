import { z } from 'zod';
import {
  ConferenceView,
  OrdersView,
  ReleaseView,
  SupervisionView,
  type OrderView,
} from '#contract';
import type { ActOf } from './act.ts';
import { done, ready, waits, type Look, type Standing } from './standing.ts';

/** 交办: once for all tracks. */
export async function lookAtCommand({ desk, eventId, body }: Look): Promise<Standing> {
  const path = `events/${eventId}/orders`;
  const { orders } = await desk.get(path, OrdersView);
  const first = orders[0];
  return first ? done(`${first.issued.by}已经交办`) : ready(path, body);
}

/** Whether a step's time is past, in words; undefined while it may still come. */
function pastOf(order: OrderView, step: ActOf<'orderStep'>['step']): string | undefined {
  const { accepted, returns, result, state } = order;
  const isVerified = state === 'verified' || state === 'done';
  switch (step) {
    case 'accept':
      return accepted && !order.isAcceptedBySilence ? `${accepted.by}已经签收` : undefined;
    case 'return':
      if (returns.length > 0) return `${returns[0]?.by}已经退回`;
      return accepted ? '已经签收，不再退回' : undefined;
    case 'reassign':
      if (state === 'returned') return undefined;
      if (returns.length > 0) return '已经重新指派';
      return accepted ? '没有退回，不必指派' : undefined;
    case 'progress':
      if (order.progress.length > 0) return `${order.progress[0]?.by}已经报过进展`;
      return result ? '已经提交结果' : undefined;
    case 'submit':
      return result && state !== 'sentBack' ? `${result.by}已经提交` : undefined;
    case 'verify':
      return isVerified ? '已经核实' : undefined;
    case 'finish':
      return state === 'done' ? '已经办结' : undefined;
  }
}

/** 处置单的一步 */
export async function lookAtOrder(look: Look<ActOf<'orderStep'>>): Promise<Standing> {
  const { act, desk, eventId, body } = look;
  const { orders } = await desk.get(`events/${eventId}/orders`, OrdersView);
  const ofTrack = orders.filter(({ track }) => track === act.track);
  const open = ofTrack.find((order) => order.may.includes(act.step) && !pastOf(order, act.step));
  if (open) return ready(`orders/${open.id}/steps`, { step: act.step, ...body });
  if (ofTrack.length === 0) return waits('还没有交办');
  const past = ofTrack.map((order) => pastOf(order, act.step));
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
