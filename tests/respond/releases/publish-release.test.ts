import { expect, test } from 'vitest';
import { AUDIT_TOPIC, type Person } from '#core';
import { ACTS_TOPIC, DutyActSchema } from '#alert';
import { RELEASE_REGISTER_TOPIC, ReleaseRegisterEntrySchema, type Release } from '#respond';
import { withText } from '../../../respond/releases/edit-release.ts';
import { withPublication, type PublishRequest } from '../../../respond/releases/publish-release.ts';
import { withSignature } from '../../../respond/releases/sign-release.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import {
  aDraft,
  aRelease,
  published,
  publishing,
  reviewPack as pack,
  signedByAll,
  signing,
} from '../../support/releases.ts';

const bodies = (release: Release, topic: string): unknown[] =>
  release.effects.filter((effect) => effect.topic === topic).map(({ body }) => body);

test('publishing writes all six fields of the register, in the words that were signed', () => {
  const release = published(signedByAll(aRelease()));
  expect(bodies(release, RELEASE_REGISTER_TOPIC)).toEqual([
    {
      id: expect.any(String),
      releaseId: release.id,
      eventId: 'event-1',
      originalContent: `${release.title}\n\n${release.text}`,
      contentDigest: release.contentDigest,
      releasingUnit: '市水务局',
      reviewer: '陶知夏（内容审核）、衡亦轩（保密审查）',
      publisher: '简若汀',
      releasedAt: minutesAfter(20),
      channel: 'govSite',
      link: 'https://www.linjiang.test/2026/1124.html',
    },
  ]);
  expect(
    bodies(release, RELEASE_REGISTER_TOPIC).map((body) => ReleaseRegisterEntrySchema.parse(body)),
  ).toHaveLength(1);
});

test('publishing on an official channel is the act that a countdown waits for, dated by the server', () => {
  const release = published(signedByAll(aRelease()));
  expect(bodies(release, ACTS_TOPIC).map((body) => DutyActSchema.parse(body))).toEqual([
    {
      id: expect.any(String),
      eventId: 'event-1',
      kind: 'release',
      doneAt: minutesAfter(20),
      ref: `release:${release.id}`,
      what: '政府网站发布《关于江北区部分小区停水的情况说明》（首次发布）',
    },
  ]);
  expect(release).toMatchObject({ state: 'published', published: { by: { name: '简若汀' } } });
  expect(bodies(release, AUDIT_TOPIC).at(-1)).toMatchObject({ act: '登记发布：政府网站' });
});

test.for([
  ['firstRelease', 'release'],
  ['clarification', 'release'],
  ['followUp', 'followUp'],
  ['final', 'finalRelease'],
] as const)('a %s counts as %s for the countdowns', ([kind, act]) => {
  const release = published(signedByAll(aRelease({ kind })));
  expect(bodies(release, ACTS_TOPIC)).toMatchObject([{ kind: act }]);
});

test('a newspaper is registered and satisfies no countdown', () => {
  const release = published(signedByAll(aRelease()), { channel: 'newspaper', link: '' });
  expect(bodies(release, RELEASE_REGISTER_TOPIC)).toHaveLength(1);
  expect(bodies(release, ACTS_TOPIC)).toEqual([]);
});

test('the same text on a further channel is registered again; the first time stays', () => {
  const first = published(signedByAll(aRelease()), { channel: 'newspaper', link: '' });
  const both = published(first, { at: minutesAfter(60) });
  expect(both.published).toMatchObject({ channel: 'newspaper', at: minutesAfter(20) });
  expect(both.alsoPublished).toMatchObject([{ channel: 'govSite', at: minutesAfter(60) }]);
  expect(bodies(both, ACTS_TOPIC)).toMatchObject([{ doneAt: minutesAfter(60) }]);
});

const noSecrecy = (() => {
  const release = aRelease();
  return withSignature(release, signing(release, 'content', office.reviewer), pack);
})();
const approved = signedByAll(aRelease());
const edited = withText(
  approved,
  { draft: aDraft({ text: '批准后又改的正文' }), actor: office.handler, at: minutesAfter(12) },
  pack,
)!;
const sentBackByLeader = withSignature(
  approved,
  signing(approved, 'leader', office.deputy, { grade: 'L2', verdict: 'rejected', comment: '重写' }),
  pack,
);
const saysLess = (checklist: Partial<Release['checklist']>): Release => {
  const { nextUpdateAt: _, ...rest } = aDraft().checklist;
  return signedByAll(aRelease({ checklist: { ...rest, ...checklist } }));
};

test.for<{
  what: string;
  release?: Release;
  actor?: Person;
  more?: Partial<PublishRequest>;
  code: string;
  says?: string;
}>([
  {
    what: 'a text without the secrecy review',
    release: noSecrecy,
    code: 'RELEASE_INCOMPLETE',
    says: '缺少保密审查（保密审查员签署）',
  },
  {
    what: 'a text whose promised next update has gone by',
    release: signedByAll(aRelease()),
    more: { at: minutesAfter(181) },
    code: 'RELEASE_INCOMPLETE',
    says: '写明的下次更新时间已过',
  },
  {
    what: 'a text that nobody reviewed',
    release: aRelease(),
    code: 'RELEASE_INCOMPLETE',
    says: '缺少内容审核（审核人签署）；缺少保密审查（保密审查员签署）',
  },
  {
    what: 'a text changed after approval',
    release: edited,
    code: 'RELEASE_INCOMPLETE',
    says: '缺少内容审核',
  },
  {
    what: 'the digest of the text as it was approved before the change',
    release: edited,
    more: { contentDigest: approved.contentDigest },
    code: 'RELEASE_TEXT_CHANGED',
  },
  {
    what: 'a text approved before the event became 重大',
    release: approved,
    more: { grade: 'L2' },
    code: 'RELEASE_INCOMPLETE',
    says: '缺少领导签发（分管领导或者主要负责人签署）',
  },
  {
    what: 'a text that the leader sent back, also after the grade was lowered',
    release: sentBackByLeader,
    code: 'RELEASE_INCOMPLETE',
    says: '已退回修改，请先改稿',
  },
  {
    what: 'a text without facts',
    release: saysLess({ facts: '', result: '已恢复' }),
    code: 'RELEASE_INCOMPLETE',
    says: '缺少已知事实',
  },
  {
    what: 'a text without measures',
    release: saysLess({ measures: ' ', result: '已恢复' }),
    code: 'RELEASE_INCOMPLETE',
    says: '缺少已采取的措施',
  },
  {
    what: 'a text with neither result nor next update',
    release: saysLess({}),
    code: 'RELEASE_INCOMPLETE',
    says: '缺少处理结果或者下次更新时间',
  },
  {
    what: 'a text that is not for disclosure',
    release: signedByAll(aRelease({ disclosureType: 'onRequest' })),
    code: 'RELEASE_INCOMPLETE',
    says: '公开属性不是“主动公开”',
  },
  { what: 'the drafter without the role', actor: office.handler, code: 'ROLE_NEEDED' },
  {
    what: 'a reviewer of the same version',
    actor: aPerson(office.reviewer.name, ['releaseReviewer', 'publisher']),
    code: 'REVIEWER_MAY_NOT_PUBLISH',
  },
  {
    what: 'a channel where it is registered already',
    release: published(approved),
    code: 'RELEASE_ALREADY_PUBLISHED',
  },
  { what: 'the government site without a link', more: { link: '' }, code: 'RELEASE_LINK_NEEDED' },
  {
    what: 'a link that is a script',
    more: { link: 'javascript:alert(1)' },
    code: 'LINK_INVALID',
  },
  {
    what: 'a withdrawn text',
    release: { ...approved, state: 'withdrawn' },
    code: 'RELEASE_NOT_PUBLISHABLE',
  },
])('refuses $what', ({ release = approved, actor = office.publisher, more, code, says = '' }) => {
  const attempt = () => published(release, { actor, ...more });
  expect(attempt).toThrow(expect.objectContaining({ code }));
  expect(attempt).toThrow(says);
});

test('a reviewer publishes where a small office allows it, and the record says so', () => {
  const both = aPerson(office.reviewer.name, ['releaseReviewer', 'publisher']);
  const request = publishing(approved, { actor: both });
  const release = withPublication(approved, request, { ...pack, mayReviewerPublish: true });
  expect(release.history.at(-1)?.what).toContain('审查人兼发布人');
  expect(bodies(release, AUDIT_TOPIC).at(-1)).toMatchObject({
    act: expect.stringContaining('审查人兼发布人'),
  });
});

test('what counts is when it was published, entered late or not, and both are on record', () => {
  const enteredAt = minutesAfter(90);
  const release = published(approved, {
    publishedAt: minutesAfter(30),
    lateReason: '外网中断',
    at: enteredAt,
  });
  const [entry] = release.effects
    .filter(({ topic }) => topic === RELEASE_REGISTER_TOPIC)
    .map(({ body }) => ReleaseRegisterEntrySchema.parse(body));
  expect(entry).toMatchObject({ releasedAt: minutesAfter(30), enteredAt, lateReason: '外网中断' });
  const acts = release.effects.filter(({ topic }) => topic === ACTS_TOPIC);
  expect(acts).toMatchObject([{ body: { doneAt: minutesAfter(30) } }]);
  expect(release.history.at(-1)?.what).toMatch(/登记发布：政府网站 .*（补录：外网中断）$/);
});

test('half an hour between publication and entry asks for no reason', () => {
  const request = { publishedAt: minutesAfter(30), at: minutesAfter(60) };
  expect(published(approved, request).published?.at).toEqual(minutesAfter(30));
});

test.for([
  { what: 'a time to come', publishedAt: minutesAfter(91), code: 'PUBLISHED_IN_FUTURE' },
  {
    what: 'a time before the last signature',
    publishedAt: NOON,
    code: 'PUBLISHED_BEFORE_APPROVAL',
  },
  {
    what: 'a late entry without a reason',
    publishedAt: minutesAfter(30),
    code: 'LATE_REASON_NEEDED',
  },
])('$what is refused', ({ publishedAt, code }) => {
  expect(() => published(approved, { publishedAt, at: minutesAfter(90) })).toThrow(
    expect.objectContaining({ code }),
  );
});
