import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { hasSecrecyMark } from '../../../ingest/text/secrecy-mark.ts';

const PAPER = '霖政〔2026〕3号\n各区人民政府：\n现将有关情况通报如下。\n特此通知。';

test.for([
  '绝密★启用前',
  '机密★10年\n霖江市人民政府文件',
  '000001 机密★10年 特急 霖江市人民政府文件',
  '机　密★',
  '秘密☆长期',
  '机密▲10年',
  '絕密★一年',
  '【机密】关于某某工作的报告',
  '【秘密】关于……',
  '关于某某工作的报告（机密）\n正文',
  '密级：机密',
  '密 级 秘密\n编号 12',
  '绝密\n某某工作方案',
  '机密级\n某某工作方案',
  '秘密 3年\n某某工作方案',
  `秘密\n${PAPER}`,
  `${PAPER}\n秘密`,
  `秘密 霖江市人民政府文件 霖政〔2026〕3号 关于某某工作的通知`,
  '机\u200b密★10年',
] as const)('%s bears a mark of secrecy', (text) => {
  expect(hasSecrecyMark(text)).toBe(true);
});

test.for([
  '读《秘密花园》有感',
  '秘密花园\n江边新开了一家书店。',
  '严禁泄露商业秘密',
  '机密性测试',
  '新修订的保守国家秘密法今日起施行，机关单位应当加强保密管理。',
  '培训班讲解了机密级文件的管理要求，参训人员签订了保密承诺书。',
  '国家秘密的密级分为绝密、机密、秘密三级。',
  '国家秘密分为（绝密）（机密）（秘密）三级\n各单位应当学习。',
  '法院查明，他把首页标有“机密★10年”字样的文件拍照外传。',
  '密级评定工作会议召开',
  '《绝密★飞行》定档',
  '秘密\n她有一个秘密，从来没有告诉过别人。',
  '男子出卖大量国家秘密被判刑',
  '考研绝密上岸卷竟是假的',
  '长寿的秘密（秘密就在饮食里）',
] as const)('%s bears none', (text) => {
  expect(hasSecrecyMark(text)).toBe(false);
});

test('a mark is found whatever comes after it', () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 60 }), (words) => {
      expect(hasSecrecyMark(`机密★20年\n${words}`)).toBe(true);
    }),
  );
});
