import { expect, test } from 'vitest';
import { proofText } from '../../dashboards/web/format/countdown.ts';

test.for([
  { ref: 'release:4f1c', says: '发布稿' },
  { ref: 'conference:77', says: '新闻发布会' },
  { ref: 'grade:L2', says: '定级' },
  { ref: 'something-new:1', says: '办理记录' },
])('$ref is shown as $says', ({ ref, says }) => {
  expect(proofText(ref)).toBe(says);
});
