import { expect, test } from 'vitest';
import { claimedDate } from '../../../ingest/dates/claimed-date.ts';

const NOW = new Date('2026-03-02T04:00:00Z');

test.for([
  ['各街道：……特此通知。\n2021年5月8日', '2021-05-08'],
  ['各街道：……特此通知。\n二〇二一年五月八日', '2021-05-08'],
  ['特此通知。\n霖江市人民政府\n2021年5月8日\n（此件公开发布）\n联系人：值班室', '2021-05-08'],
  ['霖江市人民政府办公室 2021年5月8日印发', '2021-05-08'],
  ['成文日期：2019-03-01 正文……', '2019-03-01'],
  ['2021年5月8日发生的事情已经处理完毕。', undefined],
  ['去年5月8日发生的事情已经处理完毕。', undefined],
  ['2021年5月8日\n一\n二\n三\n四\n五\n六\n七\n八', undefined],
  ['特此通知。\n2021年2月30日', undefined],
] as const)('%s claims %s', ([text, day]) => {
  const claimed = claimedDate(text, NOW);
  expect(claimed?.getTime()).toBe(day && new Date(`${day}T00:00:00+08:00`).getTime());
});
