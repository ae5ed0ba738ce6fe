import { expect, test } from 'vitest';
import type { Person } from '#core';
import { snapshotNotices } from '../../../respond/snapshots/snapshot-notices.ts';
import { withLook } from '../../../respond/snapshots/take-look.ts';
import { aPerson } from '../../support/people.ts';
import { NOON } from '../../support/posts.ts';
import { APPROVED, aSnapshot, snapshotPack } from '../../support/snapshots.ts';

const lead = aPerson('陆柏舟', ['opinionLead'], { email: 'lead@office.test' });
const officer = aPerson('顾明远', ['dutyOfficer'], { email: 'duty@office.test' });

/** Who is told that a page was published with another figure, and the text. */
function told(people: readonly Person[]) {
  const page = {
    kind: 'read',
    finalUrl: 'https://www.linjiang.test/2026/1124.html',
    contentType: 'text/html',
    htmlDigest: 'digest',
    title: APPROVED.title,
    text: APPROVED.text.replace('约2万户', '约3万户'),
  } as const;
  const looked = withLook(aSnapshot(), page, snapshotPack, NOON);
  const office = {
    pack: snapshotPack,
    people,
    channels: new Set(['email'] as const),
    ways: snapshotPack.channels,
    linkFor: ({ id }: { id: string }) => `https://huiying.test/register?entry=${id}`,
  };
  return snapshotNotices(looked, office, NOON).map(
    ({ body }) => body as { receiver: { name: string }; text: string; link: string },
  );
}

test('the message names the sentences and leads to the entry in the register', () => {
  const [notice, ...more] = told([lead, officer]);
  expect(more).toEqual([]);
  expect(notice).toMatchObject({
    receiver: { name: '陆柏舟' },
    link: 'https://huiying.test/register?entry=entry-1',
  });
  expect(notice?.text).toMatch(/批准稿“.*约2万户.*”，页面“.*约3万户.*”/);
});

test('while nobody who leads can be reached, the duty officer is told', () => {
  const { email: _gone, ...silent } = lead;
  expect(told([silent, officer]).map(({ receiver }) => receiver.name)).toEqual(['顾明远']);
});
