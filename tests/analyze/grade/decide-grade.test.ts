import { expect, test } from 'vitest';
import { Refused, type Person, type Role } from '#core';
import {
  decideGrade,
  decideLowering,
  gradeOf,
  isGradeConfirmed,
  type OpinionEvent,
} from '#analyze';
import { openEvent } from '../../../analyze/events/update-event.ts';
import { gradingContext, gradingPack } from '../../support/packs.ts';
import { aRecord, minutesAfter, NOON } from '../../support/posts.ts';

const person = (id: string, ...roles: Role[]): Person => ({
  id,
  revision: 1,
  effects: [],
  name: `${id}同志`,
  signInName: id,
  unit: '',
  roles,
  mustChangePassword: false,
  isDisabled: false,
  createdAt: NOON,
});
const deputy = person('deputy', 'deputyLeader');
const principal = person('principal', 'principal');
const lead = person('lead', 'opinionLead');

function anEvent(dead: number): OpinionEvent {
  const { post, leadId } = aRecord({ contentClass: 'A6', dead, figureWords: `${dead}人死亡` });
  const own = {
    id: leadId,
    revision: 1,
    effects: [],
    state: 'linked' as const,
    eventId: 'event-1',
    watchIds: ['site'],
    firstSeenAt: NOON,
    title: post.title,
    terms: [],
    entities: [],
    numbers: [],
    posts: [post],
    fingerprints: [],
  };
  return openEvent('event-1', { leads: [own], terms: [] }, gradingContext, { isDrill: false });
}
const decide = (
  event: OpinionEvent,
  grade: 'L1' | 'L2' | 'L3',
  actor: Person,
  citedFact?: string,
) =>
  decideGrade(
    event,
    { grade, reason: '按预案', actor, citedFact, at: minutesAfter(90) },
    gradingPack,
  );

test('confirming late leaves the start of the countdowns where the records put it', () => {
  const event = anEvent(3);
  const confirmed = decide(event, 'L2', deputy);
  expect(confirmed.triggeredAt).toEqual(event.triggeredAt);
  expect(isGradeConfirmed(confirmed)).toBe(true);
});

test('a 重大 is not for the opinion lead to confirm', () => {
  expect(() => decide(anEvent(3), 'L2', lead)).toThrow(Refused);
});

test('raised without a cited fact, the countdowns start when the office first knew', () => {
  const event = anEvent(1);
  expect(event.triggeredAt).toBeUndefined();
  expect(decide(event, 'L2', deputy).triggeredAt?.at).toEqual(event.knownAt.at);
});

test('lowering without a fact that removes the ground is refused', () => {
  expect(() => decide(anEvent(3), 'L3', deputy)).toThrow('事实');
});

test('lowering a 重大 waits for a second person, who is not the one who asked', () => {
  const asked = decide(anEvent(3), 'L3', deputy, '医院核实为1人死亡');
  expect(gradeOf(asked)).toBe('L2');
  const answer = { isApproved: true, reason: '已核', at: minutesAfter(95) };
  expect(() => decideLowering(asked, { ...answer, actor: deputy }, gradingPack)).toThrow('第二人');
  const lowered = decideLowering(asked, { ...answer, actor: principal }, gradingPack);
  expect(gradeOf(lowered)).toBe('L3');
  expect(lowered.gradeHistory.at(-1)).toMatchObject({ kind: 'lowered', from: 'L2', to: 'L3' });
});

test('every decision travels with its record and its news', () => {
  const confirmed = decide(anEvent(3), 'L2', deputy);
  expect(confirmed.effects.map((effect) => effect.topic)).toEqual(
    expect.arrayContaining(['audit', 'opinion-events']),
  );
});

test('a graver proposal after a confirmation is in force until somebody decides again', () => {
  const confirmed = decide(anEvent(1), 'L3', deputy);
  const worse = {
    ...confirmed,
    gradeHistory: [
      ...confirmed.gradeHistory,
      {
        at: minutesAfter(120),
        actor: { personId: 'machine', name: '系统' },
        kind: 'proposed' as const,
        to: 'L2' as const,
        reason: '死亡3人',
      },
    ],
  };
  expect(gradeOf(worse)).toBe('L2');
  expect(isGradeConfirmed(worse)).toBe(false);
});
