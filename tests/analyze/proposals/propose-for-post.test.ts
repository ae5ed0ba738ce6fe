import { expect, test } from 'vitest';
import { createPostProposer, versionId, openModel } from '#analyze';
import { openSegmenter } from '../../../analyze/adapters/open-segmenter.ts';
import { readPacks } from '../../../config/packs.ts';
import { shippedModel } from '../../../config/proposal-models.ts';
import { SettingsSchema } from '../../../config/settings.ts';

const packs = readPacks(SettingsSchema.parse({}));
const open = (kind: 'topic' | 'sentiment' | 'contentClass') =>
  openModel(versionId(kind, 1), shippedModel(kind).model);
const models = {
  topic: open('topic'),
  sentiment: open('sentiment'),
  contentClass: open('contentClass'),
};
const propose = createPostProposer({
  packs,
  segmenter: await openSegmenter(),
  models,
});
const A0 = { contentClass: 'A0', contentWords: '' } as const;

test('a proposal names its words, how sure it is, and with what it was made', () => {
  const { topic } = propose('镇卫生院夜里没有医生值班，孩子发烧只能去县里挂号', A0);
  expect(topic).toMatchObject({ value: 'health', madeBy: 'default-topics@1+topic@1' });
  expect(topic.because.map(({ words }) => words)).toEqual(
    expect.arrayContaining(['卫生院', '医生', '挂号']),
  );
  expect(topic.confidence).toBeGreaterThan(0.8);
  expect(topic.cannotTell).toBeUndefined();
});

test.for([
  { text: '今晚的月亮很圆', why: 'nothingFound' },
  { text: '啊', why: 'nothingFound' },
])('of “$text” it cannot tell the topic, and says why', ({ text, why }) => {
  const { topic } = propose(text, A0);
  expect([topic.value, topic.cannotTell]).toEqual([undefined, why]);
});

test.for([
  { text: '窗口的小姑娘特别耐心，谢谢', tone: 'positive' },
  { text: '气死了，打了八个电话没人管', tone: 'negative' },
  { text: '请问明天上午几点开始办理？', tone: 'neutral' },
])('the tone of “$text” is $tone', ({ text, tone }) => {
  expect(propose(text, A0).sentiment.value).toBe(tone);
});

test('a negation turns praise round, and the turned words are what is shown', () => {
  const { sentiment } = propose('对这个答复很不满意，太敷衍', A0);
  expect(sentiment.value).toBe('negative');
  const shown = sentiment.because.map(({ words }) => words);
  expect(shown).toContain('不满意');
  expect(shown).not.toContain('满意');
});

test('deaths told soberly are no negative tone: risk is the grade’s matter', () => {
  const told = propose('据通报，事故造成3人死亡，现场救援已结束。', A0).sentiment;
  expect(told.value).not.toBe('negative');
});

test('words of the grading rules stand before what the model would say', () => {
  const { contentClass } = propose('小区停水', { contentClass: 'A3', contentWords: '停水' });
  expect(contentClass).toMatchObject({ value: 'A3', because: [{ words: '停水', weight: 1 }] });
});

test('hearsay is a claim to verify, with its words, and nothing says it is false', () => {
  const { claimWords, focus } = propose('网传水库要放水，听说下游要转移', A0);
  expect(claimWords).toBe('网传、听说');
  expect(focus.value).not.toBe('harmfulFalse');
});

test('an exercise or a film calls for nothing', () => {
  const { focus, mustRespond } = propose('化工园举行爆炸事故应急演练', A0);
  expect([focus.value, mustRespond]).toEqual([undefined, []]);
});
