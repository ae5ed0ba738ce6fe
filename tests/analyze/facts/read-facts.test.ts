import { expect, test } from 'vitest';
import { createFactReader } from '../../../analyze/facts/read-facts.ts';
import { parseChineseNumber } from '../../../analyze/text/chinese-number.ts';
import { gradingPack } from '../../support/packs.ts';

const read = createFactReader(gradingPack);

test.for([
  { text: '事故造成3人死亡、5人受伤。', dead: 3, injured: 5 },
  { text: '截至18时，已致4人遇难，另有2名工人失联。', dead: 4, missing: 2 },
  { text: '死亡人数升至11人。', dead: 11 },
  { text: '五人死亡三人受伤', dead: 5, injured: 3 },
  { text: '2名被困工人经抢救无效死亡。', dead: 2 },
  { text: '事故造成三死五伤。', dead: 3, injured: 5 },
  { text: '１２人受伤，均无生命危险。', injured: 12 },
])('$text', ({ text, ...figures }) => {
  const { dead, injured, missing } = read('通报', text);
  expect({ dead, injured, missing }).toEqual({
    dead: undefined,
    injured: undefined,
    missing: undefined,
    ...figures,
  });
});

test.for([
  { title: '消防演练举行', text: '模拟3人死亡、10人受伤的场景，各单位迅速到位。' },
  { title: '通报', text: '火灾已扑灭，未造成人员伤亡。' },
  { title: '回顾', text: '去年该路段曾发生事故，致2人死亡。' },
  { title: '影评', text: '电影里一场爆炸带走了30人死亡的悲剧。' },
])('$title 不计伤亡', ({ title, text }) => {
  const facts = read(title, text);
  expect(facts.dead).toBeUndefined();
  expect(facts.injured).toBeUndefined();
  expect(['A6', 'A7']).not.toContain(facts.contentClass);
});

test('the highest class that the words reach counts, with the words', () => {
  expect(read('江北又停水了', '投诉没人管，已经停水两天。')).toMatchObject({
    contentClass: 'A3',
    contentWords: '停水',
  });
  expect(read('快讯', '工地塌方，造成1人死亡。')).toMatchObject({ contentClass: 'A6' });
});

test('hearsay is a hint, never a verdict', () => {
  expect(read('听说工地出事了', '听说死了好几个，不知真假。')).toMatchObject({
    untrue: 'suspected',
  });
});

test.for([
  ['三', 3],
  ['十一', 11],
  ['一百零五', 105],
  ['两千三百', 2_300],
  ['一万二千', 12_000],
  ['47', 47],
] as const)('%s is %i', ([text, number]) => {
  expect(parseChineseNumber(text)).toBe(number);
});
