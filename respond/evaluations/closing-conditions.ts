import { beijingMinute, type Grade } from '#core';
import type { Countdown } from '#alert';
import type { OpinionEvent } from '#analyze';
import type { Assessment } from '../assessments/assessment.ts';
import { owedConsultation } from '../consultations/hold-consultation.ts';
import type { Consultation } from '../consultations/consultation.ts';
import type { JudgingPack } from '../judging-pack.ts';
import type { Release } from '../releases/release.ts';
import type { DispositionCategory, Evaluation } from './evaluation.ts';

/** All that was recorded on an event when somebody asks how far it is. */
export interface EventRecords {
  readonly event: Pick<OpinionEvent, 'responseValue'> & { readonly isLeadUnitDisputed: boolean };
  readonly grade: Grade;
  readonly assessments: readonly Assessment[];
  readonly consultations: readonly Consultation[];
  readonly releases: readonly Release[];
  readonly countdowns: readonly Countdown[];
  /** Missed due times of which nobody said why; of events that were merged into this one too. */
  readonly unexplained: readonly Countdown[];
  readonly evaluation: Evaluation | undefined;
  /** The track of the facts; unknown while no order was issued. */
  readonly factTrack: 'unknown' | 'open' | 'finished';
}

export interface ClosingCondition {
  readonly name: string;
  readonly isMet: boolean;
  /** What is missing, in words; empty when met. */
  readonly missing: string;
  /** Whether no reason can stand in for it. */
  readonly isIndispensable?: true;
}

export const isPublic = ({ state }: Release): boolean =>
  state === 'published' || state === 'corrected';

/** What has to be met before an event is closed, by grade and way of disposal. */
export function closingConditions(
  records: EventRecords,
  pack: JudgingPack,
): readonly ClosingCondition[] {
  const { event, grade, assessments, consultations, countdowns, evaluation, factTrack } = records;
  const published = records.releases.filter(isPublic);
  const mustAnswer = event.responseValue === 'must' || event.responseValue === 'should';
  const owed = owedConsultation({ ...event, grade }, consultations, pack);
  const draft = evaluation?.evaluated?.draft;
  const running = countdowns.filter(({ state, code }) => OPEN.has(state) && code !== 'EVALUATE');
  return [
    condition(
      '研判',
      assessments.some((one) => isOfThisRound(one, evaluation)),
      evaluation?.reopened.length ? '重启以后没有经确认的研判' : '没有经确认的研判',
    ),
    condition('会商', owed === undefined, `会商未开：${owed ?? ''}`),
    condition('回应', !mustAnswer || published.length > 0, '应当回应而没有已发布的稿件'),
    factTrackCondition(factTrack),
    condition(
      '时限',
      running.length === 0,
      `还有未了的时限：${running.map(({ name }) => name).join('、')}`,
    ),
    {
      ...condition('超时原因', records.unexplained.length === 0, unexplained(records.unexplained)),
      isIndispensable: true,
    },
    condition('评估', draft !== undefined, '还没有评估'),
    ...(pack.evaluations.retrospectiveAt.includes(grade)
      ? [condition('复盘', draft?.retrospective !== undefined, '还没有复盘')]
      : []),
    disposal(draft?.dispositionCategory, published),
  ];
}

/** A confirmed assessment; of an event that was opened again, one confirmed since. */
export function isOfThisRound(
  { confirmed }: Assessment,
  evaluation: EventRecords['evaluation'],
): boolean {
  const since = evaluation?.reopened.at(-1)?.at;
  return confirmed !== undefined && (since === undefined || confirmed.at > since);
}

const unexplained = (missed: readonly Countdown[]): string =>
  `超时没有写明原因：${missed
    .map(({ name, statutoryDueAt }) => `${name}（至迟${beijingMinute(statutoryDueAt)}）`)
    .join('、')}`;

const OPEN: ReadonlySet<Countdown['state']> = new Set(['provisional', 'running', 'breached']);

const FACT_TRACK = {
  unknown: '没有实情办理结果的记录',
  open: '实情处置还没有办完',
  finished: '',
} as const;

/** Both the end of the tracking and the closing ask for it. */
export const factTrackCondition = (factTrack: EventRecords['factTrack']): ClosingCondition =>
  condition('实情处置', factTrack === 'finished', FACT_TRACK[factTrack]);

export const condition = (name: string, isMet: boolean, missing: string): ClosingCondition => ({
  name,
  isMet,
  missing: isMet ? '' : missing,
});

const CATEGORY_RULES: Readonly<
  Record<DispositionCategory, { demands: string; isBy: (release: Release) => boolean }>
> = {
  suggestion: { demands: '公开意见建议的采纳情况', isBy: tellsResult },
  hardship: { demands: '公布研究解决的结果', isBy: tellsResult },
  majorProblem: { demands: '发布调查处置结果', isBy: tellsResult },
  misunderstanding: { demands: '发布权威信息澄清事实', isBy: () => true },
  wrongView: { demands: '发布信息引导和纠正', isBy: () => true },
  falseInfo: { demands: '发布澄清', isBy: ({ kind }) => kind === 'clarification' },
};

function tellsResult({ checklist }: Release): boolean {
  return checklist.result.trim() !== '';
}

function disposal(
  category: DispositionCategory | undefined,
  published: readonly Release[],
): ClosingCondition {
  if (!category) return condition('分类处置', false, '评估没有写明分类处置的种类');
  const { demands, isBy } = CATEGORY_RULES[category];
  return condition('分类处置', published.some(isBy), `还没有${demands}`);
}
