import { rolesInWords } from './words.ts';
import { owedConsultation } from './consultations/hold-consultation.ts';
import {
  closingConditions,
  isOfThisRound,
  isPublic,
  type EventRecords,
} from './evaluations/closing-conditions.ts';
import type { JudgingPack } from './judging-pack.ts';

/** One stage on the way from judgement to closing. */
export interface PathStep {
  readonly name: '研判' | '会商' | '处置' | '回应' | '评估' | '结案';
  readonly state: 'done' | 'owed' | 'open' | 'notNeeded';
  readonly says: string;
  /** Who is awaited, in words; empty when nobody is. */
  readonly awaited: string;
  readonly dueAt?: Date;
}

/** 研判 → 会商 → 处置 → 回应 → 评估 → 结案, as the records have it. */
export function eventPath(records: EventRecords, pack: JudgingPack): readonly PathStep[] {
  return [
    assessing(records, pack),
    consulting(records, pack),
    handling(records),
    responding(records),
    evaluating(records, pack),
    closing(records, pack),
  ];
}

function assessing(records: EventRecords, pack: JudgingPack): PathStep {
  const { assessments, evaluation, countdowns } = records;
  const { assessors, confirmers } = pack.assessments;
  const last = assessments.at(-1);
  const confirmed = assessments.findLast((one) => one.confirmed);
  if (last && last === confirmed && !isOfThisRound(last, evaluation)) {
    const due = nearest(countdowns, ['REASSESS']);
    return step('研判', 'owed', '重启以后还没有研判', rolesInWords(assessors), due);
  }
  if (last && last === confirmed) {
    return step('研判', 'done', `第${last.round}轮，${last.confirmed?.by.name}确认`);
  }
  if (last) return step('研判', 'owed', `第${last.round}轮待确认`, rolesInWords(confirmers));
  return step('研判', 'owed', '还没有研判', rolesInWords(assessors));
}

function consulting(records: EventRecords, pack: JudgingPack): PathStep {
  const { event, grade, consultations } = records;
  const callers = rolesInWords(pack.consultations.callers);
  const ended = consultations.findLast(({ endedAt }) => endedAt);
  const open = consultations.some(({ endedAt }) => !endedAt);
  const owed = owedConsultation({ ...event, grade }, consultations, pack);
  if (open) return step('会商', owed ? 'owed' : 'open', '已召集，待记录结论', callers);
  if (ended) return step('会商', 'done', `决定${ended.result?.decisions.length ?? 0}项`);
  if (owed) return step('会商', 'owed', `会商：未开（${owed}）`, callers);
  return step('会商', 'notNeeded', '这一等级不必须会商');
}

function handling({ factTrack, countdowns }: EventRecords): PathStep {
  if (factTrack === 'finished') return step('处置', 'done', '实情已办结');
  const due = nearest(countdowns, ['ORDER_ACCEPT', 'ORDER_DONE']);
  if (factTrack === 'open') return step('处置', 'owed', '实情处置中', '牵头单位', due);
  return step('处置', 'open', '没有处置结果的记录', '', due);
}

function responding({ event, releases, countdowns }: EventRecords): PathStep {
  const published = releases.filter(isPublic);
  const due = nearest(countdowns, ['AUTH_RELEASE_5H', 'PRESS_24H', 'RESPONSE_48H', 'CONTINUOUS']);
  if (due) {
    const says = published.length > 0 ? `已发布${published.length}份，还有时限` : '还没有发布';
    const awaited = releases.some(({ state }) => state === 'approved')
      ? '发布人员'
      : '拟稿、审查人员';
    return step('回应', 'owed', says, awaited, due);
  }
  if (published.length > 0) return step('回应', 'done', `已发布${published.length}份`);
  const { responseValue } = event;
  if (responseValue === 'observe' || responseValue === 'none') {
    return step('回应', 'notNeeded', '跟踪观察，不回应');
  }
  return step('回应', 'owed', '还没有发布', '拟稿、审查人员');
}

function evaluating({ evaluation, countdowns }: EventRecords, pack: JudgingPack): PathStep {
  const evaluators = rolesInWords(pack.evaluations.evaluators);
  const { evaluated, trackingEnded } = evaluation ?? {};
  if (evaluated) return step('评估', 'done', `${evaluated.score.toFixed(1)}分，满分5分`);
  if (!trackingEnded) return step('评估', 'open', '事后监测没有结束');
  return step('评估', 'owed', '待评估', evaluators, nearest(countdowns, ['EVALUATE']));
}

function closing(records: EventRecords, pack: JudgingPack): PathStep {
  const closed = records.evaluation?.closed;
  if (closed) {
    const gaps = closed.unmet.length > 0 ? `，${closed.unmet.length}项条件没有满足` : '';
    return step('结案', 'done', `${closed.by.name}结案${gaps}`);
  }
  const unmet = closingConditions(records, pack).filter(({ isMet }) => !isMet);
  if (unmet.length > 0) return step('结案', 'open', `还差${unmet.length}项条件`);
  return step('结案', 'owed', '条件齐备', rolesInWords(pack.closing.closers));
}

const step = (
  name: PathStep['name'],
  state: PathStep['state'],
  says: string,
  awaited = '',
  dueAt?: Date,
): PathStep => ({ name, state, says, awaited, ...(dueAt && { dueAt }) });

/** The nearest due time still open among these duties. */
function nearest(
  countdowns: EventRecords['countdowns'],
  codes: readonly string[],
): Date | undefined {
  return countdowns
    .filter(({ code, state }) => codes.includes(code) && OPEN.includes(state))
    .map(({ statutoryDueAt }) => statutoryDueAt)
    .toSorted((a, b) => a.getTime() - b.getTime())[0];
}

const OPEN: readonly EventRecords['countdowns'][number]['state'][] = [
  'provisional',
  'running',
  'breached',
];
