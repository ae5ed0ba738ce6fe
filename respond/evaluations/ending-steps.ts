import { hasRole, Refused, type Person, type Role } from '#core';
import type { JudgingPack } from '../judging-pack.ts';
import { rolesInWords } from '../words.ts';
import type { Evaluation } from './evaluation.ts';

/** How far the end of an event is. */
export const ENDING_STATES = ['tracking', 'evaluating', 'evaluated', 'closed'] as const;
export type EndingState = (typeof ENDING_STATES)[number];

export const ENDING_STEPS = ['endTracking', 'evaluate', 'closeEvent', 'reopenEvent'] as const;
export type EndingStep = (typeof ENDING_STEPS)[number];

/** The end of an event, as far as it is recorded; nothing is recorded of one that is still tracked. */
export type Ending = Pick<Evaluation, 'trackingEnded' | 'evaluated' | 'closed'>;

export function endingStateOf(ending: Ending | undefined): EndingState {
  if (ending?.closed) return 'closed';
  if (ending?.evaluated) return 'evaluated';
  return ending?.trackingEnded ? 'evaluating' : 'tracking';
}

/** From which states a step may be taken, and whose it is. */
const STEPS: Readonly<
  Record<
    EndingStep,
    {
      readonly from: readonly EndingState[];
      readonly name: string;
      readonly by: (pack: JudgingPack) => readonly Role[];
    }
  >
> = {
  endTracking: {
    from: ['tracking'],
    name: '结束事后监测',
    by: ({ evaluations }) => evaluations.evaluators,
  },
  evaluate: { from: ['evaluating'], name: '评估', by: ({ evaluations }) => evaluations.evaluators },
  // What is not met is named; the reason for closing all the same stays on record.
  closeEvent: {
    from: ['tracking', 'evaluating', 'evaluated'],
    name: '结案',
    by: ({ closing }) => closing.closers,
  },
  reopenEvent: { from: ['closed'], name: '重启', by: ({ closing }) => closing.reopeners },
};

/** Why a step is not taken in a state where it does not belong. */
const REFUSALS: Readonly<Record<EndingState, readonly [code: string, says: string]>> = {
  tracking: ['TRACKING_OPEN', '先结束事后监测，再评估'],
  evaluating: ['TRACKING_ENDED', '事后监测已经结束'],
  evaluated: ['EVALUATED', '已经评估'],
  closed: ['EVENT_CLOSED', '事件已经结案；有新情况的，先重启'],
};

/** The rule that forbids this person the step; undefined when none does. */
export function whyNotEnding(
  ending: Ending | undefined,
  step: EndingStep,
  person: Person,
  pack: JudgingPack,
): Refused | undefined {
  const { from, name, by } = STEPS[step];
  const roles = by(pack);
  if (!hasRole(person, ...roles)) {
    return new Refused('ROLE_NEEDED', `${name}须为${rolesInWords(roles)}`, 'forbidden');
  }
  const state = endingStateOf(ending);
  if (from.includes(state)) return undefined;
  if (step === 'reopenEvent') return new Refused('EVENT_OPEN', '事件没有结案，不必重启');
  // Ended before it was evaluated: what the step would do has been done.
  if (step === 'endTracking' && state === 'evaluated') {
    return new Refused(...REFUSALS.evaluating);
  }
  return new Refused(...REFUSALS[state]);
}

/** Steps that this person may take now. */
export const endingStepsOpenTo = (
  ending: Ending | undefined,
  person: Person,
  pack: JudgingPack,
): readonly EndingStep[] =>
  ENDING_STEPS.filter((step) => !whyNotEnding(ending, step, person, pack));

/** @throws {Refused} */
export function demandEnding(...asked: Parameters<typeof whyNotEnding>): void {
  const refusal = whyNotEnding(...asked);
  if (refusal) throw refusal;
}
