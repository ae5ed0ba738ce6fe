import { expect, test } from 'vitest';
import { compareCopies } from '../../../analyze/copies/compare-copies.ts';
import { createCopyProbeReader } from '../../../analyze/copies/copy-probe.ts';
import { normaliseText } from '../../../analyze/text/normalise-text.ts';
import { groupingPack } from '../../support/packs.ts';

const rule = groupingPack.copies;
const read = createCopyProbeReader(rule);
const probe = (text: string, url?: string) => read(normaliseText(text), url);
const notice =
  '因供水主管道突发爆裂，江北区清河街道、望江街道部分区域自今日上午7时30分起停水。抢修人员已到场，预计18时前恢复供水。请居民做好储水准备，给您带来的不便敬请谅解。供水服务热线二十四小时值守。';
const other =
  '周末的滨江公园人头攒动，一年一度的美食节如约而至，来自各地的四十多家餐饮商户带来了各自的招牌小吃，市民排起长队品尝，现场还有民乐演出和非遗体验活动。';

test.for([
  { edit: 'the text itself', text: notice, relation: 'copy' },
  { edit: 'a prefix', text: `【紧急转发】${notice}`, relation: 'copy' },
  {
    edit: 'a source line and disclaimer',
    text: `${notice} 来源：综合整理。免责声明：本文转载自网络，版权归原作者所有。`,
    relation: 'copy',
  },
  {
    edit: 'only the first half',
    text: notice.slice(0, Math.floor(notice.length / 2)),
    relation: 'excerpt',
  },
  {
    edit: 'pasted into a longer text',
    text: `${other}${notice}${other}`,
    relation: 'compilation',
  },
  { edit: 'cut in the middle of a figure', text: `${notice.slice(0, 38)}1…`, relation: 'excerpt' },
  { edit: 'another text', text: other, relation: 'none' },
])('$edit: $relation', ({ text, relation }) => {
  expect(compareCopies(probe(text), probe(notice), rule)).toMatchObject({ relation });
});

const bulletin = (day: string, dead: string, hurt: string): string =>
  `情况通报：截至3月${day}日，江北区事故已造成${dead}人死亡、${hurt}人受伤，伤者已全部送医救治，搜救工作仍在进行，事故原因正在调查。`;

test.for([
  { what: 'in digits', newer: bulletin('3', '4', '11') },
  { what: 'in Chinese', newer: bulletin('三', '四', '十一') },
])('a new bulletin on the old template, $what, is an update', ({ newer }) => {
  const older = probe(bulletin('2', '三', '五'));
  expect(compareCopies(probe(newer), older, rule).relation).toBe('update');
});

test('the same figures in Chinese and in digits are no update', () => {
  const a = probe(bulletin('2', '3', '11'));
  expect(compareCopies(probe(bulletin('二', '三', '十一')), a, rule).relation).toBe('copy');
});

test('a lead of an older version, which kept bare figures, is still found, and an update of it known', () => {
  const { fingerprints } = probe(bulletin('2', '3', '5'));
  const old = { fingerprints, numbers: ['3', '2', '5'] };
  const again = probe(`转发：${bulletin('2', '3', '5')}`);
  expect(compareCopies(again, old, rule).relation).toBe('copy');
  const newer = probe(bulletin('29', '4', '11'));
  expect(compareCopies(newer, old, rule).relation).toBe('update');
});

test.for([
  { a: '江北停水了有人知道吗', b: '江北停水了，有人知道吗？？', relation: 'copy' },
  { a: '江北停水了有人知道吗', b: '江北停水了，有人知道么', relation: 'copy' },
  { a: '江北停水了有人知道吗', b: '高新区停电了谁知道', relation: 'none' },
  { a: '江北今日新增确诊3例', b: '江北今日新增确诊5例', relation: 'update' },
  { a: '停水', b: '停电', relation: 'none' },
])('short posts: $a, $b: $relation', ({ a, b, relation }) => {
  expect(compareCopies(probe(b), probe(a), rule)).toMatchObject({ relation });
});

test('one address with a text of its own each time is a live page, no copy; with part of it kept it is', () => {
  const url = 'https://www.example.gov.cn/live/1.html';
  const same = 'http://m.example.gov.cn/live/1.html?utm_source=app#top';
  expect(compareCopies(probe(other, same), probe(notice, url), rule).relation).toBe('none');
  const rewritten = `${notice.slice(0, 30)}${other.repeat(2)}`;
  expect(compareCopies(probe(rewritten, same), probe(notice, url), rule)).toMatchObject({
    reason: 'sameAddress',
  });
  expect(compareCopies(probe(rewritten), probe(notice), rule).relation).toBe('none');
});
