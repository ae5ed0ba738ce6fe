import { expect, test } from 'vitest';
import { AUDIT_TOPIC, Refused, type Person } from '#core';
import type { Release, ReviewStep } from '#respond';
import { withText } from '../../../respond/releases/edit-release.ts';
import { openSteps } from '../../../respond/releases/required-steps.ts';
import { withSignature, type SignRequest } from '../../../respond/releases/sign-release.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import {
  aDraft,
  aRelease,
  published,
  reviewPack as pack,
  signedByAll,
  signing,
} from '../../support/releases.ts';

const sign = (
  release: Release,
  step: ReviewStep,
  actor: Person,
  more: Partial<SignRequest> = {},
): Release => withSignature(release, signing(release, step, actor, more), pack);

test('the first signature begins the review, the last one asked for approves', () => {
  const begun = sign(aRelease(), 'content', office.reviewer);
  expect(begun.state).toBe('inReview');
  expect(sign(begun, 'secrecy', office.secrecy).state).toBe('approved');
});

test('at 重大 content and secrecy are not enough without the leader', () => {
  const two = sign(
    sign(aRelease(), 'content', office.reviewer, { grade: 'L2' }),
    'secrecy',
    office.secrecy,
    { grade: 'L2' },
  );
  expect(two.state).toBe('inReview');
  expect(sign(two, 'leader', office.deputy, { grade: 'L2' }).state).toBe('approved');
});

test('the secrecy review may come first', () => {
  const first = sign(aRelease(), 'secrecy', office.secrecy);
  expect(sign(first, 'content', office.reviewer).state).toBe('approved');
});

test('a signature and its record leave in one write', () => {
  const { effects, history } = sign(aRelease(), 'content', office.reviewer);
  expect(effects.at(-1)).toMatchObject({
    topic: AUDIT_TOPIC,
    key: 'event-1',
    body: { act: '内容审核同意', actor: { name: '陶知夏' }, eventId: 'event-1' },
  });
  expect(history.at(-1)).toMatchObject({ what: '内容审核同意', actor: { name: '陶知夏' } });
});

test('a rejection sends the text back, with its reason', () => {
  const rejected = sign(aRelease(), 'content', office.reviewer, {
    verdict: 'rejected',
    comment: '受影响户数须与水务局核对',
  });
  expect(rejected.state).toBe('rejected');
  expect(rejected.history.at(-1)?.what).toBe('内容审核退回修改：受影响户数须与水务局核对');
});

test('who agreed may still send an approved text back before it is published', () => {
  const approved = signedByAll(aRelease());
  const more = { verdict: 'rejected', comment: '数字有误' } as const;
  expect(sign(approved, 'secrecy', office.secrecy, more).state).toBe('rejected');
});

test('what the deputy leader signed at 重大 needs the principal once it is 特别重大', () => {
  const atL2 = { grade: 'L2' as const };
  const approved = sign(
    sign(sign(aRelease(), 'content', office.reviewer, atL2), 'secrecy', office.secrecy, atL2),
    'leader',
    office.deputy,
    atL2,
  );
  expect(openSteps(approved, 'L2', pack)).toEqual([]);
  expect(openSteps(approved, 'L1', pack)).toEqual(['leader']);
  const again = sign(approved, 'leader', office.principal, { grade: 'L1' });
  expect(openSteps(again, 'L1', pack)).toEqual([]);
});

const draftedByReviewer = aPerson('陶知夏', ['handler', 'releaseReviewer', 'secrecyReviewer']);
const rejected = sign(aRelease(), 'content', office.reviewer, {
  verdict: 'rejected',
  comment: '重写',
});
const editedByOther = withText(
  aRelease(),
  {
    draft: aDraft({ text: '改过的正文' }),
    actor: { ...office.otherHandler, roles: ['handler'] },
    at: minutesAfter(5),
  },
  pack,
)!;

test.for<{
  who: string;
  release?: Release;
  step?: ReviewStep;
  actor?: Person;
  more?: Partial<SignRequest>;
  code: string;
  kind: string;
}>([
  {
    who: 'the drafter, whatever other roles this person holds',
    release: { ...aRelease(), drafter: { personId: '陶知夏', name: '陶知夏' } },
    actor: draftedByReviewer,
    code: 'AUTHOR_MAY_NOT_REVIEW',
    kind: 'forbidden',
  },
  {
    who: 'somebody who changed the text',
    release: editedByOther,
    actor: aPerson(office.otherHandler.name, ['handler', 'releaseReviewer']),
    code: 'AUTHOR_MAY_NOT_REVIEW',
    kind: 'forbidden',
  },
  {
    who: 'the secrecy reviewer on the content step',
    actor: office.secrecy,
    code: 'ROLE_NEEDED',
    kind: 'forbidden',
  },
  {
    who: 'the deputy leader at 特别重大',
    step: 'leader',
    actor: office.deputy,
    more: { grade: 'L1' },
    code: 'ROLE_NEEDED',
    kind: 'forbidden',
  },
  {
    who: 'a leader where the grade does not ask for one',
    step: 'leader',
    actor: office.principal,
    code: 'REVIEW_STEP_NOT_ASKED',
    kind: 'conflict',
  },
  {
    who: 'a reviewer who read another version',
    more: { contentDigest: 'digest of yesterday' },
    code: 'RELEASE_TEXT_CHANGED',
    kind: 'conflict',
  },
  {
    who: 'a rejection without a reason',
    more: { verdict: 'rejected', comment: '  ' },
    code: 'REJECTION_REASON_NEEDED',
    kind: 'invalid',
  },
  {
    who: 'a second signature on a step that is signed',
    release: sign(aRelease(), 'content', office.reviewer),
    code: 'REVIEW_STEP_SIGNED',
    kind: 'conflict',
  },
  {
    who: 'a signature under a text that was sent back',
    release: rejected,
    code: 'RELEASE_NOT_IN_REVIEW',
    kind: 'conflict',
  },
  {
    who: 'a signature under a published text',
    release: published(signedByAll(aRelease())),
    code: 'RELEASE_NOT_IN_REVIEW',
    kind: 'conflict',
  },
])(
  'refuses $who',
  ({ release = aRelease(), step = 'content', actor = office.reviewer, more, code, kind }) => {
    const attempt = () => sign(release, step, actor, more);
    expect(attempt).toThrow(Refused);
    expect(attempt).toThrow(expect.objectContaining({ code, kind }));
  },
);
