import { assert, integer, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, cutToBytes, fitMessage } from '../../alert/fit-bytes.ts';

const MESSAGE = {
  subject: '【橙·重大·待确认】滨河花园停水超过24小时',
  deadline: '5小时发布：2026-11-24 07:18 到期，还剩4小时59分',
  link: 'https://huiying.example/events/event-1',
  shortCode: '舆情#3f2a·第1步·第1次',
};

describe('a text cut to bytes', () => {
  test('is never longer than asked and holds whole code points only', () => {
    assert(
      property(string({ unit: 'binary' }), integer({ min: 0, max: 60 }), (text, most) => {
        const cut = cutToBytes(text, most);
        expect(bytesOf(cut)).toBeLessThanOrEqual(most);
        expect(cut.isWellFormed() || !text.isWellFormed()).toBe(true);
        const isWhole = bytesOf(text) <= most;
        expect(isWhole ? cut === text : text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
    );
  });

  test.for([
    ['停水停电', 10, '停水…'],
    ['🚨🚨🚨', 9, '🚨…'],
    ['abc', 3, 'abc'],
  ] as const)('%s in %i bytes is %s', ([text, most, cut]) => {
    expect(cutToBytes(text, most)).toBe(cut);
  });
});

describe('a message for a channel with a byte limit', () => {
  test('is left whole where it fits', () => {
    expect(fitMessage(MESSAGE, '请确认', 2_048)).toBe(`${MESSAGE.subject}\n请确认`);
  });

  test('keeps event, deadline, link and code however long the rest is', () => {
    const text = `${'很长的说明。'.repeat(2_000)}\n${MESSAGE.deadline}\n确认：${MESSAGE.link}`;
    for (const most of [600, 2_048, 15_000]) {
      const fitted = fitMessage(MESSAGE, text, most);
      expect(bytesOf(fitted)).toBeLessThanOrEqual(most);
      for (const part of Object.values(MESSAGE)) expect(fitted).toContain(part);
      expect(fitted.split(MESSAGE.link)).toHaveLength(2);
    }
  });

  test('cuts the words of the event before it gives up deadline or link', () => {
    const subject = '停'.repeat(3_000);
    const fitted = fitMessage({ ...MESSAGE, subject }, '', 600);
    expect(bytesOf(fitted)).toBeLessThanOrEqual(600);
    expect(fitted).toMatch(/^停+…/);
    expect(fitted).toContain(MESSAGE.deadline);
    expect(fitted).toContain(MESSAGE.link);
  });
});
