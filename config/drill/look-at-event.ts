import { isAtLeast } from '#core';
import { EventView } from '#contract';
import type { ActOf } from './act.ts';
import { done, ready, waits, type Look, type Standing } from './standing.ts';

const ENDED = new Set(['satisfied', 'satisfiedLate', 'cancelled', 'waived']);

const readEvent = async ({ desk, eventId }: Look): Promise<EventView> =>
  await desk.get(`events/${eventId}`, EventView);

/** 确认预警 */
export async function lookAtAlert(look: Look<ActOf<'acknowledge'>>): Promise<Standing> {
  const event = await readEvent(look);
  const alerts = event.alerts.filter(
    ({ about, grade }) => about === 'event' && isAtLeast(grade, look.act.grade),
  );
  const fired = alerts.find(({ state }) => state === 'fired');
  if (fired) return ready(`alerts/${fired.id}/acknowledgement`, {});
  const taken = alerts.find(({ acknowledgedBy }) => acknowledgedBy);
  return taken ? done(`${taken.acknowledgedBy}已经确认`) : waits('还没有预警');
}

/** 签收联合通知 */
export async function lookAtJointNotice(look: Look<ActOf<'signJoint'>>): Promise<Standing> {
  const { alerts } = await readEvent(look);
  const asked = alerts.flatMap(({ id, everyone }) =>
    everyone.filter(({ name }) => name === look.act.name).map((one) => ({ id, ...one })),
  );
  const open = asked.find(({ acknowledgedAt }) => !acknowledgedAt);
  if (open) return ready(`alerts/${open.id}/acknowledgement`, {});
  return asked.length > 0 ? done('已经签收') : waits('还没有联合通知');
}

/** 只在变坏时再叫 */
export async function lookAtRest(look: Look): Promise<Standing> {
  const { alerts } = await readEvent(look);
  const own = alerts.find(({ about }) => about === 'event');
  if (!own) return waits('还没有预警');
  if (own.restingFor) return done(`${own.restingFor}已经要求`);
  return own.state === 'acknowledged' ? ready(`alerts/${own.id}/rest`, {}) : waits('还没有人确认');
}

/** 确认等级 */
export async function lookAtGrade(look: Look<ActOf<'confirmGrade'>>): Promise<Standing> {
  const { act, eventId } = look;
  const event = await readEvent(look);
  const decided = event.confirmedGrade;
  if (decided && isAtLeast(decided, act.grade)) return done(`已经有人定为${decided}`);
  if (event.proposal.grade !== act.grade) {
    return isAtLeast(event.proposal.grade, act.grade)
      ? done('建议等级已经更高')
      : waits('建议等级还没有到');
  }
  if (!event.may.includes('confirmGrade')) return waits('这一角色现在不能确认');
  return ready(`events/${eventId}/grade`, { grade: act.grade, reason: act.reason });
}

/** 办理记录: asked for by the countdown it meets. */
export async function lookAtRecord(look: Look<ActOf<'record'>>): Promise<Standing> {
  const { act, eventId, body, now } = look;
  const { allCountdowns } = await readEvent(look);
  const named = allCountdowns.filter(({ name }) => name === act.meets);
  const open = named.find(({ state }) => !ENDED.has(state));
  if (open) return ready(`events/${eventId}/duty-acts`, { ...body, doneAt: now.toISOString() });
  return named.length > 0 ? done(`${act.meets}已经了结`) : waits(`${act.meets}还没有起算`);
}

/** 超时原因 */
export async function lookAtCause(look: Look<ActOf<'explain'>>): Promise<Standing> {
  const { act, body } = look;
  const { allCountdowns } = await readEvent(look);
  const named = allCountdowns.filter(({ code }) => code === act.code);
  const owing = named.find(({ owesCause }) => owesCause);
  if (owing) return ready(`countdowns/${owing.id}/causes`, body);
  const explained = named.flatMap(({ causes }) => causes).at(-1);
  if (explained) return done(`${explained.by}已经写明`);
  const isOver = named.length > 0 && named.every(({ state }) => ENDED.has(state));
  return isOver ? done('没有超时，不必写明') : waits('还没有超时');
}
