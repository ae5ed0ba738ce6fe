import { expect, test } from 'vitest';
import { recordOutsideNotice, type OutsideNoticeDraft } from '#respond';
import { SqliteOutsideNoticeStore } from '../../respond/adapters/sqlite-outside-notice-store.ts';
import { newOutsideNotice } from '../../respond/outside-notices/record-outside-notice.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { office } from '../support/people.ts';
import { minutesAfter, NOON } from '../support/posts.ts';
import { DATABASES, memoryDatabase } from '../support/temp-database.ts';

const recorders = ['dutyOfficer'] as const;
const told = (changes: Partial<OutsideNoticeDraft> = {}): OutsideNoticeDraft => ({
  way: 'hotline',
  from: '市12345热线',
  learnedAt: minutesAfter(-60),
  what: '城东三天没有收垃圾',
  grade: 'L4',
  isInPlan: true,
  ...changes,
});
const request = (changes: Partial<OutsideNoticeDraft> = {}, actor = office.dutyOfficer) => ({
  draft: told(changes),
  isDrill: false,
  actor,
  at: NOON,
});

for (const { where, open } of DATABASES) {
  describeDocuments(`outside notices, ${where},`, {
    open: async () => new SqliteOutsideNoticeStore(open().database),
    make: (id, effects) => ({
      ...newOutsideNotice(request(), recorders),
      id,
      effects: [...effects],
    }),
    change: (notice) => ({ ...notice, what: `${notice.what}，又有人反映` }),
  });
}

test('who entered it, what, whence and when stand in the record and on the way to the audit trail', () => {
  const notice = newOutsideNotice(request(), recorders);
  expect(notice).toMatchObject({ from: '市12345热线', grade: 'L4', recordedAt: NOON });
  expect(notice.actor.name).toBe('顾明远');
  expect(JSON.stringify(notice.effects)).toMatch(
    /登记外来线索：2026-03-02 11:00 热线（市12345热线）：城东三天没有收垃圾；监测方案范围之内/,
  );
});

test.for([
  { wrong: 'somebody without the role', change: {}, actor: office.publisher, code: 'ROLE_NEEDED' },
  { wrong: 'nobody it came from', change: { from: '  ' }, code: 'NOTICE_INCOMPLETE' },
  { wrong: 'nothing that happened', change: { what: ' ' }, code: 'NOTICE_INCOMPLETE' },
  { wrong: 'a time ahead', change: { learnedAt: minutesAfter(1) }, code: 'NOTICE_AHEAD' },
  { wrong: 'neither event nor grade', change: { grade: undefined }, code: 'NOTICE_GRADE' },
])('$wrong is refused', ({ change, actor = office.dutyOfficer, code }) => {
  expect(() => newOutsideNotice(request(change, actor), recorders)).toThrow(
    expect.objectContaining({ code }),
  );
});

test('with an event, the event says how grave it is', () => {
  const notice = newOutsideNotice(request({ eventId: 'event-1' }), recorders);
  expect([notice.eventId, notice.grade]).toEqual(['event-1', undefined]);
});

test('sent twice it is one; the newest heard of comes first', async () => {
  const outsideNotices = new SqliteOutsideNoticeStore(memoryDatabase().database);
  const deps = { outsideNotices, recorders };
  const first = await recordOutsideNotice(deps, request());
  expect((await recordOutsideNotice(deps, request())).id).toBe(first.id);
  const earlier = await recordOutsideNotice(deps, request({ learnedAt: minutesAfter(-600) }));
  expect((await outsideNotices.listAll()).map(({ id }) => id)).toEqual([first.id, earlier.id]);
});
