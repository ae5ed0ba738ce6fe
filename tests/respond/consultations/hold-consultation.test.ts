import { expect, test } from 'vitest';
import { GRADES, ROLES } from '#core';
import { callConsultation, endConsultation, owedConsultation } from '#respond';
import { SqliteConsultationStore } from '../../../respond/adapters/sqlite-consultation-store.ts';
import {
  calledConsultation,
  endedConsultation,
} from '../../../respond/consultations/hold-consultation.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { aCall, aResult, judgingPack, onEvent, opinionLead } from '../../support/judging.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

const calling = { ...onEvent, actor: opinionLead, call: aCall };
const ending = { actor: opinionLead, at: minutesAfter(60), result: aResult() };
const called = () => calledConsultation(calling, judgingPack);
const ended = () => endedConsultation(called(), ending, judgingPack);

for (const { where, open } of DATABASES) {
  describeDocuments(`consultations, ${where},`, {
    open: async () => new SqliteConsultationStore(open().database),
    make: (id, effects) => ({ ...called(), id, effects: [...effects] }),
    change: (one) => ({ ...one, questions: [...one.questions, '何时发布'] }),
  });
}

test.for(ROLES)('%s calls and ends a consultation, or is refused, as the pack says', (role) => {
  const actor = aPerson('某人', [role]);
  const { callers } = judgingPack.consultations;
  const expected = callers.includes(role) ? 'done' : 'ROLE_NEEDED';
  expect([
    outcomeOf(() => calledConsultation({ ...calling, actor }, judgingPack)),
    outcomeOf(() => endedConsultation(called(), { ...ending, actor }, judgingPack)),
  ]).toEqual([expected, expected]);
  expect(outcomeOf(() => endedConsultation(ended(), { ...ending, actor }, judgingPack))).toBe(
    callers.includes(role) ? 'CONSULTATION_ENDED' : 'ROLE_NEEDED',
  );
});

test('one unit alone does not consult; those who did not come do not count', () => {
  const result = aResult({ participants: aResult().participants.slice(1) });
  expect(outcomeOf(() => endedConsultation(called(), { ...ending, result }, judgingPack))).toBe(
    'TOO_FEW_UNITS',
  );
});

test('decisions have ids of their own and dissent stays on record', async () => {
  const consultations = new SqliteConsultationStore(memoryDatabase().database);
  const deps = { consultations, pack: judgingPack };
  await callConsultation(deps, calling);
  const [open] = await consultations.listByEvent('event-1');
  await endConsultation(deps, { ...ending, consultationId: open?.id ?? '' });
  const [done] = await consultations.listByEvent('event-1');
  expect(done?.result?.dissent).toContain('不能定论');
  expect(done?.result?.decisions).toEqual([
    { id: expect.any(String), text: '送水到医院', unit: '市水务局' },
  ]);
});

test.for(GRADES)('a consultation at %s', (grade) => {
  const isGrave = grade === 'L1' || grade === 'L2';
  const owed = (isLeadUnitDisputed: boolean, held = [called()]) =>
    owedConsultation({ grade, isLeadUnitDisputed }, held, judgingPack) !== undefined;
  expect([owed(false), owed(true), owed(true, [ended()])]).toEqual([isGrave, true, false]);
});
