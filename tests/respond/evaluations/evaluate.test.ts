import { describe, expect, test } from 'vitest';
import { MINUTE_MS, ROLES, type Person, type Role } from '#core';
import { ACTS_TOPIC, DutyActSchema } from '#alert';
import {
  closingConditions,
  endingStepsOpenTo,
  eventPath,
  type Evaluation,
  type EventRecords,
} from '#respond';
import { SqliteEvaluationStore } from '../../../respond/adapters/sqlite-evaluation-store.ts';
import {
  newEvaluation,
  withClosing,
  withEvaluation,
  withReopening,
  withTrackingEnded,
} from '../../../respond/evaluations/evaluate.ts';
import {
  ENDING_STATES,
  ENDING_STEPS,
  endingStateOf,
  type EndingStep,
} from '../../../respond/evaluations/ending-steps.ts';
import {
  confirmedAssessment,
  writtenAssessment,
} from '../../../respond/assessments/write-assessment.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import {
  anAssessment,
  analyst,
  anEvaluation,
  judgingPack,
  onEvent,
  opinionLead,
} from '../../support/judging.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { aPerson } from '../../support/people.ts';
import { aRelease, published, signedByAll } from '../../support/releases.ts';
import { DATABASES } from '../../support/temp-database.ts';

const minutesAfter = (minutes: number): Date =>
  new Date(onEvent.at.getTime() + minutes * MINUTE_MS);
const tracking = { ...onEvent, actor: analyst };
const evaluating = {
  ...tracking,
  draft: anEvaluation(),
  grade: 'L3',
  focusQuestions: ['什么时候能来水？', '谁赔偿？'],
} as const;
const closing = { ...onEvent, actor: opinionLead, unmet: [], indispensable: [], reason: '' };
const fresh = () => newEvaluation(tracking);
const tracked = () =>
  withTrackingEnded(fresh(), { ...tracking, unmet: [], reason: '' }, judgingPack);
const evaluated = () => withEvaluation(tracked(), evaluating, judgingPack);
const closed = () => withClosing(evaluated(), closing, judgingPack);

for (const { where, open } of DATABASES) {
  describeDocuments(`evaluations, ${where},`, {
    open: async () => new SqliteEvaluationStore(open().database),
    make: (id, effects) => ({ ...evaluated(), id, effects: [...effects] }),
    change: (one) => ({ ...one, isDrill: true }),
  });
}

/** What becomes of a step in each state, for whoever may take it. */
const TABLE: Readonly<Record<EndingStep, readonly string[]>> = {
  //            tracking, evaluating, evaluated, closed
  endTracking: ['done', 'TRACKING_ENDED', 'TRACKING_ENDED', 'EVENT_CLOSED'],
  evaluate: ['TRACKING_OPEN', 'done', 'EVALUATED', 'EVENT_CLOSED'],
  closeEvent: ['done', 'done', 'done', 'EVENT_CLOSED'],
  reopenEvent: ['EVENT_OPEN', 'EVENT_OPEN', 'EVENT_OPEN', 'done'],
};
const HOLDERS: Readonly<Record<EndingStep, readonly Role[]>> = {
  endTracking: judgingPack.evaluations.evaluators,
  evaluate: judgingPack.evaluations.evaluators,
  closeEvent: judgingPack.closing.closers,
  reopenEvent: judgingPack.closing.reopeners,
};
const take = (found: Evaluation, step: EndingStep, actor: Person): Evaluation => {
  const asked = { ...closing, actor, reason: '出现新的情况' };
  if (step === 'endTracking') return withTrackingEnded(found, asked, judgingPack);
  if (step === 'evaluate') return withEvaluation(found, { ...evaluating, actor }, judgingPack);
  return step === 'closeEvent'
    ? withClosing(found, asked, judgingPack)
    : withReopening(found, asked, judgingPack);
};

test.for(ROLES)(
  'every step of %s in every state goes as the table says, and no other is offered',
  (role) => {
    const actor = aPerson('某人', [role]);
    const states = [fresh(), tracked(), evaluated(), closed()];
    expect(states.map(endingStateOf)).toEqual(ENDING_STATES);
    for (const step of ENDING_STEPS) {
      const row = HOLDERS[step].includes(role) ? TABLE[step] : states.map(() => 'ROLE_NEEDED');
      expect([step, states.map((one) => outcomeOf(() => take(one, step, actor)))]).toEqual([
        step,
        row,
      ]);
      expect(
        states.map((one) => endingStepsOpenTo(one, actor, judgingPack).includes(step)),
      ).toEqual(row.map((outcome) => outcome === 'done'));
    }
  },
);

describe('an event opened again', () => {
  const reopening = {
    ...onEvent,
    actor: opinionLead,
    at: minutesAfter(60),
    reason: '家属反映新的情况',
  };
  const reopened = () => withReopening(closed(), reopening, judgingPack);

  test('begins a new round; what was evaluated and closed stays with who reopened it and why', () => {
    const { trackingEnded, evaluated: old, closed: oldClosing } = closed();
    expect(reopened()).toMatchObject({
      reopened: [
        {
          by: { name: opinionLead.name },
          reason: '家属反映新的情况',
          trackingEnded,
          evaluated: old,
          closed: oldClosing,
        },
      ],
    });
    expect(endingStateOf(reopened())).toBe('tracking');
    const [audit, act] = reopened().effects.slice(-2);
    expect(audit).toMatchObject({ topic: 'audit', body: { act: '重启事件：家属反映新的情况' } });
    // It begins the countdown of the new assessment.
    expect(act).toMatchObject({ topic: ACTS_TOPIC, body: { kind: 'reopened' } });
  });

  test('is refused without a reason', () => {
    const silent = { ...reopening, reason: '  ' };
    expect(outcomeOf(() => withReopening(closed(), silent, judgingPack))).toBe('REASON_NEEDED');
  });

  test('goes its whole way a second time, with countdowns of its own', () => {
    const again = withEvaluation(
      withTrackingEnded(reopened(), { ...tracking, unmet: [], reason: '' }, judgingPack),
      evaluating,
      judgingPack,
    );
    const twice = withReopening(withClosing(again, closing, judgingPack), reopening, judgingPack);
    expect(twice.reopened).toHaveLength(2);
    const ids = again.effects.filter(({ topic }) => topic === ACTS_TOPIC).map(({ id }) => id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  test('asks for an assessment confirmed since; the one of before stays and no longer counts', () => {
    const assessment = writtenAssessment(
      undefined,
      { ...onEvent, actor: analyst, draft: anAssessment({ camps: [] }), posts: [] },
      judgingPack,
    );
    const confirmedAt = (at: Date) =>
      confirmedAssessment(assessment, { actor: opinionLead, at }, judgingPack);
    const of = (at: Date) => ({ assessments: [confirmedAt(at)], evaluation: reopened() });
    expect(unmet(of(minutesAfter(10)))).toContain('研判');
    expect(unmet(of(minutesAfter(70)))).not.toContain('研判');
    const [first] = eventPath({ ...nothing, ...of(minutesAfter(10)) }, judgingPack);
    expect(first).toMatchObject({ state: 'owed', says: '重启以后还没有研判' });
  });
});

test('the end of tracking and the evaluation are the acts that countdowns wait for', () => {
  const acts = evaluated()
    .effects.filter(({ topic }) => topic === ACTS_TOPIC)
    .map(({ body }) => DutyActSchema.parse(body).kind);
  expect(acts).toEqual(['trackingEnded', 'evaluated']);
});

test('the score is weighted by the pack; targeting comes from the questions answered', () => {
  // 0.25·5 + 0.25·3 + 0.2·2 + 0.15·5 + 0.15·4
  expect(evaluated().evaluated?.score).toBeCloseTo(3.75);
  expect(evaluated().evaluated?.answeredShare).toBe(0.5);
});

test('a grave event is not evaluated without causes and actions', () => {
  const retrospective = { whatWorked: [], whatFailed: ['首报晚'], rootCauses: [], actions: [] };
  for (const draft of [anEvaluation(), anEvaluation({ retrospective })]) {
    const grave = { ...evaluating, grade: 'L2', draft } as const;
    expect(outcomeOf(() => withEvaluation(tracked(), grave, judgingPack))).toBe(
      'RETROSPECTIVE_NEEDED',
    );
  }
});

test('an event with open conditions is closed only with a reason, and each of them stays named', () => {
  const gaps = { ...closing, unmet: ['还没有复盘'] };
  expect(outcomeOf(() => withClosing(fresh(), gaps, judgingPack))).toBe('CLOSING_CONDITIONS');
  const done = withClosing(fresh(), { ...gaps, reason: '并入专项' }, judgingPack);
  expect(done.closed).toMatchObject({ unmet: ['还没有复盘'], reason: '并入专项' });
  expect(done.history.at(-1)?.what).toBe('结案，未满足：还没有复盘，理由：并入专项');
});

const nothing: EventRecords = {
  event: { responseValue: 'must', isLeadUnitDisputed: false },
  grade: 'L2',
  assessments: [],
  consultations: [],
  releases: [],
  countdowns: [],
  unexplained: [],
  evaluation: undefined,
  factTrack: 'unknown',
};
const unmet = (more: Partial<EventRecords>) =>
  closingConditions({ ...nothing, ...more }, judgingPack)
    .filter(({ isMet }) => !isMet)
    .map(({ name }) => name);

test('an event on which nothing was recorded misses every condition, and the path says who is awaited', () => {
  expect(unmet({})).toEqual(['研判', '会商', '回应', '实情处置', '评估', '复盘', '分类处置']);
  const path = eventPath(nothing, judgingPack);
  expect(path.map(({ name, state }) => `${name} ${state}`)).toEqual([
    '研判 owed',
    '会商 owed',
    '处置 open',
    '回应 owed',
    '评估 open',
    '结案 open',
  ]);
  expect(path[1]?.says).toContain('会商：未开');
});

test.for([
  { category: 'suggestion', kind: 'final', result: '已采纳', isMet: true },
  { category: 'hardship', kind: 'followUp', result: '', isMet: false },
  { category: 'majorProblem', kind: 'final', result: '已查明', isMet: true },
  { category: 'misunderstanding', kind: 'firstRelease', result: '', isMet: true },
  { category: 'wrongView', kind: 'firstRelease', result: '', isMet: true },
  { category: 'falseInfo', kind: 'firstRelease', result: '', isMet: false },
  { category: 'falseInfo', kind: 'clarification', result: '', isMet: true },
] as const)('$category with a $kind published: $isMet', ({ category, kind, result, isMet }) => {
  const draft = aRelease({ kind });
  const release = published(signedByAll({ ...draft, checklist: { ...draft.checklist, result } }));
  const done = withEvaluation(
    tracked(),
    { ...evaluating, draft: anEvaluation({ dispositionCategory: category }) },
    judgingPack,
  );
  const more = {
    releases: [{ ...release }],
    evaluation: done,
    grade: 'L3',
    factTrack: 'finished',
  } as const;
  expect(unmet(more).includes('分类处置')).toBe(!isMet);
});

describe('tracking ended while the event is still loud', () => {
  const loud = { ...tracking, unmet: ['近48小时最多一小时6条'] };

  test('is refused without a reason, and names what is not met', () => {
    expect(() => withTrackingEnded(fresh(), { ...loud, reason: ' ' }, judgingPack)).toThrow(
      '还不到结束的时候：近48小时最多一小时6条',
    );
  });

  test('keeps what was not met and why it ended all the same', () => {
    const ended = withTrackingEnded(fresh(), { ...loud, reason: '并入专项治理' }, judgingPack);
    expect(ended.trackingEnded).toMatchObject({ unmet: loud.unmet, reason: '并入专项治理' });
    expect(ended.history.at(-1)?.what).toContain('并入专项治理');
  });
});
