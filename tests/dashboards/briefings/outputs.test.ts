import { reportPack } from '../../support/packs.ts';
import { load } from 'cheerio';
import JSZip from 'jszip';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  buildDaily,
  buildFlash,
  buildMonthly,
  buildRoutine,
  buildSpecial,
  figuresOf,
  paragraphText,
  type ReportModel,
  toHtml,
  toText,
} from '#briefings';
import { drawFigures } from '../../../dashboards/briefings/adapters/draw-figures.ts';
import { loadFonts } from '../../../dashboards/briefings/adapters/fonts.ts';
import { TypstPress } from '../../../dashboards/briefings/adapters/typst-press.ts';
import { writeDocx } from '../../../dashboards/briefings/adapters/write-docx.ts';
import { cpuMs } from '../../support/cpu-ms.ts';
import { minutesAfter } from '../../support/posts.ts';
import { bare, readDocx, readPdf, textOfDocx, textOfHtml } from '../../support/read-outputs.ts';
import { aDossier, aFile, aTonedPost, imprint, someRecords } from '../../support/reports.ts';

let press: TypstPress;
beforeAll(() => {
  press = new TypstPress(loadFonts());
});

const HOSTILE = [
  '#import "x" #{1+1} $x^2$ *粗* _斜_ `码` @引 <标签>',
  '<script>alert(1)</script> & "引号" \'单\' </style>',
  '=cmd|"/C calc"!A0 +1 -1 @SUM(1)',
  '左\u202E右\u200F混\u2066排\u0000控制',
  '堃喆😀表情',
  `长词${'w'.repeat(300)}尾`,
  '\\u{1F600} \\end{document} %注释 ~波浪~ //',
];
const hostileRecords = someRecords({
  files: HOSTILE.map((title, number) =>
    aFile(`event-${number}`, title, { grade: number < 2 ? 'L2' : 'L4' }),
  ),
});
const daily = buildDaily(hostileRecords, { ...imprint, mostCharacters: 9_000 });
const flash = buildFlash(
  hostileRecords,
  { file: hostileRecords.files[0]!, stage: 'first', reporter: { name: '顾明远' } },
  { ...imprint, name: '舆情快报', mostCharacters: 500 },
);

/** Every sentence, heading and cell of a report, in no order. */
const saidIn = ({ blocks, annex, dataNote, header, period, standing }: ReportModel): string[] => [
  ...[...blocks, ...annex].flatMap((block) => {
    if (block.kind === 'heading') return [block.text];
    if (block.kind === 'paragraph') return [paragraphText(block)];
    if (block.kind === 'figure') return [block.name, block.said.text];
    return [block.name, ...block.rows.flatMap(({ cells }) => cells)];
  }),
  ...dataNote.map(({ text }) => text),
  ...standing,
  header.number,
  header.date,
  period,
];

async function outputsOf(model: ReportModel): Promise<Record<string, string>> {
  const drawn = await drawFigures(model);
  const pdf = await readPdf(press.print(model, drawn).bytes);
  return {
    PDF: pdf.pieces.map(({ text }) => text).join(''),
    Word: await textOfDocx(await writeDocx(model, drawn)),
    HTML: textOfHtml(toHtml(model, { drawn })),
    mail: textOfHtml(toHtml(model)),
    text: toText(model),
  };
}

const onePage = { ...imprint, mostCharacters: 1_000 };
const morning = buildRoutine('morning', hostileRecords, { ...onePage, name: '舆情早报' });
const weekly = buildRoutine('weekly', hostileRecords, {
  ...imprint,
  name: '舆情周报',
  mostCharacters: 9_000,
});
const special = buildSpecial(
  hostileRecords,
  { file: hostileRecords.files[0]!, dossier: aDossier(), number: 1 },
  { ...imprint, name: '舆情专报', mostCharacters: 9_000 },
  reportPack.special,
);
const monthly = buildMonthly(
  hostileRecords,
  { measures: [], evaluations: new Map() },
  { ...imprint, name: '舆情月报', mostCharacters: 9_000 },
);
describe.for([
  { name: 'monthly', model: monthly },
  { name: 'special', model: special },
  { name: 'morning', model: morning },
  { name: 'weekly', model: weekly },
  { name: 'daily', model: daily },
  { name: 'flash', model: flash },
])('a $name report with hostile titles', ({ model }) => {
  test('says the same in PDF, Word, HTML and text', async () => {
    const outputs = await outputsOf(model);
    for (const [name, text] of Object.entries(outputs)) {
      const read = bare(text);
      const missing = saidIn(model).filter((one) => !read.includes(bare(one)));
      expect({ name, missing }).toEqual({ name, missing: [] });
    }
  });

  test('is the same bytes when made again', async () => {
    const [once, again] = [await drawFigures(model), await drawFigures(model)];
    expect(press.print(model, once).bytes.equals(press.print(model, again).bytes)).toBe(true);
    expect((await writeDocx(model, once)).equals(await writeDocx(model, again))).toBe(true);
    expect(toHtml(model, { drawn: once })).toBe(toHtml(model, { drawn: again }));
  });
});

describe('the page of the standard', () => {
  const LINE = '临江市供水抢修情况通报今日十八时前全部小区恢复正常用水见'; // 28
  const full: ReportModel = {
    ...daily,
    annex: [],
    blocks: [
      { kind: 'paragraph', sentences: [{ text: LINE.repeat(60), cites: ['event:event-0'] }] },
    ],
  };
  const MM = 72 / 25.4;

  test('holds 22 lines of 28 characters in the Typst PDF, within its margins', async () => {
    const { pieces } = await readPdf(press.print(full).bytes);
    const second = pieces.filter(
      ({ page, text }) => page === 2 && !text.includes('—') && text.trim() !== '',
    );
    const rows = [...Map.groupBy(second, ({ y }) => Math.round(y * 10)).entries()].toSorted(
      ([a], [b]) => b - a,
    );
    expect(rows.length).toBe(22);
    const texts = rows.map(([, row]) =>
      row
        .toSorted((a, b) => a.x - b.x)
        .map(({ text }) => text)
        .join(''),
    );
    expect(texts.every((text) => Array.from(text).length === 28)).toBe(true);
    const left = Math.min(...second.map(({ x }) => x)) / MM;
    const right = Math.max(...second.map(({ x, width }) => x + width)) / MM;
    expect(Math.abs(left - 28)).toBeLessThanOrEqual(0.5);
    expect(right).toBeLessThanOrEqual(184);
    const ys = rows.map(([y]) => y / 10);
    const pitch = ((ys[0] ?? 0) - (ys.at(-1) ?? 0)) / (ys.length - 1);
    expect(Math.abs(pitch - 28.95)).toBeLessThanOrEqual(0.1);
  });

  test('numbers odd pages on the right and even pages on the left', async () => {
    const { pieces } = await readPdf(press.print(full).bytes);
    const sideOf = (page: number): string => {
      const x = pieces.filter((one) => one.page === page).at(-1)?.x ?? 0;
      return x > 300 ? 'right' : 'left';
    };
    expect([sideOf(1), sideOf(2)]).toEqual(['right', 'left']);
  });

  test('is tagged, and has a title and a language', async () => {
    const read = await readPdf(press.print(full).bytes);
    expect(read.title).toBe('2026年3月2日舆情日报');
    expect(read.isTagged).toBe(true);
    expect(read.language.toLowerCase()).toBe('zh-cn');
  });

  test('Word is given the same page: margins, line grid, character spacing, footers by parity', async () => {
    const bytes = await writeDocx(daily);
    const body = await readDocx(bytes);
    expect(body).toContain('w:top="2098"');
    expect(body).toContain('w:left="1588"');
    expect(body).toContain('w:linePitch="579"');
    expect(body).toMatch(/<w:spacing w:val="-5"\/>/);
    expect(await readDocx(bytes, 'word/settings.xml')).toContain('w:evenAndOddHeaders');
    expect(await readDocx(bytes, 'docProps/core.xml')).toContain('2026-03-02T09:00:00Z');
  });
});

test('a substituted face and a character without a glyph are named', () => {
  const file = aFile('event-1', '𓀀面馆堃', { grade: 'L2' });
  const { notes } = press.print(buildDaily(someRecords({ files: [file] }), imprint));
  expect(notes).toContain('仿宋没有找到，以 Noto Serif SC 代替');
  expect(notes).toContain('“𓀀”没有字形，印不出来');
  expect(notes.join()).not.toContain('堃');
});

test('the HTML loads nothing, runs nothing and stays below what mail carries', () => {
  const html = toHtml(daily);
  expect(html).not.toMatch(/<script|<img|<link|@import|url\(|\son\w+=/i);
  expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
});

test('a report that was only drafted by the machine says so in each output', async () => {
  const outputs = await outputsOf(daily);
  const silent = Object.entries(outputs).filter(
    ([, text]) => !bare(text).includes('机器拟稿,未经人工审核'),
  );
  expect(silent).toEqual([]);
});

describe('the head of a 快报', () => {
  const NUMBER = '〔2026〕第1期 首报';
  /** The first page, line by line, without spaces. */
  const linesOf = async (office: string): Promise<string[]> => {
    const header = { ...flash.header, office, number: NUMBER };
    const { pieces } = await readPdf(press.print({ ...flash, header }).bytes);
    const lines = Map.groupBy(
      pieces.filter(({ page }) => page === 1),
      ({ y }) => Math.round(y),
    );
    return [...lines.values()].map((line) => bare(line.map(({ text }) => text).join('')));
  };

  test.for([
    { office: '临江市', isInOneLine: true },
    { office: '霖江市人民政府办公室舆情回应领导小组（演练）', isInOneLine: false },
  ])('$office, number and day in one line: $isInOneLine', async ({ office, isInOneLine }) => {
    const { date } = flash.header;
    const lines = await linesOf(office);
    const expected = isInOneLine ? [`${office}${NUMBER}${date}`] : [NUMBER, `${office}${date}`];
    expect(lines).toEqual(expect.arrayContaining(expected.map(bare)));
  });
});

describe('figures', () => {
  const posts = Array.from({ length: 30 }, (_, number) =>
    aTonedPost('neutral', {
      postId: `p${number}`,
      sourceId: number % 3 === 0 ? '<script>&"$x$#' : `源${number % 3}`,
      publishedAt: minutesAfter(-number * number),
    }),
  );
  const drawnFor = buildSpecial(
    someRecords(),
    {
      file: aFile('event-1', '停水', { grade: 'L2', posts }),
      dossier: aDossier(),
      number: 1,
    },
    { ...imprint, mostCharacters: 9_000 },
    reportPack.special,
  );

  test('bear their numbers in the drawing, and hostile names as text', async () => {
    const [overTime, bySource] = figuresOf(drawnFor);
    const drawn = await drawFigures(drawnFor);
    const svg = drawn.get(bySource?.name ?? '') ?? '';
    const texts = load(svg, { xml: true })('text')
      .toArray()
      .map((one) => load(one).text());
    expect(texts).toContain('<script>&"$…');
    for (const { value } of bySource?.points ?? []) expect(texts).toContain(String(value));
    expect(drawn.get(overTime?.name ?? '')).not.toMatch(/<script|<style|class=|ecmeta/);
  });

  test('are pictures with words for them in the page, the Word file and the PDF; in mail they are tables', async () => {
    const drawn = await drawFigures(drawnFor);
    const page = load(toHtml(drawnFor, { drawn }));
    expect(page('figure img').length).toBe(2);
    expect(page('figure img').first().attr('alt')).toContain('共30条');
    const mail = load(toHtml(drawnFor));
    expect(mail('img').length).toBe(0);
    expect(mail('caption').text()).toContain('信息来自哪里');
    const docx = await writeDocx(drawnFor, drawn);
    const zip = await JSZip.loadAsync(docx);
    const pictures = Object.keys(zip.files).filter((name) => name.endsWith('.png'));
    expect(pictures).toHaveLength(2);
    expect(await readDocx(docx)).toContain('descr="共30条');
  });

  test('a Word file and a PDF of a report with figures take less than two seconds each', async () => {
    const begin = cpuMs();
    const drawn = await drawFigures(drawnFor);
    press.print(drawnFor, drawn);
    const printed = cpuMs();
    await writeDocx(drawnFor, drawn);
    expect(printed - begin).toBeLessThan(2_000);
    expect(cpuMs() - printed).toBeLessThan(2_000);
  });
});
