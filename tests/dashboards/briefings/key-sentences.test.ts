import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  keySentences,
  type Quotable,
} from '../../../dashboards/briefings/summary/key-sentences.ts';
import { cpuMs } from '../../support/cpu-ms.ts';
import { reportPack } from '../../support/packs.ts';

const rule = reportPack.special.sentences;
const aText = (postId: string, text: string, ...outlets: string[]): Quotable => ({
  postId,
  title: '',
  text,
  outlets: outlets.length > 0 ? outlets : [postId],
});

test('what most outlets say comes first, in the words of the first who said it', () => {
  const found = keySentences(
    [
      aText('a', '江北区多个小区昨晚开始停水。居民说没有收到通知。'),
      aText('b', '江北区多个小区从昨晚开始停水了。物业称水管爆裂需要抢修。'),
      aText('c', '昨晚开始江北区多个小区停水。'),
    ],
    rule,
  );
  expect(found[0]).toEqual({
    text: '江北区多个小区昨晚开始停水。',
    postId: 'a',
    outlets: 3,
    postIds: ['a', 'b', 'c'],
  });
});

test('copies add their outlet, not a second voice', () => {
  const [first] = keySentences(
    [
      aText('a', '抢修预计今晚十点前完成。', '甲报', '乙网'),
      aText('b', '抢修预计今晚十点前完成！', '甲报'),
    ],
    rule,
  );
  expect(first).toMatchObject({ outlets: 2, postIds: ['a', 'b'] });
});

test('words about the text itself are not quoted, nor what is too short or too long to be', () => {
  const found = keySentences(
    [aText('a', `责任编辑：某某某某某某某。好的。${'长'.repeat(200)}。供水公司称正在抢修主管道。`)],
    rule,
  );
  expect(found.map(({ text }) => text)).toEqual(['供水公司称正在抢修主管道。']);
});

test('every sentence stands word for word in the text it is said to come from, whatever the texts', () => {
  const text = fc
    .array(
      fc.constantFrom('停水', '江北区', '。', '？', '抢修', '居民不满', '\n', '今晚', '<b>', '！'),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (all) => {
      const texts = all.map((one, number) => aText(`p${number}`, one));
      for (const { text: said, postId, postIds, outlets } of keySentences(texts, rule)) {
        const own = texts.find((one) => one.postId === postId);
        expect(own?.text).toContain(said);
        expect(postIds).toContain(postId);
        expect(outlets).toBe(postIds.length);
      }
    }),
  );
});

test('two thousand texts of a loud event take no more than a second', () => {
  const texts = Array.from({ length: 2_000 }, (_, number) =>
    aText(
      `p${number}`,
      Array.from(
        { length: 15 },
        (_, line) => `第${number % 700}户居民在第${line}条里说停水已经${number}小时。`,
      ).join(''),
    ),
  );
  const begin = cpuMs();
  expect(keySentences(texts, rule).length).toBeGreaterThan(0);
  expect(cpuMs() - begin).toBeLessThan(1_000);
});
