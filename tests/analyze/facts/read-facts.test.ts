import { expect, test } from 'vitest';
import { createFactReader, isRiskEvent } from '../../../analyze/facts/read-facts.ts';
import { parseChineseNumber, parseCount } from '../../../analyze/text/chinese-number.ts';
import { incidentGradeBy } from '../../../analyze/grade/incident-grade.ts';
import { normaliseText } from '../../../analyze/text/normalise-text.ts';
import { factsPack, gradingPack } from '../../support/packs.ts';

const reader = createFactReader(gradingPack, factsPack);
const PUBLISHED_AT = new Date('2026-11-24T12:00:00+08:00');
const read = (title: string, text: string) =>
  reader(normaliseText(`${title}\n${text}`), PUBLISHED_AT);

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

test.for([
  { text: '窗口的人爱答不理，踢皮球。', is: 'A2' },
  { text: '安置房拖了七年，过渡费也停了。', is: 'A3' },
  { text: '这是钓鱼执法，评分也不透明。', is: 'A4' },
  { text: '楼里全是燃气味，外墙脱落。', is: 'A5' },
  { text: '幼儿园老师虐童。', is: 'A6' },
  { text: '全城连夜抢购，超市货架清空。', is: 'A7' },
  { text: '全年未发生任何火灾。', is: 'A0' },
])('$text is $is', ({ text, is }) => {
  expect(read('', text).contentClass).toBe(is);
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

test.for([
  ['十几', { atLeast: 11, atMost: 19 }],
  ['三四十', { atLeast: 30, atMost: 40 }],
  ['两三', { atLeast: 2, atMost: 3 }],
  ['数百', { atLeast: 200 }],
  ['12.6万', { atLeast: 126_000, atMost: 126_000 }],
  ['1,200', { atLeast: 1_200, atMost: 1_200 }],
] as const)('%s is a count', ([text, count]) => {
  expect(parseCount(text)).toEqual(count);
});

test.for([
  { text: '事故造成3人死亡、12人受伤，其中2人重伤。', dead: 3, injured: 12, seriouslyInjured: 2 },
  { text: '重伤8人，轻伤72人。', injured: 80, seriouslyInjured: 8, lightlyInjured: 72 },
  {
    text: '紧急转移群众4300余人，直接经济损失约1.2亿元。',
    evacuated: 4_300,
    lossYuan: 120_000_000,
  },
  { text: '58名幼儿出现呕吐、腹泻，疑似食物中毒。', poisoned: 58 },
  { text: '12名乘客和1名司机遇难。', dead: 13 },
  { text: '遇难人数为14，受伤人数为26。', dead: 14, injured: 26 },
  { text: '死者人数由9增至11。', dead: 11 },
  { text: '一名工人从12楼坠落，送医后抢救无效死亡。', dead: 1 },
  { text: '当班46人，34人安全升井，12人被困。', missing: 12 },
])('$text', ({ text, ...figures }) => {
  expect(read('', text)).toMatchObject(figures);
});

test.for([
  '12人被困，目前已全部救出。',
  '第3名死亡赔偿案件的当事人到庭。',
  '万人马拉松开跑，有人死亡的传言不实。',
])('%s has no figure', (text) => {
  expect(read('', text).figureWords).toBe('');
});

test.for([
  { text: '10余人受伤。', injured: 10, least: true },
  { text: '20至30人受伤。', injured: 20, least: true },
  { text: '近百人受伤。', injured: 90, least: true },
  { text: '数十人受伤。', injured: 20, least: true },
  { text: '11人受伤。', injured: 11, least: false },
])('$text is the least: $least', ({ text, injured, least }) => {
  const facts = read('', text);
  expect(facts.injured).toBe(injured);
  expect(facts.leastFigures.includes('injured')).toBe(least);
});

test.for([
  { text: '此前通报3人死亡系误报，更正为2人。', dead: 2, corrects: true },
  { text: '死亡人数由54人更正为53人。', dead: 53, corrects: true },
  { text: '死亡人数由4人增加到5人。', dead: 5, corrects: false },
  { text: '此前9人遇难。今晨又发现2名遇难者，遇难人数上升至11人。', dead: 11, corrects: false },
  { text: '此前已有3人遇难。今晨又发现2名遇难者。', dead: 5, corrects: false },
])('$text leaves $dead dead', ({ text, dead, corrects }) => {
  const facts = read('', text);
  expect(facts.dead).toBe(dead);
  expect(facts.corrects !== undefined).toBe(corrects);
});

test('what was told before a correction is set aside with its reason', () => {
  expect(read('', '此前通报3人死亡系误报，更正为2人。').setAside).toContainEqual({
    words: '3人死亡',
    reason: 'withdrawn',
  });
});

test('another accident of the past in the same sentence is set aside, and the one of now is not', () => {
  const facts = read('', '昨日一厂房起火致2人死亡，2015年的仓库爆炸事故曾造成173人死亡。');
  expect(facts.dead).toBe(2);
  expect(facts.setAside).toContainEqual({ words: '173人死亡', reason: 'background' });
});

test('an accident in the middle of a drill is no drill', () => {
  expect(read('', '11月23日，一工厂在演练时发生爆炸，造成2人死亡。').dead).toBe(2);
});

test.for(['网传3人死亡，正在核实。', '是不是死了3个人？', '死了3个人，快转发！'])(
  '%s is a claim',
  (text) => {
    const facts = read('', text);
    expect(facts.dead).toBe(3);
    expect(facts.claimedFigures).toContain('dead');
  },
);

test('what officials state outweighs a greater claim, which is shown as set aside', () => {
  const facts = read('', '网传死亡9人。经核实，事故造成2人死亡。');
  expect(facts).toMatchObject({ dead: 2, claimedFigures: [] });
  expect(facts.setAside).toContainEqual({ words: '死亡9人', reason: 'claimed' });
});

test('a refuted rumour tells of no incident', () => {
  const facts = read('辟谣', '网传“菜市场爆炸致30人死亡”系谣言。');
  expect(facts.dead).toBeUndefined();
  expect(isRiskEvent(facts)).toBe(false);
});

test.for([
  ['11月23日14时20分，货车与客车相撞，致2人死亡。', '2026-11-23T14:20:00+08:00'],
  ['今日凌晨3时许，一居民楼起火。', '2026-11-24T03:00:00+08:00'],
  ['截至24日8时，23日夜间坍塌的厂房已救出2人。', '2026-11-23T00:00:00+08:00'],
  ['29日晚7时，两船相撞。', '2026-10-29T19:00:00+08:00'],
] as const)('%s happened at %s', ([text, at]) => {
  expect(read('', text).occurredAt).toEqual(new Date(at));
});

test('units that the text names are kept, the longest name of each', () => {
  const { units } = read('', '云泽县应急管理局称，涉事的云泽宏达建材有限公司已停产。');
  expect(units).toEqual(['云泽县应急管理局', '云泽宏达建材有限公司']);
});

test.for([
  '事故造成12人死亡，现场正在防范次生灾害。',
  '商场周年庆舞台坍塌，造成12人死亡。',
  '电影院火灾致12人死亡。',
  '年前刚开业的酒店起火，12人死亡。',
  '12名遇难者身份已确认，如果天气允许，搜救将继续。',
])('%s counts, whatever else stands there', (text) => {
  expect(read('', text).dead).toBe(12);
});

test('a title with a toll is news, whatever is to be checked next', () => {
  expect(read('爆炸致13死 当地启动隐患排查', '事故原因正在调查。').dead).toBe(13);
});

test.for([
  { text: '死亡人数不是网传的30人而是13人。', dead: 13 },
  { text: '遇难人数不是网传的30人，而是13人。', dead: 13 },
  { text: '死亡的不是3人，以通报为准。' },
  { text: '该厂一年前曾因爆炸致3人死亡，如今再出事：爆炸致11人死亡。', dead: 11 },
  { text: '去年今日，一场大火夺走了12条生命。' },
  { text: '死亡: 12; 受伤: 30', dead: 12, injured: 30 },
  { text: '送医后，二人均已死亡。', dead: 2 },
  { text: '11人死亡，其中2人经抢救无效死亡。', dead: 11 },
  { text: '初步核实，7人遇难，10人失踪，21人获救。', dead: 7, missing: 10 },
  { text: '12人被困。24日，12名矿工全部找到，均无生命体征。', dead: 12 },
  { text: '骑车被撞，腿断了，对方跑了。', injured: 1 },
  { text: '车间爆炸，人没了，才二十六岁。', dead: 1 },
  { text: '打捞起落水男孩的遗体。', dead: 1 },
  { text: '起初以为是演习，后来才知道隔壁真的着火了，2人死亡。', dead: 2 },
  { text: '网传大桥垮塌致15人死亡。交通局：没有人员伤亡。' },
  { text: '造成10人以上30人以下死亡的，为重大事故。' },
])('$text 按其所说计数', ({ text, ...figures }) => {
  const { dead, injured, missing } = read('', text);
  expect({ dead, injured, missing }).toEqual({
    dead: undefined,
    injured: undefined,
    missing: undefined,
    ...figures,
  });
});

test('a drill in name only is none, and a drill by another name is one', () => {
  expect(isRiskEvent(read('', '不是演习，西站真的着火了。'))).toBe(true);
  expect(isRiskEvent(read('', '园区应急拉动：假想储罐泄漏，8人中毒。'))).toBe(false);
});

test('a title that tells how to prevent does not hide a toll of now', () => {
  const { dead } = read('震后第三天：帐篷里的课堂', '截至目前，这场地震已致63人遇难。');
  expect(dead).toBe(63);
});

test('pollution that an accident brought about is what the text is about', () => {
  const facts = read('罐车侧翻', '罐车侧翻，柴油造成河流污染，疏散6200人。');
  expect(facts).toMatchObject({ incidentType: 'pollution', evacuated: 6200 });
});

test('a loss counts to the grade only where something happened', () => {
  const fraud = read('', '诈骗团伙造成投资人经济损失1.2亿元。');
  expect(fraud.lossYuan).toBe(120_000_000);
  expect(incidentGradeBy(fraud, gradingPack)).toBeUndefined();
  const fire = read('', '油库起火，直接经济损失1.2亿元。');
  expect(incidentGradeBy(fire, gradingPack)).toBe('L1');
});
