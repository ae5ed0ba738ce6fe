import { expect, test } from 'vitest';
import type { PreviewItemView } from '../../dashboards/contract/index.ts';
import { headOf, understoodAs } from '../../dashboards/web/format/preview.ts';

const NOW = Date.parse('2026-11-24T02:00:00Z');
const item = (more: Partial<PreviewItemView> = {}): PreviewItemView => ({
  title: '今晨恢复供水',
  text: '抢修人员奋战一夜。',
  published: '今天 9:30',
  column: 'new',
  ...more,
});

test.for([
  { what: 'was understood', given: { publishedAt: '2026-11-24T01:30:00Z' }, says: '今天 09:30' },
  { what: 'is in no known form', given: { published: '冬月初六' }, says: '看不懂，按读到的时间算' },
  { what: 'was not written', given: { published: '' }, says: '按读到的时间算' },
  { what: 'is years ago', given: { column: 'old' as const }, says: '太早，算旧闻' },
  { what: 'stands under a marked text', given: { column: 'refused' as const }, says: '没有用到' },
])('a date that $what: $says', ({ given, says }) => {
  expect(understoodAs(item(given), NOW).text).toBe(says);
});

test.for([
  { what: 'that was read', given: {}, says: '抢修人员奋战一夜。' },
  {
    what: 'whose page did not answer',
    given: { problem: '连接超时' },
    says: '读不到它自己的页面：连接超时',
  },
  { what: 'whose page was not asked for', given: { text: '' }, says: '这次没有取到正文' },
  { what: 'too old', given: { text: '', column: 'old' as const }, says: '不收，没有取正文' },
])('an item $what: $says', ({ given, says }) => {
  expect(headOf(item(given)).text).toBe(says);
});
