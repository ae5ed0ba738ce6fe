import { actorOf, amend, idOf, Refused, type Effect, type Grade } from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import type { JudgingPack } from '../judging-pack.ts';
import { newNoted, notedAs, type ActOnEvent } from '../noted.ts';
import { demandEnding } from './ending-steps.ts';
import type { Evaluation, EvaluationDraft, EvaluationStore } from './evaluation.ts';

const noted = notedAs('evaluation');

export interface EvaluationDeps {
  readonly evaluations: EvaluationStore;
  readonly pack: JudgingPack;
}
export type EvaluationRequest = ActOnEvent & {
  readonly draft: EvaluationDraft;
  readonly grade: Grade;
  /** What people ask, by the last confirmed assessment. */
  readonly focusQuestions: readonly string[];
};
export type EndRequest = ActOnEvent & {
  /** Conditions that are not met, in words. */
  readonly unmet: readonly string[];
  readonly reason: string;
};
export type ClosingRequest = EndRequest & {
  /** Those of them for which no reason can stand in. */
  readonly indispensable: readonly string[];
};

export type ReopeningRequest = ActOnEvent & { readonly reason: string };

export const evaluationId = (eventId: string): string => idOf('evaluation', eventId);

export const newEvaluation = (request: ActOnEvent): Evaluation => ({
  ...newNoted(request, evaluationId(request.event.id)),
  reopened: [],
});

/** 事后监测结束; it begins the countdown of the evaluation. @throws {Refused} */
export function withTrackingEnded(
  found: Evaluation,
  request: EndRequest,
  pack: JudgingPack,
): Evaluation {
  demandEnding(found, 'endTracking', request.actor, pack);
  const { actor, at, unmet, reason } = request;
  if (unmet.length > 0 && reason.trim() === '') {
    const rule = `还不到结束的时候：${unmet.join('；')}。仍要结束须写明理由`;
    throw new Refused('TRACKING_CONDITIONS', rule);
  }
  const trackingEnded = { by: actorOf(actor), at, unmet: [...unmet], reason };
  const gaps = unmet.length > 0 ? `（未满足：${unmet.join('；')}，理由：${reason}）` : '';
  const act = actOf(found, 'trackingEnded', '事后监测结束', request);
  return noted({ ...found, trackingEnded }, request, `结束事后监测，转入评估${gaps}`, act);
}

/** The evaluation; it meets the countdown. @throws {Refused} when a rule forbids it */
export function withEvaluation(
  found: Evaluation,
  request: EvaluationRequest,
  pack: JudgingPack,
): Evaluation {
  const { draft, grade, focusQuestions, actor, at } = request;
  const { weights, retrospectiveAt } = pack.evaluations;
  demandEnding(found, 'evaluate', actor, pack);
  if (retrospectiveAt.includes(grade) && !isRetrospective(draft.retrospective)) {
    const rule = '特别重大、重大舆情须同时写复盘：原因和改进措施各至少一条';
    throw new Refused('RETROSPECTIVE_NEEDED', rule, 'invalid');
  }
  const names = Object.keys(weights) as (keyof typeof weights)[];
  const whole = names.reduce((sum, name) => sum + weights[name], 0);
  const score = names.reduce((sum, name) => sum + weights[name] * draft[name].score, 0) / whole;
  const answered = focusQuestions.filter((question) => draft.answered.includes(question));
  const evaluated = {
    by: actorOf(actor),
    at,
    draft,
    score,
    ...(focusQuestions.length > 0 && { answeredShare: answered.length / focusQuestions.length }),
  };
  const act = actOf(found, 'evaluated', '完成评估', request);
  return noted({ ...found, evaluated }, request, `评估：${score.toFixed(1)}分（满分5分）`, act);
}

/** The closing, with all that was not met. @throws {Refused} when a rule forbids it */
export function withClosing(
  found: Evaluation,
  request: ClosingRequest,
  pack: JudgingPack,
): Evaluation {
  const { actor, at, unmet, indispensable, reason } = request;
  demandEnding(found, 'closeEvent', actor, pack);
  if (indispensable.length > 0) {
    const rule = `不能结案：${indispensable.join('；')}。请先在事件页的时限处写明`;
    throw new Refused('BREACH_CAUSE_NEEDED', rule);
  }
  if (unmet.length > 0 && reason.trim() === '') {
    const rule = `还有条件没有满足：${unmet.join('；')}。仍要结案须写明理由`;
    throw new Refused('CLOSING_CONDITIONS', rule);
  }
  const closed = { by: actorOf(actor), at, unmet: [...unmet], reason };
  const gaps = unmet.length > 0 ? `，未满足：${unmet.join('；')}，理由：${reason}` : '';
  return noted({ ...found, closed }, request, `结案${gaps}`);
}

/** The event open again: what was closed stays as a round of before, and a new one begins. @throws {Refused} */
export function withReopening(
  found: Evaluation,
  request: ReopeningRequest,
  pack: JudgingPack,
): Evaluation {
  const { actor, at, reason } = request;
  demandEnding(found, 'reopenEvent', actor, pack);
  if (reason.trim() === '') throw new Refused('REASON_NEEDED', '重启须写明理由', 'invalid');
  const { trackingEnded, evaluated, closed, ...rest } = found;
  if (!closed) return found;
  const round = {
    by: actorOf(actor),
    at,
    reason,
    closed,
    ...(trackingEnded && { trackingEnded }),
    ...(evaluated && { evaluated }),
  };
  const next = { ...rest, reopened: [...found.reopened, round] };
  const act = actOf(next, 'reopened', '重启事件', request);
  return noted(next, request, `重启事件：${reason}`, act);
}

/** @throws {Refused} */
export const endTracking = async (deps: EvaluationDeps, request: EndRequest): Promise<Evaluation> =>
  change(deps, request, (found) => withTrackingEnded(found, request, deps.pack));

/** @throws {Refused} */
export const evaluate = async (
  deps: EvaluationDeps,
  request: EvaluationRequest,
): Promise<Evaluation> =>
  change(deps, request, (found) => withEvaluation(found, request, deps.pack));

/** @throws {Refused} */
export const recordClosing = async (
  deps: EvaluationDeps,
  request: ClosingRequest,
): Promise<Evaluation> => change(deps, request, (found) => withClosing(found, request, deps.pack));

/** @throws {Refused} */
export const recordReopening = async (
  deps: EvaluationDeps,
  request: ReopeningRequest,
): Promise<Evaluation> =>
  change(deps, request, (found) => withReopening(found, request, deps.pack));

async function change(
  { evaluations }: EvaluationDeps,
  request: ActOnEvent,
  step: (found: Evaluation) => Evaluation,
): Promise<Evaluation> {
  const id = evaluationId(request.event.id);
  if (!(await evaluations.findById(id))) {
    const first = step(newEvaluation(request));
    if (await evaluations.create(first)) return first;
  }
  return amend(evaluations, id, step);
}

const isRetrospective = (told: EvaluationDraft['retrospective']): boolean =>
  told !== undefined && told.rootCauses.length > 0 && told.actions.length > 0;

function actOf(
  { id, eventId, isDrill, reopened }: Evaluation,
  kind: DutyAct['kind'],
  what: string,
  { actor, at }: ActOnEvent,
): Effect {
  const act: DutyAct = {
    // Of each round one of its own: the countdown of the evaluation begins anew.
    id: idOf('act', kind, id, ...(reopened.length > 0 ? [String(reopened.length)] : [])),
    eventId,
    kind,
    doneAt: at,
    ref: `evaluation:${id}`,
    what: `${actor.name}${what}`,
    isDrill,
  };
  return { topic: ACTS_TOPIC, id: act.id, key: eventId, body: act };
}
