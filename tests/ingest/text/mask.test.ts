import { assert, constantFrom, integer, property, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { mask } from '../../../ingest/text/mask.ts';

test.for([
  ['请拨打13812345678联系', '请拨打[手机号]联系'],
  ['请拨打 +86 138-1234-5678 联系', '请拨打 [手机号] 联系'],
  ['请拨打１３８１２３４５６７８联系', '请拨打[手机号]联系'],
  ['13812345678、13912345678', '[手机号]、[手机号]'],
  ['物业电话0571-88886666转801', '物业电话[电话号码]'],
  ['物业电话（0571）88886666', '物业电话[电话号码]'],
  ['电话01066668888', '电话[电话号码]'],
  ['身份证11010519491231002X的居民', '身份证[身份证号]的居民'],
  ['身份证330106199001011239的居民', '身份证[身份证号]的居民'],
  ['身份证330106 19900101 1234', '身份证[身份证号]'],
  ['一代证330106900101123', '一代证[身份证号]'],
  ['车牌浙A12345违停', '车牌[车牌号]违停'],
  ['车牌浙A·D12345、粤b12345', '车牌[车牌号]、[车牌号]'],
  ['卡号6222 0202 0011 2233 445', '卡号[卡号]'],
  ['转到6222000000000000129', '转到[卡号]'],
  ['账号：330104567890123', '账号：[卡号]'],
  ['邮箱zhang.san@example.com。', '邮箱[邮箱]。'],
  ['加QQ：123456789', '加QQ：[社交账号]'],
  ['微信号：zhang_san88，微信：wxid-12345', '微信号：[社交账号]，微信：[社交账号]'],
  ['加vx zhangsan99领取', '加vx [社交账号]领取'],
  ['某某路12号3幢2单元501室漏水', '某某路[门牌]漏水'],
  ['某某路123弄45号601室', '某某路[门牌]'],
  ['幸福小区5栋2单元301，无人管', '幸福小区[门牌]，无人管'],
  ['我家住解放路18号', '我家住解放路[门牌]'],
  ['家住李家村3组12号的村民', '家住李家村3组[门牌]的村民'],
] as const)('%s is stored as %s', ([text, masked]) => {
  expect(mask(text)).toBe(masked);
});

test.for([
  '2026年3月2日，共1200人、投资3.5亿元',
  '国办发〔2016〕80号、浙政发〔2026〕12号',
  '拨打12345、110、119、120或者95598',
  '服务热线400-812-3456、4008123456、0571-12345',
  '贵州茅台600519，深市000001',
  '合同金额1234567890123元，编号2026030210234567',
  '1,234,567,890,123,456',
  '2026-03-02 10:23:45至2026-03-05 11:00',
  '北纬30.27415012345度',
  '地铁2号线3号口，5号楼3层起火，转移3楼12户',
  '事故发生在解放路18号门前，3月12号恢复',
  '微信公众号：linjiang_fabu，微信支付',
  '京C919首飞，新H5页面，最新WTT1000冠军，私有云DH4300',
  '周日播出第二单元，课文第3单元501页',
  '请到行政服务中心501室办理',
] as const)('%s stays as it is', (text) => {
  expect(mask(text)).toBe(text);
});

test('no mobile number survives, wherever it stands', () => {
  const number = integer({ min: 13_000_000_000, max: 19_999_999_999 });
  assert(
    property(string({ unit: 'grapheme', maxLength: 20 }), number, (around, mobile) => {
      const text = `${around.replace(/\p{N}/gu, '')}电话${mobile}${around.replace(/\p{N}/gu, '')}`;
      expect(mask(text)).not.toMatch(/1[3-9]\d{9}/);
    }),
  );
});

const digits = Array.from('0123456789');
const pieces = constantFrom(
  ...digits,
  ...Array.from(' -.:：+@（）()号路室幢单元微信QQ卡住家村浙AxX\n，'),
  '13812345678',
  '330106199001011239',
  '0571-8888666',
  '6222000000000000129',
  'a@b.cn',
  '家住',
  '微信号',
  '[门牌]',
);

test('what is masked once does not change when it is masked again', () => {
  assert(
    property(string({ unit: pieces, maxLength: 30 }), (text) => {
      const once = mask(text);
      expect(mask(once)).toBe(once);
    }),
    { numRuns: 5_000 },
  );
});

test('a figure with its unit, a date or the number of a paper is never touched', () => {
  const figures = tuple(
    integer({ min: 0, max: 999_999_999 }),
    constantFrom('元', '万元', '人', '名', '件', '吨', '%', '公里', '毫米'),
  );
  assert(
    property(
      figures,
      integer({ min: 1, max: 28 }),
      integer({ min: 1, max: 500 }),
      ([figure, unit], day, paper) => {
        const text = `2026年3月${day}日，霖政发〔2026〕${paper}号明确${figure}${unit}，同比增长${day}.${paper}%`;
        expect(mask(text)).toBe(text);
      },
    ),
  );
});

test('a long text of digits costs no time', () => {
  const text = '1234567890 家住'.repeat(5_000);
  expect(mask(text)).toHaveLength(text.length);
});

test('sixty thousand letters without a space cost no second', () => {
  const startedMs = performance.now();
  mask('a'.repeat(60_000));
  mask('1'.repeat(60_000));
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
