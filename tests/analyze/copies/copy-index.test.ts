import { expect, test } from 'vitest';
import { isCopy, toCopyProbe } from '../../../analyze/copies/copy-index.ts';
import { normaliseText } from '../../../analyze/text/normalise-text.ts';
import { groupingPack } from '../../support/packs.ts';

const rule = groupingPack.copies;
const probe = (text: string) => toCopyProbe(normaliseText(text), rule);
const notice =
  '因供水主管道突发爆裂，江北区清河街道、望江街道部分区域自今日上午7时30分起停水。抢修人员已到场，预计18时前恢复供水。请居民做好储水准备，给您带来的不便敬请谅解。供水服务热线二十四小时值守。';
const other =
  '周末的滨江公园人头攒动，一年一度的美食节如约而至，来自各地的四十多家餐饮商户带来了各自的招牌小吃，市民排起长队品尝，现场还有民乐演出和非遗体验活动。';

test.for([
  { edit: 'a prefix', text: `【紧急转发】${notice}` },
  {
    edit: 'a source line and disclaimer',
    text: `${notice} 来源：综合整理。免责声明：本文转载自网络，版权归原作者所有。`,
  },
  { edit: 'only the first half', text: notice.slice(0, Math.floor(notice.length / 2)) },
  { edit: 'pasted into a longer text', text: `${other}${notice}${other}` },
])('$edit is still a copy', ({ text }) => {
  expect(isCopy(probe(text), probe(notice), rule)).toBe(true);
});

test('another text is none', () => {
  expect(isCopy(probe(other), probe(notice), rule)).toBe(false);
});

test('a new bulletin on the old template is an update, not a copy', () => {
  const bulletin = (hour: number, dead: number, hurt: number): string =>
    `情况通报：截至3月${hour}日${hour + 4}时，事故已造成${dead}人死亡、${hurt}人受伤，伤者已全部送医救治，搜救工作仍在进行，事故原因正在调查。`;
  expect(isCopy(probe(bulletin(9, 4, 11)), probe(bulletin(2, 3, 5)), rule)).toBe(false);
});
