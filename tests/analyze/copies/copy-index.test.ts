import { expect, test } from 'vitest';
import { CopyIndex } from '../../../analyze/copies/copy-index.ts';
import { createCopyProbeReader } from '../../../analyze/copies/copy-probe.ts';
import { normaliseText } from '../../../analyze/text/normalise-text.ts';
import { makeBulletins } from '../../../bench/support/bulletins.ts';
import { groupingPack } from '../../support/packs.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';

const rule = groupingPack.copies;
const read = createCopyProbeReader(rule);
const probe = (text: string, url?: string) => read(normaliseText(text), url);
const indexed = (id: string, text: string, sourceId = id, firstSeenAt = NOON) => ({
  ...probe(text),
  id,
  sourceId,
  firstSeenAt,
});
const bulletins = makeBulletins(5, 1).map(({ text }) => text);
const article = bulletins.join('\n');
const [first = '', second = ''] = bulletins;

test('of a long text, half of whose fingerprints are kept, a part is found', () => {
  const index = new CopyIndex(rule);
  index.add(indexed('article', article));
  expect(probe(article).fingerprints.length).toBeGreaterThan(rule.sampleAboveFingerprints);
  expect(index.find(probe(article.slice(300, 440)))).toMatchObject({
    id: 'article',
    decision: { relation: 'excerpt' },
  });
});

test('a copy is found before a new bulletin, and the bulletin where there is no copy', () => {
  const index = new CopyIndex(rule);
  const [old = '', newer = ''] = makeBulletins(6, 2).map(({ text }) => text);
  index.add(indexed('old', old));
  expect(index.find(probe(newer))).toMatchObject({ id: 'old', decision: { relation: 'update' } });
  index.add(indexed('newer', newer));
  expect(index.find(probe(`【转发】${newer}`))).toMatchObject({
    id: 'newer',
    decision: { relation: 'copy' },
  });
});

test('short posts are found by pairs of characters', () => {
  const index = new CopyIndex(rule);
  index.add(indexed('short', '江北停水了有人知道吗'));
  expect(index.find(probe('江北停水了，有人知道么'))?.id).toBe('short');
  expect(index.find(probe('高新区停电了谁知道'))).toBeUndefined();
});

test('what a source puts under everything makes no copies; in another source it still counts', () => {
  const index = new CopyIndex(rule);
  const notice =
    '版权声明：凡本网注明来源的作品，版权均属本网所有，未经书面授权不得转载、摘编或以其他方式使用上述作品，违者将依法追究责任。';
  const own = [
    '公园今天开门',
    '图书馆换了新椅子',
    '菜场搬到河东',
    '早班车多了两趟',
    '体育馆免费一周',
  ];
  for (const text of own) index.add(indexed(text, `${text}。${notice}`, 'portal'));
  const next = probe(`学校门口划了新线。${notice}`);
  expect(index.find(next, 'portal')).toBeUndefined();
  expect(index.find(next, 'another')).toBeDefined();
});

test('a text of before the window is forgotten, its place used again, and the others are still found', () => {
  const index = new CopyIndex(rule);
  index.add(indexed('old', first, 'a', NOON));
  index.add(indexed('new', second, 'a', minutesAfter(10)));
  index.forgetBefore(minutesAfter(5));
  expect(index.find(probe(first))).toBeUndefined();
  expect(index.find(probe(second))?.id).toBe('new');
  index.add(indexed('again', first, 'a', minutesAfter(20)));
  expect(index.find(probe(first.slice(0, 60)))?.id).toBe('again');
  expect(index.find(probe(second.slice(0, 60)))?.id).toBe('new');
});

test('thousands of texts come and go and each is found while it is there', () => {
  const index = new CopyIndex(rule);
  const texts = makeBulletins(8, 200).map(({ text }, number) => `${text}编号${number}`);
  for (const [number, text] of texts.entries()) {
    index.add(indexed(String(number), text, String(number), minutesAfter(number)));
    if (number % 500 === 499) index.forgetBefore(minutesAfter(number - 300));
  }
  const lost = texts
    .slice(-300)
    .filter((text, at) => index.find(probe(text))?.id !== String(texts.length - 300 + at));
  expect(lost).toEqual([]);
  expect(index.find(probe(texts[0] ?? ''))?.decision.relation).not.toBe('copy');
});
