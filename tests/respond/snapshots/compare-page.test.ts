import { expect, test } from 'vitest';
import {
  agrees,
  changeBetween,
  compareWithApproved,
  withoutCounters,
} from '../../../respond/snapshots/compare-page.ts';
import { APPROVED } from '../../support/snapshots.ts';

const on = (text: string, title = APPROVED.title) =>
  compareWithApproved(APPROVED, { title, text }, 0.5);

test.for([
  { page: 'as it was approved', text: APPROVED.text },
  { page: 'with its lines broken elsewhere', text: APPROVED.text.replaceAll('，', '，\n') },
  { page: 'with full-width figures and spaces', text: APPROVED.text.replaceAll('12', ' １２ ') },
  { page: 'with a foot below', text: `${APPROVED.text}\n责任编辑：某某。` },
])('a page $page agrees', ({ text }) => {
  expect(agrees(on(text))).toBe(true);
  expect(on(text).looked).toBe(4);
});

test('a sentence that was left out is named', () => {
  const found = on(APPROVED.text.replace('预计11月25日6时前恢复供水。', ''));
  expect(found).toMatchObject({ missing: ['预计11月25日6时前恢复供水。'], differing: [] });
});

test('a sentence with another figure stands beside the approved one', () => {
  const found = on(APPROVED.text.replace('约2万户', '约3万户'));
  expect(found.missing).toEqual([]);
  expect(found.differing).toEqual([
    {
      approved: '11月24日7时许，江北区供水主管破裂，约2万户居民用水受到影响。',
      onPage: '11月24日7时许，江北区供水主管破裂，约3万户居民用水受到影响。',
    },
  ]);
});

test('another title is named; the site’s name behind it is none', () => {
  expect(on(APPROVED.text, `${APPROVED.title}_临江市水务局`).otherTitle).toBeUndefined();
  expect(on(APPROVED.text, '停水通知').otherTitle).toBe('停水通知');
  expect(on(APPROVED.text, '').otherTitle).toBeUndefined();
});

test('a page with quite another text holds none of the sentences', () => {
  const found = on('您访问的页面不存在或者已经删除，请返回首页继续浏览其他内容。');
  expect(found.missing).toHaveLength(4);
});

test('a page made to tire us is compared in a moment', () => {
  const endless = Array.from({ length: 30_000 }, (_, n) => `第${n}号供水主管破裂`).join('。');
  const before = performance.now();
  expect(agrees(on(endless))).toBe(false);
  expect(performance.now() - before).toBeLessThan(3_000);
});

test('what went and what came is told in sentences', () => {
  const after = APPROVED.text.replace('约2万户', '约3万户');
  expect(changeBetween(APPROVED.text, after)).toEqual({
    removed: ['11月24日7时许，江北区供水主管破裂，约2万户居民用水受到影响。'],
    added: ['11月24日7时许，江北区供水主管破裂，约3万户居民用水受到影响。'],
  });
});

test('a count of readers is no word of the text, a figure in it is', () => {
  const words = ['阅读', '浏览'];
  expect(withoutCounters('来源：水务局 浏览次数：1,203次', words)).toBe('来源：水务局 ');
  expect(withoutCounters('约2万户受影响', words)).toBe('约2万户受影响');
});
