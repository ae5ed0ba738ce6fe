import { expect, test } from 'vitest';
import { openQuestions } from '#respond';
import { judgingPack } from '../../support/judging.ts';

const release = { title: '情况说明', text: '今晚恢复供水，水质检测合格。' };
const asked = ['什么时候恢复供水？', '损失谁负责赔偿？', '水质检测是否合格？'];

test('a question stays open while no release names what it is about', () => {
  expect(openQuestions(asked, [release], judgingPack.questions)).toEqual(['损失谁负责赔偿？']);
  expect(openQuestions(asked, [], judgingPack.questions)).toEqual(asked);
});
