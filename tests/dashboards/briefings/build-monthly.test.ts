import { beforeAll, describe, expect, test } from 'vitest';
import {
  buildMonthly,
  figuresOf,
  lengthOf,
  ReportModelSchema,
  routineIssue,
  type ReportRecords,
} from '#briefings';
import type { Measure } from '#measures';
import type { Evaluation } from '#respond';
import { drawFigures } from '../../../dashboards/briefings/adapters/draw-figures.ts';
import { loadFonts } from '../../../dashboards/briefings/adapters/fonts.ts';
import { TypstPress } from '../../../dashboards/briefings/adapters/typst-press.ts';
import { writeDocx } from '../../../dashboards/briefings/adapters/write-docx.ts';
import { calendar } from '../../support/alerts.ts';
import { anEvaluation } from '../../support/judging.ts';
import { reportPack } from '../../support/packs.ts';
import { cpuMs } from '../../support/cpu-ms.ts';
import { minutesAfter } from '../../support/posts.ts';
import { headings, sectionText } from '../../support/read-model.ts';
import { published, aRelease, signedByAll } from '../../support/releases.ts';
import { aFile, aTonedPost, imprint, someRecords } from '../../support/reports.ts';

const PERIOD = {
  from: new Date('2026-02-28T16:00:00Z'),
  to: new Date('2026-03-31T16:00:00Z'),
};
const share: Measure = {
  code: 'release5h',
  group: '回应',
  name: '按时发布率',
  counting: '到期的五小时发布中按时的占多少。',
  notes: [],
  measured: {
    kind: 'share',
    numerator: 3,
    denominator: 4,
    waived: 1,
    cancelled: 0,
    open: 0,
    unknown: 0,
    items: [{ cite: 'countdown:c-1', words: '停水', standing: 'in' }],
  },
};
const silent: Measure = {
  ...share,
  name: '网站可用率',
  measured: { kind: 'notRecorded', reason: '还没有网站监测' },
};
const evaluation = (eventId: string): Evaluation => ({
  id: `evaluation-${eventId}`,
  revision: 1,
  effects: [],
  eventId,
  isDrill: false,
  history: [],
  reopened: [],
  createdAt: PERIOD.from,
  evaluated: {
    by: { personId: 'p-1', name: '陆柏舟' },
    at: PERIOD.to,
    score: 4.2,
    draft: anEvaluation({
      retrospective: {
        whatWorked: [],
        whatFailed: [],
        rootCauses: ['管网老化'],
        actions: [{ text: '更换主管', owner: '市水务局' }],
      },
    }),
  },
});
const month = {
  measures: [share, silent],
  evaluations: new Map([['event-1', evaluation('event-1')]]),
};
const monthly = { ...imprint, name: '舆情月报', mostCharacters: reportPack.monthly.mostCharacters };
const records = (changes: Partial<ReportRecords> = {}): ReportRecords =>
  someRecords({ period: PERIOD, readAt: minutesAfter(2 * 24 * 60, PERIOD.to), ...changes });

test('it tells of the month before, on the third working day', () => {
  const issue = (day: string) => routineIssue('monthly', day, reportPack, calendar);
  // 1 May 2026 is a holiday until the 5th; the 9th, a Saturday, is worked.
  expect(issue('2026-05-20').day).toBe('2026-05-08');
  expect(issue('2026-04-03')).toMatchObject({
    day: '2026-04-03',
    period: PERIOD,
    isDueByItself: true,
  });
  expect(issue('2026-04-01').day).toBe('2026-04-03');
  expect(issue('2026-01-15').period.from).toEqual(new Date('2025-11-30T16:00:00Z'));
});

test('it has the nine sections of the papers, and what is not recorded says so', () => {
  const model = buildMonthly(records(), month, monthly);
  expect(ReportModelSchema.parse(model)).toEqual(model);
  expect(headings(model).map((text) => text.replace(/^.*、/, ''))).toEqual([
    '总体情况',
    '分级分类统计',
    '重点事件',
    '质量指标',
    '政策解读与政策舆情',
    '网站与新媒体监测',
    '诉求办理',
    '通报约谈与整改',
    '下月风险预判与建议',
  ]);
  expect(sectionText(model, '政策解读与政策舆情')).toContain('没有登记政策解读');
  expect(sectionText(model, '通报约谈与整改')).toContain('没有提出通报批评、约谈的建议');
  expect(sectionText(model, '下月风险预判与建议')).toContain('机器不代拟建议');
  expect(lengthOf(model)).toBeLessThanOrEqual(6_000);
});

test('measures stand with what is beside them, and those without a record by name', () => {
  const text = sectionText(buildMonthly(records(), month, monthly), '质量指标');
  expect(text).toContain('回应 按时发布率 3/4，豁免1');
  expect(text).toContain('没有登记、不能算的：网站可用率。');
});

test('a key event is told with its evaluation; one without says that there is none', () => {
  const files = [
    aFile('event-1', '江北区停水', { grade: 'L2' }),
    aFile('event-2', '学校食堂多人不适', { grade: 'L3' }),
    aFile('event-3', '积水', { grade: 'L4' }),
  ];
  const text = sectionText(buildMonthly(records({ files }), month, monthly), '重点事件');
  expect(text).toContain('陆柏舟评估4.2分（满分5分）：及时性5分，5小时内发布。');
  expect(text).toContain('复盘：根源是管网老化。整改：更换主管（市水务局）。');
  expect(text).toContain('还没有评估。');
  expect(text).not.toContain('（三）');
});

test('the ledger lists what came to be known in the month, with its first release', () => {
  const out = published(signedByAll(aRelease({ title: '说明' })));
  const model = buildMonthly(
    records({
      files: [
        aFile('event-1', '江北区停水', { grade: 'L2', releases: [out] }),
        aFile('event-2', '去年的事', {
          event: { knownAt: { at: new Date('2025-12-01'), recordId: 'x', reason: '收到' } },
        }),
      ],
    }),
    month,
    monthly,
  );
  const [ledger] = model.annex;
  const rows = ledger?.kind === 'table' ? ledger.rows.map(({ cells }) => cells) : [];
  expect(rows).toHaveLength(1);
  expect(rows[0]?.[1]).toBe('江北区停水');
  expect(rows[0]?.[3]).toMatch(/^3月2日/);
});

describe('its figures', () => {
  const posts = (event: number) =>
    Array.from({ length: 5 }, (_, number) =>
      aTonedPost(number % 2 ? 'negative' : undefined, {
        postId: `p-${event}-${number}`,
        sourceId: `s${number}`,
        fetchedAt: minutesAfter(event * 400),
      }),
    );
  const out = published(signedByAll(aRelease({ title: '说明' })));
  const many = records({
    files: Array.from({ length: 60 }, (_, event) => {
      const file = aFile(`event-${event}`, `第${event}件事`, {
        grade: event % 7 === 0 ? 'L2' : 'L4',
        posts: posts(event),
        releases: event % 7 === 0 ? [out] : [],
        event: {
          regionCodes: [`9901${String(event % 12).padStart(2, '0')}`],
          knownAt: { at: minutesAfter(event * 400), recordId: 'x', reason: '收到' },
        },
      });
      return file;
    }),
  });
  let press: TypstPress;
  beforeAll(() => {
    press = new TypstPress(loadFonts());
  });

  test('count everything once, every day of the month has a column, and what has nothing is left out', () => {
    const figures = figuresOf(buildMonthly(many, month, monthly));
    const byName = new Map(
      figures.map(({ name, points }) => [name.replace(/^图\d+ /, ''), points]),
    );
    const sum = (name: string): number =>
      (byName.get(name) ?? []).reduce((all, { value }) => all + value, 0);
    expect(byName.get('每天收到的信息')).toHaveLength(31);
    expect(sum('每天收到的信息')).toBe(300);
    expect(sum('每天新增的事件')).toBe(60);
    expect(sum('新增事件的等级')).toBe(60);
    expect(sum('信息的情感倾向（机器判断）')).toBe(300);
    expect(sum('各事件的信息')).toBe(300);
    expect(byName.get('事件提到的地区')).toHaveLength(9);
    expect(byName.has('每天发出的预警')).toBe(false);
    expect(figures.map(({ name }) => /^图(\d+)/.exec(name)?.[1])).toEqual(
      figures.map((_, index) => String(index + 1)),
    );
  });

  test('eleven of them are printed and written within five seconds each', async () => {
    const model = buildMonthly(many, month, monthly);
    expect(figuresOf(model)).toHaveLength(11);
    const begin = cpuMs();
    const drawn = await drawFigures(model);
    press.print(model, drawn);
    const printed = cpuMs();
    await writeDocx(model, drawn);
    expect(printed - begin).toBeLessThan(5_000);
    expect(cpuMs() - printed).toBeLessThan(5_000);
  });
});
