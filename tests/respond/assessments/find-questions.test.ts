import { array, assert, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { findQuestions } from '#respond';
import { asking, judgingPack } from '../../support/judging.ts';

const rule = judgingPack.questions;

test('what two people ask in like words is one question, in the words of the first', () => {
  expect(findQuestions(asking, rule)[0]).toEqual({
    text: '什么时候能来水？',
    postIds: ['post-1', 'post-2'],
  });
});

test('a question needs no question mark, and a title may ask', () => {
  const asked = findQuestions(asking, rule).map(({ text }) => text);
  expect(asked).toContain('店里两天没开门，损失谁负责。');
  expect(asked).toContain('赔偿谁来出？');
});

test('what only tells is no question', () => {
  expect(findQuestions(asking.slice(3), rule)).toEqual([]);
});

test.for([
  { what: 'when and why', texts: ['什么时候能来水？', '为什么不提前通知？'], groups: 2 },
  { what: 'where and how much', texts: ['哪里可以领水？', '一共赔多少钱？'], groups: 2 },
  {
    what: 'traditional and simplified',
    texts: ['什麼時候能來水？', '什么时候能来水？'],
    groups: 1,
  },
  {
    what: 'one with a sigh before it',
    texts: ['唉，为什么不提前通知？', '为什么不提前通知'],
    groups: 1,
  },
])('$what: $groups', ({ texts, groups }) => {
  const posts = texts.map((text, index) => ({ id: String(index), title: '', text }));
  expect(findQuestions(posts, rule)).toHaveLength(groups);
});

test('a post that asks the same twice counts once', () => {
  const posts = [{ id: 'a', title: '何时来水？', text: '何时来水？何时来水？' }];
  expect(findQuestions(posts, rule)).toEqual([{ text: '何时来水？', postIds: ['a'] }]);
});

test('nothing is invented: each question stands word for word in the first post that asks it', () => {
  assert(
    property(array(record({ title: string(), text: string() })), (texts) => {
      const posts = texts.map((one, index) => ({ ...one, id: String(index) }));
      for (const { text, postIds } of findQuestions(posts, { ...rule, shortest: 1 })) {
        const post = posts[Number(postIds[0])];
        expect(`${post?.title}\n${post?.text}`).toContain(text);
      }
    }),
  );
});

test('what an official statement leaves open is no question of the public', () => {
  const text = '目前已救出一名工人，是否还有人员被埋尚待核实。';
  expect(findQuestions([{ id: 'post-1', title: '', text }], judgingPack.questions)).toEqual([]);
});
