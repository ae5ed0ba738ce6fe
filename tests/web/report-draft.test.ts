import { describe, expect, test } from 'vitest';
import type { ReportEditView } from '../../dashboards/contract/index.ts';
import {
  draftOf,
  newRow,
  rebased,
  rowAt,
  rowsOf,
  withParagraphs,
} from '../../dashboards/web/format/report-draft.ts';

const view = (...paragraphs: string[][]): ReportEditView => ({
  id: 'daily-2026-1-0',
  title: '日报',
  number: '〔2026〕第1期',
  draft: 1,
  contentDigest: 'digest',
  whyNot: '',
  hasEdited: false,
  standing: '',
  notices: [],
  length: 0,
  mostCharacters: 2_000,
  edits: [],
  mostWordBytes: 1,
  blocks: paragraphs.map((texts, block) => ({
    kind: 'paragraph',
    block,
    sentences: texts.map((text) => ({ text })),
    leftOut: [],
  })),
});
const before = view(['甲。', '乙。'], ['丙。']);

describe('what is sent of a page', () => {
  test('is nothing where nothing was changed, nor for an empty sentence that was begun', () => {
    const rows = rowsOf(before);
    expect(draftOf(before, rows)).toEqual([]);
    rows[0].push(newRow());
    expect(draftOf(before, rows)).toEqual([]);
  });

  test('is the changed paragraph, whole, with what is left out and why', () => {
    const rows = rowsOf(before);
    rows[0][0].isOut = true;
    rows[0][0].reason = ' 重复 ';
    rows[0].push({ ...newRow('新。'), isNumberConfirmed: true });
    expect(draftOf(before, rows)).toEqual([
      {
        block: 0,
        sentences: [
          { from: 1, text: '乙。' },
          { text: '新。', isNumberConfirmed: true },
        ],
        leftOut: [{ from: 0, reason: '重复' }],
      },
    ]);
    expect(rowAt(rows[0], 1)?.text).toBe('新。');
  });
});

test('what a Word file says goes to the page; a sentence that is gone stands where it was', () => {
  const rows = withParagraphs(before, rowsOf(before), [
    {
      block: 0,
      sentences: [{ from: 1, text: '乙改。' }],
      leftOut: [{ from: 0, reason: '' }],
    },
  ]);
  expect(rows[0]?.map(({ text, isOut }) => [text, isOut])).toEqual([
    ['甲。', true],
    ['乙改。', false],
  ]);
  expect(rows[1]?.map(({ text }) => text)).toEqual(['丙。']);
});

describe('when somebody else saved first', () => {
  const rows = rowsOf(before);
  rows[0][0].text = '我的甲。';
  rows[1][0].text = '我的丙。';

  test('a paragraph that only I changed has mine', () => {
    const { rows: next, lost } = rebased(before, rows, view(['甲。', '乙。'], ['丙。']));
    expect([next[0]?.[0]?.text, next[1]?.[0]?.text, lost]).toEqual(['我的甲。', '我的丙。', []]);
  });

  test('where both did, theirs stands and mine is given beside it', () => {
    const { rows: next, lost } = rebased(before, rows, view(['甲。', '他的乙。'], ['丙。']));
    expect(next[0]?.map(({ text }) => text)).toEqual(['甲。', '他的乙。']);
    expect(next[1]?.[0]?.text).toBe('我的丙。');
    expect(lost).toEqual([{ block: 0, mine: ['我的甲。'] }]);
  });
});
