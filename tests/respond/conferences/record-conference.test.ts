import { expect, test } from 'vitest';
import { AUDIT_TOPIC, HOUR_MS } from '#core';
import { ACTS_TOPIC, DutyActSchema } from '#alert';
import { recordConference, type ConferenceDraft, type PressConference } from '#respond';
import { SqliteConferenceStore } from '../../../respond/adapters/sqlite-conference-store.ts';
import {
  newConference,
  type ConferenceRequest,
} from '../../../respond/conferences/record-conference.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { reviewPack } from '../../support/releases.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

const request = (
  changes: Partial<ConferenceDraft> = {},
  more: Partial<ConferenceRequest> = {},
): ConferenceRequest => ({
  event: { id: 'event-1', isDrill: false },
  conference: {
    mode: 'onSite',
    heldAt: NOON,
    place: '市政府新闻发布厅',
    spokesperson: '简若汀',
    recordLink: 'https://www.linjiang.test/conference.html',
    ...changes,
  },
  actor: office.publisher,
  at: minutesAfter(60),
  ...more,
});

const acts = ({ effects }: PressConference) =>
  effects.filter(({ topic }) => topic === ACTS_TOPIC).map(({ body }) => DutyActSchema.parse(body));

for (const { where, open } of DATABASES) {
  describeDocuments(`press conferences, ${where},`, {
    open: async () => new SqliteConferenceStore(open().database),
    make: (id, effects) => ({ ...newConference(request(), reviewPack), id, effects: [...effects] }),
    change: (conference) => ({ ...conference, place: `${conference.place}二楼` }),
  });
}

test.for(['onSite', 'online'] as const)(
  'a conference held %s, with a record, is the act that a countdown waits for, by the time it was held',
  (mode) => {
    const conference = newConference(request({ mode }), reviewPack);
    expect(conference.state).toBe('recorded');
    expect(acts(conference)).toMatchObject([
      { kind: 'pressConference', doneAt: NOON, ref: `conference:${conference.id}` },
    ]);
    expect(conference.effects.filter(({ topic }) => topic === AUDIT_TOPIC)).toHaveLength(2);
  },
);

test('a written conference is kept and satisfies nothing', () => {
  const conference = newConference(request({ mode: 'written' }), reviewPack);
  expect(conference.state).toBe('recorded');
  expect(acts(conference)).toEqual([]);
});

test('a conference counts once its record can be read, and only once', async () => {
  const conferences = new SqliteConferenceStore(memoryDatabase().database);
  const deps = { conferences, pack: reviewPack };
  const held = await recordConference(deps, request({ recordLink: '' }));
  expect(held.state).toBe('held');
  expect(acts(held)).toEqual([]);
  const nextDay = { at: new Date(NOON.getTime() + 24 * HOUR_MS) };
  const recorded = await recordConference(deps, request({}, nextDay));
  expect(recorded).toMatchObject({ id: held.id, state: 'recorded' });
  expect(acts(recorded)).toHaveLength(1);
  expect(await recordConference(deps, request({}, nextDay))).toMatchObject({
    revision: recorded.revision,
  });
  expect(await conferences.listByEvent('event-1')).toHaveLength(1);
});

test('what was recorded late says why', () => {
  const late = request({ lateReason: '断网' }, { at: new Date(NOON.getTime() + 4 * HOUR_MS) });
  expect(newConference(late, reviewPack).history[0]?.what).toContain('（补录：断网）');
});

test.for<{
  what: string;
  changes?: Partial<ConferenceDraft>;
  more?: Partial<ConferenceRequest>;
  code: string;
}>([
  {
    what: 'a record by somebody else',
    more: { actor: aPerson('路人', ['analyst']) },
    code: 'ROLE_NEEDED',
  },
  {
    what: 'a conference in which nobody spoke',
    changes: { spokesperson: ' ' },
    code: 'CONFERENCE_INCOMPLETE',
  },
  {
    what: 'a conference that is still to come',
    changes: { heldAt: minutesAfter(61) },
    code: 'CONFERENCE_NOT_HELD',
  },
  {
    what: 'a late record without a reason',
    more: { at: new Date(NOON.getTime() + 4 * HOUR_MS) },
    code: 'LATE_REASON_NEEDED',
  },
  {
    what: 'a link that is a script',
    changes: { recordLink: 'javascript:alert(1)' },
    code: 'LINK_INVALID',
  },
])('refuses $what', ({ changes, more, code }) => {
  expect(() => newConference(request(changes, more), reviewPack)).toThrow(
    expect.objectContaining({ code }),
  );
});
