import { expect, test } from 'vitest';
import type { LeadPost } from '#analyze';
import { spreadPathOf } from '../../../analyze/copies/spread-path.ts';
import { aLead } from '../../support/events.ts';
import { aRecord, minutesAfter } from '../../support/posts.ts';

const aPart = (outlet: string, minutes: number, more: Partial<LeadPost> = {}): LeadPost => ({
  ...aRecord().post,
  postId: `${outlet}-${minutes}`,
  outlet,
  publishedAt: minutesAfter(minutes),
  publishedFrom: 'page',
  publishedConfidence: 'minute',
  ...more,
});
const pathOf = (...posts: LeadPost[]): string[] =>
  spreadPathOf([aLead({ posts })]).map(({ outlet, kind }) => `${outlet} ${kind}`);

test('whoever published first is the origin, though read later, and the others stand to it', () => {
  expect(
    pathOf(
      aPart('门户', 30),
      aPart('日报', 10, { copyRelation: 'compilation' }),
      aPart('晚报', 40, { copyRelation: 'copy' }),
    ),
  ).toEqual(['日报 origin', '门户 excerpt', '晚报 copy']);
});

test('an outlet is one step however often it carried the text; so are all individuals', () => {
  const individual = { outletKind: 'individual', copyRelation: 'copy' } as const;
  const path = spreadPathOf([
    aLead({
      posts: [
        aPart('日报', 0),
        aPart('日报', 5, { copyRelation: 'copy' }),
        aPart('个人', 7, { ...individual, authorPseudonym: 'a' }),
        aPart('个人', 6, { ...individual, authorPseudonym: 'b' }),
      ],
    }),
  ]);
  expect(path.map(({ postId, postCount }) => [postId, postCount])).toEqual([
    ['日报-0', 2],
    ['个人-6', 2],
  ]);
  expect(JSON.stringify(path)).not.toMatch(/seudonym/);
});

test('a text of its own in another lead is own, a new bulletin an update', () => {
  const path = spreadPathOf([
    aLead({ id: 'a', posts: [aPart('应急局', 0)] }),
    aLead({ id: 'b', posts: [aPart('晚报', 20)] }),
    aLead({ id: 'c', updateOf: 'a', posts: [aPart('市政府', 60)] }),
  ]);
  expect(path.map(({ kind }) => kind)).toEqual(['origin', 'own', 'update']);
});

test.for([
  {
    why: 'no date',
    post: aPart('论坛', 90, { publishedFrom: 'fetch' }),
    unsure: 'noDate',
    mayBeEarlier: true,
  },
  {
    why: 'a day only, that day',
    post: aPart('论坛', -90, { publishedConfidence: 'day' }),
    unsure: 'dayOnly',
    mayBeEarlier: true,
  },
  {
    why: 'a day only, the next',
    post: aPart('论坛', 900, { publishedConfidence: 'day' }),
    unsure: 'dayOnly',
    mayBeEarlier: false,
  },
  {
    why: 'some hours ago',
    post: aPart('论坛', 90, { publishedConfidence: 'relative' }),
    unsure: 'relative',
    mayBeEarlier: true,
  },
])('$why is no proof of the first publication: $unsure', ({ post, unsure, mayBeEarlier }) => {
  const [origin, other] = spreadPathOf([
    aLead({ posts: [post, aPart('日报', 0, { copyRelation: 'copy' })] }),
  ]);
  expect(origin).toMatchObject({ outlet: '日报', kind: 'origin', mayBeEarlier: false });
  expect(other).toMatchObject({ outlet: '论坛', kind: 'copy', unsure, mayBeEarlier });
});

test('where no time is sure the earliest is shown as the origin, and as unsure', () => {
  const day = { publishedConfidence: 'day' } as const;
  const [origin] = spreadPathOf([
    aLead({ posts: [aPart('甲', 5, day), aPart('乙', 0, { ...day, copyRelation: 'copy' })] }),
  ]);
  expect(origin).toMatchObject({ outlet: '乙', kind: 'origin', unsure: 'dayOnly' });
});

test('no lead, no path; posts linked by an older version are copies', () => {
  expect(spreadPathOf([])).toEqual([]);
  const { publishedFrom: _a, publishedConfidence: _b, ...old } = aPart('晚报', 5);
  expect(pathOf(aPart('日报', 0), old)).toEqual(['日报 origin', '晚报 copy']);
});
