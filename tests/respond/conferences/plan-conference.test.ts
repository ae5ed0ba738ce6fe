import { describe, expect, test } from 'vitest';
import { ROLES, type Person, type Role } from '#core';
import { ACTS_TOPIC } from '#alert';
import { planConference, recordConference, takeConferenceStep } from '#respond';
import { SqliteConferenceStore } from '../../../respond/adapters/sqlite-conference-store.ts';
import type { PressConference } from '../../../respond/conferences/conference.ts';
import {
  CONFERENCE_STEPS,
  whyNotStep,
  withStep,
  type ConferenceStep,
  type ConferenceStepTaken,
} from '../../../respond/conferences/plan-conference.ts';
import { aPlan, planned, spokesperson } from '../../support/conferences.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { reviewPack } from '../../support/releases.ts';
import { memoryDatabase } from '../../support/temp-database.ts';

const event = { id: 'event-1', isDrill: false };
const step = (
  conference: PressConference,
  taken: ConferenceStepTaken,
  actor: Person,
  minutes = 10,
): PressConference =>
  withStep({ ...conference, effects: [] }, taken, { actor, at: minutesAfter(minutes) }, reviewPack);
const APPROVE = { step: 'approve', opinion: '同意' } as const;
const HELD: Extract<ConferenceStepTaken, { step: 'hold' }> = {
  step: 'hold',
  conference: {
    mode: 'onSite',
    heldAt: minutesAfter(300),
    place: '市政府新闻发布厅',
    spokesperson: '周敏（市政府副秘书长）',
    recordLink: 'https://www.linjiang.test/record.html',
    openQuestions: ['谁来赔偿'],
  },
};

const STATES = ['planned', 'approved', 'announced', 'held', 'recorded', 'cancelled'] as const;
const PLANNERS: readonly Role[] = [
  'spokesperson',
  'publisher',
  'opinionLead',
  'analyst',
  'handler',
  'unitHead',
];
const RECORDERS: readonly Role[] = ['publisher', 'spokesperson'];
const APPROVERS: readonly Role[] = ['deputyLeader', 'principal'];
/** The table of the domain model, written down a second time; approved is planned with an approval. */
const LIFE: Record<string, Partial<Record<ConferenceStep, readonly Role[]>>> = {
  planned: { revise: PLANNERS, approve: APPROVERS, hold: RECORDERS, cancel: RECORDERS },
  approved: { revise: PLANNERS, announce: RECORDERS, hold: RECORDERS, cancel: RECORDERS },
  announced: { revise: PLANNERS, hold: RECORDERS, cancel: RECORDERS },
};
const approval = { at: NOON, by: { personId: 'x', name: 'x' }, opinion: '同意' };

describe.for(STATES)('a conference that is %s', (state) => {
  test.for(CONFERENCE_STEPS)(
    'takes the step %s from those, and those alone, whose it is',
    (one) => {
      const conference: PressConference = {
        ...planned(),
        state: state === 'approved' ? 'planned' : state,
        ...(state !== 'planned' && { approval }),
      };
      const people = ROLES.map((role) => aPerson(role, [role]));
      const allowed = people.filter((person) => !whyNotStep(conference, one, person, reviewPack));
      const expected = people.filter(({ roles: [role = 'monitor'] }) =>
        (LIFE[state]?.[one] ?? []).includes(role),
      );
      expect(allowed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    },
  );
});

test('a plan satisfies nothing; held with a record it is the act that the countdown waits for', () => {
  const plan = planned();
  const acts = (conference: PressConference) =>
    conference.effects.filter(({ topic }) => topic === ACTS_TOPIC);
  expect(acts(plan)).toEqual([]);
  const approved = step(plan, APPROVE, office.deputy);
  const announced = step(approved, { step: 'announce', link: '' }, office.publisher, 20);
  expect(announced.state).toBe('announced');
  expect(acts(announced)).toEqual([]);
  const held = step(announced, HELD, office.publisher, 400);
  expect(held).toMatchObject({ state: 'recorded', openQuestions: ['谁来赔偿'], id: plan.id });
  expect(acts(held)).toMatchObject([{ body: { doneAt: minutesAfter(300) } }]);
});

test('a changed plan is approved again, and announced again', () => {
  const approved = step(planned(), APPROVE, office.deputy);
  const announced = step(approved, { step: 'announce', link: '' }, office.publisher);
  const moved = { step: 'revise', plan: aPlan({ plannedAt: minutesAfter(600) }) } as const;
  const revised = step(announced, moved, office.handler, 30);
  expect([revised.state, revised.approval, revised.announced]).toEqual([
    'planned',
    undefined,
    undefined,
  ]);
  expect(() => step(revised, { step: 'announce', link: '' }, office.publisher, 40)).toThrow(
    expect.objectContaining({ code: 'APPROVAL_NEEDED' }),
  );
});

test('who wrote or changed the plan does not approve it', () => {
  const both = aPerson('甲', ['handler', 'deputyLeader']);
  expect(() => step(planned(both), APPROVE, both)).toThrow(
    expect.objectContaining({ code: 'OWN_PLAN' }),
  );
  const revised = step(planned(), { step: 'revise', plan: aPlan() }, both);
  expect(() => step(revised, APPROVE, both)).toThrow(expect.objectContaining({ code: 'OWN_PLAN' }));
});

test.for<[ConferenceStepTaken, Person, string]>([
  [{ step: 'approve', opinion: ' ' }, office.deputy, 'OPINION_NEEDED'],
  [{ step: 'cancel', reason: '' }, office.publisher, 'CANCEL_REASON'],
  [{ step: 'revise', plan: aPlan({ place: '' }) }, office.handler, 'PLAN_INCOMPLETE'],
  [{ step: 'revise', plan: aPlan({ plannedAt: NOON }) }, office.handler, 'PLAN_PAST'],
  [HELD, office.publisher, 'CONFERENCE_NOT_HELD'],
])('%o is refused', ([taken, actor, code]) => {
  expect(() => step(planned(), taken, actor)).toThrow(expect.objectContaining({ code }));
});

test('what was planned and then held is one conference, whichever way its record comes', async () => {
  const conferences = new SqliteConferenceStore(memoryDatabase().database);
  const deps = { conferences, pack: reviewPack };
  const request = { event, plan: aPlan(), actor: spokesperson, at: NOON };
  const plan = await planConference(deps, request);
  expect(await planConference(deps, request)).toMatchObject({ id: plan.id, revision: 1 });
  const { recordLink, ...unrecorded } = HELD.conference;
  const at = minutesAfter(400);
  const conference = { ...unrecorded, recordLink: '' };
  const taken = { step: 'hold', conference } as const;
  await takeConferenceStep(deps, { conferenceId: plan.id, taken, actor: office.publisher, at });
  const later = { event, conference: { ...conference, recordLink }, actor: office.publisher };
  await recordConference(deps, { ...later, at: minutesAfter(2_000) });
  expect(await conferences.listByEvent('event-1')).toMatchObject([
    { id: plan.id, state: 'recorded', recordLink },
  ]);
});
