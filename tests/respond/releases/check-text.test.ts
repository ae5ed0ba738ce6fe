import { describe, expect, test } from 'vitest';
import { checkText } from '../../../respond/releases/check-text.ts';
import { compareFigures } from '../../../respond/releases/compare-figures.ts';
import { NOON } from '../../support/posts.ts';
import { reviewPack } from '../../support/releases.ts';

const check = (text: string, title = '情况说明') =>
  checkText({ title, text }, reviewPack.textCheck).map(({ kind, words, mustAnswer }) => ({
    kind,
    words,
    mustAnswer,
  }));

describe('a text for the public', () => {
  test.for([
    ['本次会议纪要已经印发。', { kind: 'negative', words: '会议纪要', mustAnswer: true }],
    ['请联系 13812345678。', { kind: 'personal', words: '13812345678', mustAnswer: true }],
    ['伤者张伟，已送医。', { kind: 'name', words: '伤者张伟', mustAnswer: false }],
    ['我局高度重视。', { kind: 'perfunctory', words: '高度重视', mustAnswer: false }],
    [
      '共有12人受伤，其中重伤3人、轻伤8人。',
      { kind: 'sum', words: '12人受伤，其中重伤3人、轻伤8人', mustAnswer: false },
    ],
    [
      '共有2人受伤，其中重伤3人。',
      { kind: 'sum', words: '2人受伤，其中重伤3人', mustAnswer: false },
    ],
  ] as const)('%s', ([text, expected]) => {
    expect(check(text)).toEqual([expected]);
  });

  test.for([
    '11月24日7时许，江北区供水主管破裂，约2万户用水受影响，抢修正在进行，服务热线12345。',
    '共有12人受伤，其中重伤3人、轻伤9人。',
    '共有12人受伤，其中3人伤势较重。',
    '伤者张某已送医，死者家属得到安置，业主委员会已到场。',
    '学生安全返校，居民用水恢复，村民小组通知到户。',
  ])('has nothing to find in: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  test('is told of each word once, and its title is read too', () => {
    expect(check('案卷、案卷', '关于案卷的说明')).toHaveLength(1);
    expect(check('无', '关于案卷的说明')).toHaveLength(1);
  });
});

describe('figures', () => {
  const known = [
    { at: NOON, outlet: '霖江日报', dead: 1, injured: 4 },
    { at: NOON, outlet: '应急管理局', dead: 3 },
  ];

  test('that are not the newest reported are named with where those come from', () => {
    const [hit, ...others] = compareFigures({ dead: 1, injured: 4 }, known);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ kind: 'figure', words: '死亡1人', mustAnswer: false });
    expect(hit?.says).toBe('记录中最新的可信数字是死亡3人（应急管理局，2026-03-02 12:00），请核对');
  });

  test('that nobody reported, or that the text does not tell, are no matter', () => {
    expect(compareFigures({ missing: 2 }, known)).toEqual([]);
    expect(compareFigures({}, known)).toEqual([]);
  });
});
