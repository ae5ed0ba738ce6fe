import { array, assert, constantFrom, integer, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { FUNNEL_COLUMNS, toFunnel } from '#ingest';
import { backOffMs } from '../../ingest/polling/back-off.ts';
import { claimedDate } from '../../ingest/dates/claimed-date.ts';
import { decodeText } from '../../ingest/text/decode-text.ts';
import { mask } from '../../ingest/text/mask.ts';
import { htmlToText } from '../../ingest/pages/page-text.ts';
import { parseFeed } from '../../ingest/feeds/parse-feed.ts';
import { readCount } from '../../ingest/read-item.ts';
import { readDate } from '../../ingest/dates/read-date.ts';
import { hasSecrecyMark } from '../../ingest/text/secrecy-mark.ts';
import { rhythmPack } from '../support/packs.ts';

const NOW = new Date('2026-03-02T04:00:00Z');

test('the columns of a funnel add up, whatever became of the items', () => {
  assert(
    property(array(constantFrom(...FUNNEL_COLUMNS)), (outcomes) => {
      const { fetched, ...columns } = toFunnel(outcomes);
      expect(Object.values(columns).reduce((sum, count) => sum + count, 0)).toBe(fetched);
    }),
  );
});

test.for([
  ['2026年3月2日 10:23', '2026-03-02T02:23:00.000Z'],
  ['2026-03-02 10:23:05', '2026-03-02T02:23:05.000Z'],
  ['03-02 10:23', '2026-03-02T02:23:00.000Z'],
  ['昨天 15:04', '2026-03-01T07:04:00.000Z'],
  ['3分钟前', '2026-03-02T03:57:00.000Z'],
  ['2小时前', '2026-03-02T02:00:00.000Z'],
  ['刚刚', '2026-03-02T04:00:00.000Z'],
  ['Mon, 02 Mar 2026 10:00:00 GMT', undefined],
  ['Mon, 02 Mar 2026 10:00:00 +0800', '2026-03-02T02:00:00.000Z'],
  ['2026-03-02T10:00:00+08:00', '2026-03-02T02:00:00.000Z'],
  ['12-30 08:00', '2025-12-30T00:00:00.000Z'],
  ['明年再说', undefined],
] as const)('%s is %s in Beijing', ([written, iso]) => {
  expect(readDate(written, NOW)?.toISOString()).toBe(iso);
});

test('a text shows its own old date by its signature or its label', () => {
  expect(claimedDate('各街道：……特此通知。\n2021年5月8日', NOW)?.toISOString()).toMatch(
    /^2021-05-07T16/,
  );
  expect(claimedDate('发布日期：2019-03-01 正文……', NOW)?.toISOString()).toMatch(/^2019-02-28T16/);
  expect(claimedDate('去年5月8日发生的事情已经处理完毕。', NOW)).toBeUndefined();
});

test('a page in GB2312 that only its meta tag declares is read', () => {
  // 停水通知 in GB2312.
  const words = [0xcd, 0xa3, 0xcb, 0xae, 0xcd, 0xa8, 0xd6, 0xaa];
  const page = Buffer.concat([Buffer.from('<meta charset="gb2312">'), Buffer.from(words)]);
  expect(decodeText(page, 'text/html')).toMatchObject({ kind: 'text', encoding: 'gb18030' });
  expect(decodeText(page, 'text/html')).toMatchObject({
    text: expect.stringContaining('停水通知'),
  });
});

function endOfReading(feed: string): string {
  try {
    parseFeed(feed, 'https://a.test/');
    return 'read';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

test('no bytes make decoding, masking or reading a feed throw anything but a clear failure', () => {
  assert(
    property(uint8Array({ maxLength: 400 }), string(), (bytes, header) => {
      expect(['text', 'undecodable']).toContain(decodeText(bytes, header).kind);
    }),
  );
  for (const hostile of ['', '<rss>', '<<<>>>', '{"items":', '&&&&', '<feed><entry></feed>']) {
    expect(['read', 'Unreadable']).toContain(endOfReading(hostile));
  }
});

test('a feed with one broken entry and a bare & still gives the others', () => {
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>
    <item><title>停水&通知</title><link>/a</link><guid>1</guid><description>&lt;p&gt;正文&lt;/p&gt;</description></item>
    <item><link>/b</link></item></channel></rss>`;
  const { items, unparsable } = parseFeed(feed, 'https://news.test/rss');
  expect(items).toMatchObject([{ key: '1', url: 'https://news.test/a', text: '正文' }]);
  expect(unparsable).toBe(1);
});

test('scripts and frames leave no trace in a text', () => {
  const html =
    '<p>停水</p><script>alert(1)</script><iframe src="x"></iframe><style>p{}</style><p>通知</p>';
  expect(htmlToText(html)).toBe('停水\n通知');
});

test.for([
  ['请拨打13812345678联系', '请拨打[手机号]联系'],
  ['身份证11010519491231002X的居民', '身份证[身份证号]的居民'],
  ['邮箱zhang.san@example.com。', '邮箱[邮箱]。'],
  ['车牌浙A12345违停', '车牌[车牌号]违停'],
  ['卡号6222 0202 0011 2233 445', '卡号[卡号]'],
  ['2026年3月2日，共1200人、投资3.5亿元', '2026年3月2日，共1200人、投资3.5亿元'],
])('%s is stored as %s', ([text, masked]) => {
  expect(mask(text ?? '')).toBe(masked);
});

test('no mobile number survives masking, wherever it stands', () => {
  const number = integer({ min: 13_000_000_000, max: 19_999_999_999 });
  assert(
    property(string({ unit: 'grapheme', maxLength: 20 }), number, (around, mobile) => {
      // A twelfth digit, full-width too, makes it another number.
      const words = around.replace(/[\d\uff10-\uff19]/g, '');
      const text = `${words}电话${mobile}${words}`;
      expect(mask(text)).not.toMatch(/1[3-9]\d{9}/);
    }),
    { numRuns: 1_000 },
  );
});

test.for([
  ['机密★启用前', true],
  ['【秘密】关于……', true],
  ['密级：机密', true],
  ['读《秘密花园》有感', false],
  ['严禁泄露商业秘密', false],
  ['机密性测试', false],
] as const)('%s bears a mark of secrecy: %s', ([text, isMarked]) => {
  expect(hasSecrecyMark(text)).toBe(isMarked);
});

test.for([
  ['1,234', 1_234],
  ['1.2万', 12_000],
  ['回复 56', 56],
  ['', 0],
] as const)('%s counts %i', ([written, count]) => {
  expect(readCount(written)).toBe(count);
});

test('a failing source waits longer each time, and is never given up', () => {
  const { longestBackOffMs } = rhythmPack.failures;
  assert(
    property(integer({ min: 1, max: 10_000 }), (failures) => {
      const waitMs = backOffMs(60_000, failures, 0.5, longestBackOffMs);
      expect(waitMs).toBeGreaterThanOrEqual(backOffMs(60_000, failures - 1, 0.5, longestBackOffMs));
      expect(waitMs).toBeLessThanOrEqual(longestBackOffMs * 1.2);
    }),
  );
});
