import { reportPack } from '../../support/packs.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildFlash, buildRoutine, type ReportModel } from '#briefings';
import { loadFonts } from '../../../dashboards/briefings/adapters/fonts.ts';
import { TypstPress } from '../../../dashboards/briefings/adapters/typst-press.ts';
import { fitsOnePage } from '../../../dashboards/briefings/one-page.ts';
import { minutesAfter } from '../../support/posts.ts';
import { readPdf } from '../../support/read-outputs.ts';
import { aFile, aTonedPost, CLOSING, imprint, someRecords } from '../../support/reports.ts';

let press: TypstPress;
beforeAll(() => {
  press = new TypstPress(loadFonts());
});
const pagesOf = async (model: ReportModel): Promise<number> =>
  (await readPdf(press.print(model).bytes)).pageCount;

const NIGHT = { from: minutesAfter(-14 * 60), to: minutesAfter(60) };
const sources = Array.from({ length: 6 }, (_, number) => ({
  id: `s${number}`,
  name: `第${number}个名称不短的信息源`,
  kind: 'portal',
  isHealthy: number % 2 === 0,
  healthName: '读不到',
}));
/** A night of so many events, half of them grave, in an office with a long name. */
const busyNight = (count: number): ReportModel =>
  buildRoutine(
    'morning',
    someRecords({
      office: '临江市人民政府办公室（舆情回应工作领导小组）',
      isDrill: true,
      period: NIGHT,
      readAt: NIGHT.to,
      sources,
      files: Array.from({ length: count }, (_, number) =>
        aFile(`event-${number}`, `第${number}个小区反映物业和供水问题长期没有解决，居民多次投诉`, {
          grade: number % 2 ? 'L2' : 'L4',
        }),
      ),
    }),
    { ...imprint, name: '舆情早报', mostCharacters: reportPack.morning.mostCharacters },
  );

describe('a 早报 is one page', () => {
  test.for([0, 1, 3, 8, 30])(
    'with %i events of the night; the list stands behind it',
    async (count) => {
      const model = busyNight(count);
      expect(await pagesOf({ ...model, annex: [] })).toBe(1);
    },
  );
});

test('a full 快报 is one page', async () => {
  const posts = Array.from({ length: 40 }, (_, number) =>
    aTonedPost('negative', {
      postId: `p${number}`,
      title: `高新区锦程安置房工地坍塌已经有多人被困，现场第${number}个消息说还在救`,
      units: ['霖江市住房和城乡建设局', '锦程建设集团有限公司', '高新区管委会'],
    }),
  );
  const file = aFile('event-1', '高新区安置房工地坍塌事故造成3人死亡、5人受伤，另有多人失联', {
    grade: 'L1',
    posts,
  });
  const model = buildFlash(
    someRecords({ period: { from: NIGHT.from, to: CLOSING }, sources, isDrill: true }),
    { file, stage: 'first', reporter: { name: '顾明远', phone: '0999-1234567' } },
    { ...imprint, name: '舆情快报', mostCharacters: reportPack.flash.mostCharacters },
  );
  expect(await pagesOf(model)).toBe(1);
});

describe('what is reckoned to fit is set on one page, and nearly all that is set on one is reckoned to fit', () => {
  const LINE = '临江市供水抢修情况通报，今日十八时前全部小区恢复正常用水，见3月2日12:00第5期。';
  const padded = (lines: number): ReportModel => {
    const model = busyNight(0);
    const more = Array.from({ length: lines }, () => ({
      kind: 'paragraph' as const,
      sentences: [{ text: LINE, cites: ['event:event-0'] }],
    }));
    return { ...model, blocks: [...model.blocks, ...more] };
  };

  test('from a page half empty to one that is too full', async () => {
    let lastReckoned = -1;
    let lastSet = -1;
    for (let lines = 0; lines <= 30; lines += 1) {
      const model = padded(lines);
      const isSet = (await pagesOf(model)) === 1;
      const isReckoned = fitsOnePage(model);
      expect({ lines, isReckoned, isSet }).not.toMatchObject({ isReckoned: true, isSet: false });
      if (isSet) lastSet = lines;
      if (isReckoned) lastReckoned = lines;
    }
    expect(lastReckoned).toBeGreaterThan(0);
    expect(lastSet - lastReckoned).toBeLessThanOrEqual(4);
  });
});
