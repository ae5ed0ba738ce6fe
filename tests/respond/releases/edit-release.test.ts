import { expect, test } from 'vitest';
import { changeSinceReview } from '../../../respond/releases/reviewed-version.ts';
import { newRelease, withText } from '../../../respond/releases/edit-release.ts';
import { validSignatures } from '../../../respond/releases/required-steps.ts';
import { withSignature } from '../../../respond/releases/sign-release.ts';
import { office } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import {
  aDraft,
  aRelease,
  published,
  reviewPack as pack,
  signedByAll,
  signing,
} from '../../support/releases.ts';

const edit = (release: ReturnType<typeof aRelease>, text: string, actor = office.handler) =>
  withText(release, { draft: aDraft({ text }), actor, at: minutesAfter(15) }, pack);

test('a new text is a draft of the person who wrote it, for everybody to read', () => {
  expect(aRelease()).toMatchObject({
    state: 'draft',
    drafter: { name: '骆书桥' },
    disclosureType: 'proactive',
    signatures: [],
    history: [{ what: '拟稿（首次发布）' }],
  });
});

test('one changed character makes an approved text a draft, its signatures void and still there', () => {
  const approved = signedByAll(aRelease());
  const edited = edit(approved, `${approved.text}！`)!;
  expect(edited.state).toBe('draft');
  expect(validSignatures(edited)).toEqual([]);
  expect(edited.signatures.map(({ contentDigest }) => contentDigest)).toEqual([
    approved.contentDigest,
    approved.contentDigest,
  ]);
  expect(edited.history.at(-1)?.what).toBe('改稿，原有签署作废');
});

test('writing the old text again does not bring its signatures back', () => {
  const approved = signedByAll(aRelease());
  const back = edit(edit(approved, '另一个正文')!, approved.text)!;
  expect(back.contentDigest).toBe(approved.contentDigest);
  expect(back.state).toBe('draft');
  expect(validSignatures(back)).toEqual([]);
});

test('the same text once more changes nothing', () => {
  const approved = signedByAll(aRelease());
  expect(edit(approved, approved.text)).toBeUndefined();
});

test('a text that was sent back becomes a draft by being changed', () => {
  const release = aRelease();
  const request = signing(release, 'content', office.reviewer, {
    verdict: 'rejected',
    comment: '补充送水点',
  });
  const edited = edit(withSignature(release, request, pack), '补充了送水点的正文');
  expect(edited?.state).toBe('draft');
});

test('whoever else changes the text stands beside the drafter as an author, once', () => {
  const once = edit(aRelease(), '第二稿', office.otherHandler)!;
  const twice = edit(once, '第三稿', office.otherHandler)!;
  expect(edit(twice, '第四稿')?.editors).toEqual([{ personId: '丁维安', name: '丁维安' }]);
});

test.for([
  { what: 'a reviewer who wants to change the text', actor: office.reviewer, code: 'ROLE_NEEDED' },
  {
    what: 'a change after publication',
    release: published(signedByAll(aRelease())),
    code: 'RELEASE_ALREADY_PUBLISHED',
  },
])('refuses $what', ({ release = aRelease(), actor = office.handler, code }) => {
  expect(() => edit(release, '别的正文', actor)).toThrow(expect.objectContaining({ code }));
});

test.for([
  { what: 'a draft by a duty officer', actor: office.dutyOfficer, code: 'ROLE_NEEDED' },
  { what: 'a text of blanks', changes: { text: ' \n' }, code: 'RELEASE_TEXT_NEEDED' },
  {
    what: 'a promise of an update in the past',
    changes: { checklist: { ...aDraft().checklist, nextUpdateAt: NOON } },
    code: 'NEXT_UPDATE_PASSED',
  },
])('refuses $what', ({ actor = office.handler, changes = {}, code }) => {
  const request = {
    event: { id: 'event-1', isDrill: false },
    draft: aDraft(changes),
    actor,
    at: NOON,
  };
  expect(() => newRelease(request, pack)).toThrow(expect.objectContaining({ code }));
});

test('a reviewer sees what became of the text after the last review, signs between included', () => {
  const approved = signedByAll(aRelease());
  const first = edit(approved, `${approved.text}又一句。`)!;
  expect(changeSinceReview(aRelease())).toBeUndefined();
  // Changed once more before anybody reviewed it: still against what was reviewed.
  const second = edit(first, `${approved.text}又两句。`)!;
  const change = changeSinceReview(second);
  expect(change?.parts.filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'added', text: '又两句。' },
  ]);
  expect(change?.reviewers.length).toBeGreaterThan(0);
  expect(second.reviewedVersions).toHaveLength(1);
});
