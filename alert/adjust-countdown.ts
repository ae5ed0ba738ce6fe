import {
  actorOf,
  amend,
  auditEffect,
  beijingMinute,
  hasRole,
  newId,
  Refused,
  ROLE_WORDS,
  type Person,
  type Role,
} from '#core';
import type { Countdown } from './countdown.ts';
import type { CountdownPack } from './countdown-pack.ts';
import { isOpen, withNote } from './countdown-state.ts';
import type { CountdownStore } from './ports.ts';

/** A reason shorter than this explains nothing. */
const LEAST_REASON = 10;

type Adjusting = Pick<CountdownPack, 'adjusting'>;

interface Act {
  readonly actor: Person;
  readonly reason: string;
  readonly at: Date;
}

export interface AdjustmentRequest extends Act {
  /** The managed due time asked for. */
  readonly until: Date;
}

export interface AdjustmentAnswer extends Act {
  readonly adjustmentId: string;
  readonly isApproved: boolean;
}

/** What this person may do to the countdown now: askForTime, answerTime, waive. */
export function mayAdjust(
  countdown: Countdown,
  person: Person,
  { adjusting }: Adjusting,
): ('askForTime' | 'answerTime' | 'waive')[] {
  if (!isOpen(countdown)) return [];
  const waiting = waitingOf(countdown);
  const mayAnswer =
    waiting && waiting.requestedBy.personId !== person.id && hasRole(person, ...adjusting.approve);
  return [
    ...(!waiting && hasRole(person, ...adjusting.request) ? (['askForTime'] as const) : []),
    ...(mayAnswer ? (['answerTime'] as const) : []),
    ...(hasRole(person, ...adjusting.waive) ? (['waive'] as const) : []),
  ];
}

/** The request that nobody has answered yet. */
const waitingOf = ({ adjustments = [] }: Countdown) =>
  adjustments.find(({ decidedBy }) => !decidedBy);

/**
 * Asks for a later managed due time; the statutory one and its warnings stay where they are.
 *
 * @throws {Refused} when the role, the reason or a later time is missing
 */
export function askForTime(
  countdown: Countdown,
  request: AdjustmentRequest,
  pack: Adjusting,
): Countdown {
  const { actor, reason, until, at } = request;
  demandRole(actor, pack.adjusting.request, '申请推迟');
  demandOpen(countdown);
  demandReason(reason);
  if (until <= countdown.managedDueAt) {
    throw new Refused('ADJUSTMENT_NOT_LATER', '申请的时间须晚于现在的内部要求时间', 'invalid');
  }
  if (waitingOf(countdown)) throw new Refused('ADJUSTMENT_WAITS', '已有一份申请待批准');
  const adjustment = { id: newId(), until, requestedBy: actorOf(actor), requestedAt: at, reason };
  const adjustments = [...(countdown.adjustments ?? []), adjustment];
  return acted({ ...countdown, adjustments }, request, `申请推迟到${beijingMinute(until)}`);
}

/**
 * The answer of another person: only then does the managed due time move.
 *
 * @throws {Refused} by the person who asked, or when there is nothing to answer
 */
export function answerTime(
  countdown: Countdown,
  answer: AdjustmentAnswer,
  pack: Adjusting,
): Countdown {
  const { actor, reason, isApproved, at } = answer;
  const asked = waitingOf(countdown);
  if (!asked || asked.id !== answer.adjustmentId) {
    throw new Refused('NO_ADJUSTMENT_ASKED', '没有待批准的推迟申请');
  }
  demandRole(actor, pack.adjusting.approve, '批准推迟');
  demandOpen(countdown);
  if (asked.requestedBy.personId === actor.id) {
    throw new Refused('SECOND_PERSON_NEEDED', '推迟须由申请人以外的人批准', 'forbidden');
  }
  const decided = {
    ...asked,
    decidedBy: actorOf(actor),
    decidedAt: at,
    isApproved,
    answer: reason,
  };
  const adjustments = (countdown.adjustments ?? []).map((one) => (one === asked ? decided : one));
  const moved = { ...countdown, adjustments, ...(isApproved && { managedDueAt: asked.until }) };
  const what = isApproved ? '批准内部要求时间推迟到' : '不同意推迟到';
  return acted(moved, answer, `${what}${beijingMinute(asked.until)}`);
}

/**
 * 豁免: the principal releases from the duty. A breach that happened stays on record.
 *
 * @throws {Refused} when the role or the reason is missing
 */
export function waive(countdown: Countdown, act: Act, pack: Adjusting): Countdown {
  const { actor, reason, at } = act;
  demandRole(actor, pack.adjusting.waive, '豁免');
  demandOpen(countdown);
  demandReason(reason);
  const waiver = { by: actorOf(actor), at, reason };
  return acted({ ...countdown, state: 'waived', waiver }, act, '豁免');
}

interface Deps {
  readonly countdowns: CountdownStore;
  readonly pack: Adjusting;
}

/** Stores a request for time. @throws {Refused | NotFound} */
export const storeRequest = async (
  { countdowns, pack }: Deps,
  { countdownId, ...request }: AdjustmentRequest & { readonly countdownId: string },
): Promise<Countdown> =>
  await amend(countdowns, countdownId, (found) => askForTime(found, request, pack));

/** Stores the answer to a request. @throws {Refused | NotFound} */
export const storeAnswer = async (
  { countdowns, pack }: Deps,
  { countdownId, ...answer }: AdjustmentAnswer & { readonly countdownId: string },
): Promise<Countdown> =>
  await amend(countdowns, countdownId, (found) => answerTime(found, answer, pack));

/** Stores a waiver. @throws {Refused | NotFound} */
export const storeWaiver = async (
  { countdowns, pack }: Deps,
  { countdownId, ...act }: Act & { readonly countdownId: string },
): Promise<Countdown> => await amend(countdowns, countdownId, (found) => waive(found, act, pack));

function demandRole(actor: Person, roles: readonly Role[], what: string): void {
  if (hasRole(actor, ...roles)) return;
  const words = roles.map((role) => ROLE_WORDS[role]).join('、');
  throw new Refused('ROLE_NEEDED', `${what}须是：${words}`, 'forbidden');
}

function demandOpen(countdown: Countdown): void {
  if (!isOpen(countdown)) throw new Refused('COUNTDOWN_ENDED', '这项时限已经结束');
}

function demandReason(reason: string): void {
  if (reason.trim().length >= LEAST_REASON) return;
  throw new Refused('REASON_TOO_SHORT', `理由至少写${LEAST_REASON}个字`, 'invalid');
}

function acted(countdown: Countdown, { actor, reason, at }: Act, what: string): Countdown {
  const { id, eventId, name } = countdown;
  const audit = auditEffect({
    at,
    actor: actorOf(actor),
    act: `${what}：${name}`,
    target: `countdown:${id}`,
    ...(eventId && { eventId }),
    detail: reason,
  });
  const noted = withNote(countdown, at, `${actor.name}${what}：${reason}`);
  return { ...noted, effects: [...noted.effects, audit] };
}
