import { expect, test } from 'vitest';
import { AUDIT_TOPIC, ROLES } from '#core';
import { confirmAssessment, writeAssessment } from '#respond';
import { SqliteAssessmentStore } from '../../../respond/adapters/sqlite-assessment-store.ts';
import {
  confirmedAssessment,
  writtenAssessment,
} from '../../../respond/assessments/write-assessment.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import {
  analyst,
  anAssessment,
  asking,
  judgingPack,
  onEvent,
  opinionLead,
} from '../../support/judging.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

const request = (changes = {}, actor = analyst) => ({
  ...onEvent,
  draft: anAssessment(changes),
  posts: asking,
  actor,
});
const written = (changes = {}) => writtenAssessment(undefined, request(changes), judgingPack);
const confirming = { actor: opinionLead, at: minutesAfter(10) };

for (const { where, open } of DATABASES) {
  describeDocuments(`assessments, ${where},`, {
    open: async () => new SqliteAssessmentStore(open().database),
    make: (id, effects) => ({ ...written(), id, effects: [...effects] }),
    change: (assessment) => ({ ...assessment, risks: [...assessment.risks, '次生'] }),
  });
}

test('a question that people ask carries their posts, one that a person foresees carries none', () => {
  expect(written().focusQuestions).toEqual([
    { text: '什么时候能来水？', postIds: ['post-1', 'post-2'], foundBy: 'machine' },
    { text: '水质是否受影响', postIds: [], foundBy: 'person' },
  ]);
});

test.for([
  { what: 'words nobody wrote', quote: { text: '政府不作为', postId: 'post-1' } },
  { what: 'words of another post', quote: { text: '水管破了没人管', postId: 'post-2' } },
  { what: 'a post that is not there', quote: { text: '水管破了没人管', postId: 'post-9' } },
])('refuses as a quotation $what', ({ quote }) => {
  const camps = [{ name: '批评', isCritical: true, quotes: [quote] }];
  expect(() => written({ camps })).toThrow(expect.objectContaining({ code: 'QUOTE_NOT_VERBATIM' }));
});

test('an assessment is written, confirmed by another, and the next one is a new round', async () => {
  const assessments = new SqliteAssessmentStore(memoryDatabase().database);
  const deps = { assessments, pack: judgingPack };
  const first = await writeAssessment(deps, request());
  const again = await writeAssessment(deps, request({ risks: ['谣言'] }));
  expect(again).toMatchObject({ id: first.id, round: 1, risks: ['谣言'], editors: [] });
  const confirmed = await confirmAssessment(deps, { ...confirming, assessmentId: first.id });
  expect(confirmed.confirmed).toMatchObject({ by: { name: opinionLead.name } });
  expect(confirmed.effects.filter(({ topic }) => topic === AUDIT_TOPIC)).toHaveLength(3);
  expect(await writeAssessment(deps, request())).toMatchObject({ round: 2 });
});

test.for(ROLES)('%s writes, confirms, or is refused, as the pack says', (role) => {
  const actor = aPerson('某人', [role]);
  const { assessors, confirmers } = judgingPack.assessments;
  const expected = (roles: readonly string[]) => (roles.includes(role) ? 'done' : 'ROLE_NEEDED');
  const writing = outcomeOf(() => writtenAssessment(undefined, request({}, actor), judgingPack));
  const signing = outcomeOf(() =>
    confirmedAssessment(written(), { ...confirming, actor }, judgingPack),
  );
  expect([writing, signing]).toEqual([expected(assessors), expected(confirmers)]);
  const twice = outcomeOf(() => {
    const confirmed = confirmedAssessment(written(), confirming, judgingPack);
    confirmedAssessment(confirmed, { ...confirming, actor }, judgingPack);
  });
  expect(twice).toBe(confirmers.includes(role) ? 'ASSESSMENT_CONFIRMED' : 'ROLE_NEEDED');
});

test('who wrote or changed it does not confirm it', () => {
  const both = aPerson('贺兰舟', ['analyst', 'opinionLead']);
  const own = writtenAssessment(undefined, request({}, both), judgingPack);
  const changed = writtenAssessment(written(), request({}, both), judgingPack);
  for (const one of [own, changed]) {
    expect(() => confirmedAssessment(one, { ...confirming, actor: both }, judgingPack)).toThrow(
      expect.objectContaining({ code: 'OWN_TEXT' }),
    );
  }
});

test('what says nothing of facts, of the reason or of what to do is not confirmed', () => {
  const empty = written({ known: [], unknown: [], responseReason: '', advice: [] });
  expect(() => confirmedAssessment(empty, confirming, judgingPack)).toThrow(
    '没有写事实；没有写是否回应的理由；没有写建议',
  );
});
