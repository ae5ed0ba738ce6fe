import fc from 'fast-check';
import JSZip from 'jszip';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  buildDaily,
  buildSpecial,
  placeOf,
  type Report,
  type ReportDraft,
  type ReportModel,
} from '#briefings';
import { readBack, toWord } from '../../../../dashboards/briefings/adapters/word-round.ts';
import { matchSentences } from '../../../../dashboards/briefings/editing/match-sentences.ts';
import { aDailyReport } from '../../server/report-support.ts';
import { reportPack } from '../../../support/packs.ts';
import { aDossier, imprint, someRecords } from '../../../support/reports.ts';

const limits = reportPack.editing.word;
const records = someRecords();
const daily = aDailyReport({}, buildDaily(records, imprint));
const special = aDailyReport(
  { kind: 'special' },
  buildSpecial(
    records,
    { file: records.files[1]!, dossier: aDossier(), number: 1 },
    { ...imprint, name: '舆情专报', mostCharacters: 9_000 },
    reportPack.special,
  ),
);

/** The first paragraph of more than one sentence. */
function longParagraph({ model }: Report): number {
  return model.blocks.findIndex((one) => one.kind === 'paragraph' && one.sentences.length > 2);
}
const saidIn = (model: ReportModel, block: number): readonly string[] => {
  const one = model.blocks[block];
  return one?.kind === 'paragraph' ? one.sentences.map(({ text }) => text) : [];
};

/** The file with its text as another program would have changed it. */
async function changed(
  bytes: Uint8Array,
  change: (xml: string) => string,
  part = 'word/document.xml',
): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bytes);
  const xml = (await zip.file(part)?.async('string')) ?? '';
  const after = change(xml);
  expect(after).not.toBe(xml);
  zip.file(part, after);
  return await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
const read = async (report: Report, bytes: Uint8Array) => await readBack(report, bytes, limits);
const changesIn = (report: Report, { paragraphs }: ReportDraft) =>
  paragraphs.flatMap(({ block, sentences, leftOut }) => [
    ...sentences
      .filter(({ from, text }) => from === undefined || saidIn(report.model, block)[from] !== text)
      .map(({ from, text }) => ({ block, from, text })),
    ...leftOut.map(({ from }) => ({ block, from, text: '' })),
  ]);

describe.each([
  { name: 'daily', report: daily },
  { name: 'special', report: special },
])('the Word file of a $name report', ({ report }) => {
  let word: Buffer;
  beforeAll(async () => {
    word = await toWord(report);
  });
  const block = longParagraph(report);
  const said = saidIn(report.model, block);

  test('comes back as it went: nothing was changed', async () => {
    const { draft, notes } = await read(report, word);
    expect([draft.paragraphs, notes]).toEqual([[], []]);
  });

  test('with a sentence changed, one written and one gone, says just that', async () => {
    const bytes = await changed(word, (xml) =>
      xml
        .replace(said[0]!, () => `${said[0]!.slice(0, -1)}，正在核实。另有新情况一件。`)
        .replace(said[1]!, ''),
    );
    const { draft } = await read(report, bytes);
    expect(changesIn(report, draft)).toEqual([
      { block, from: 0, text: `${said[0]!.slice(0, -1)}，正在核实。` },
      { block, from: undefined, text: '另有新情况一件。' },
      { block, from: 1, text: '' },
    ]);
  });

  test('cut into runs as Word does, with spaces of its own, is the same', async () => {
    const cut = said[0]!.slice(0, 5);
    const bytes = await changed(word, (xml) =>
      xml.replace(cut, () => `${cut.slice(0, 2)} </w:t></w:r><w:r><w:t>${cut.slice(2)}`),
    );
    expect((await read(report, bytes)).draft.paragraphs.flatMap(({ leftOut }) => leftOut)).toEqual(
      [],
    );
    expect(changesIn(report, (await read(report, bytes)).draft)).toEqual([]);
  });

  test.for([
    {
      name: 'a changed heading',
      change: (xml: string) => {
        const heading = report.model.blocks.find(({ kind }) => kind === 'heading');
        const text = heading?.kind === 'heading' ? heading.text : '';
        return xml.replace(`>${text}<`, `>${text}（新）<`);
      },
      why: '标题“一、',
    },
    {
      name: 'a changed number of the issue',
      change: (xml: string) => xml.replace(report.model.header.number, '〔2026〕第99期'),
      why: '报头“〔2026〕第12期”不能改',
    },
    {
      name: 'a changed table',
      change: (xml: string) => xml.replace(/(<w:tc>(?:(?!<w:t[ >]).)*<w:t[^>]*>)/s, '$1另'),
      why: '表“',
    },
    {
      name: 'a paragraph more',
      change: (xml: string) => {
        const at = xml.indexOf('</w:p>', xml.indexOf(said[0]!)) + 6;
        return `${xml.slice(0, at)}<w:p><w:r><w:t>新的一段。</w:t></w:r></w:p>${xml.slice(at)}`;
      },
      why: '不能加段、并段、删段',
    },
    {
      name: 'changed words of the data note',
      change: (xml: string) => xml.replace('情感倾向由词表', '情感倾向由人工'),
      why: '数据说明、版记“',
    },
  ])('with $name is refused, and where is told', async ({ change, why }) => {
    await expect(read(report, await changed(word, change))).rejects.toThrow(why);
  });
});

describe('a Word file', () => {
  const block = longParagraph(daily);
  const [sentence] = saidIn(daily.model, block);

  test('of another report, of an older draft, or of none is refused in words', async () => {
    const word = await toWord(daily);
    const other = { ...daily, id: 'daily-2026-2-0' };
    await expect(read(other, word)).rejects.toThrow('另一份报告的（daily-2026-1-0）');
    const by = { personId: 'p', name: '陆柏舟' };
    const edit = { by, at: daily.createdAt, via: 'page' as const, from: '', to: 'later' };
    const later = { ...daily, contentDigest: 'later', edits: [edit] };
    await expect(read(later, word)).rejects.toThrow('是第1稿，报告现在是第2稿');
    const zip = await JSZip.loadAsync(word);
    zip.remove('docProps/custom.xml');
    const bare = await zip.generateAsync({ type: 'nodebuffer' });
    await expect(read(daily, bare)).rejects.toThrow('没有报告的标记');
  });

  test('with revisions and comments is read as if they were accepted, and says so', async () => {
    const bytes = await changed(await toWord(daily), (xml) =>
      xml.replace(
        sentence!,
        () =>
          `</w:t></w:r><w:del w:id="1"><w:r><w:delText>${sentence}</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>改写的一句。</w:t></w:r></w:ins><w:r><w:commentReference w:id="0"/><w:t>`,
      ),
    );
    const { draft, notes } = await read(daily, bytes);
    expect(changesIn(daily, draft)).toEqual([{ block, from: 0, text: '改写的一句。' }]);
    expect(notes.join('')).toMatch(/修订，按全部接受读入.*1条批注，没有读入/);
  });

  test.for([
    { what: '文本框', xml: '<w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict>' },
    { what: '脚注', xml: '<w:footnoteReference w:id="2"/>' },
    { what: '隐藏的文字', xml: '<w:rPr><w:vanish/></w:rPr>' },
  ])('with what would be lost ($what) is refused', async ({ what, xml }) => {
    const bytes = await changed(await toWord(daily), (text) =>
      text.replace(sentence!, () => `</w:t>${xml}</w:r><w:r><w:t>${sentence}`),
    );
    await expect(read(daily, bytes)).rejects.toThrow(what);
  });
});

describe('a hostile file', () => {
  const word = async (): Promise<Buffer> => await toWord(daily);
  /** An archive with this as its text. */
  const holding = async (xml: string): Promise<Buffer> => await changed(await word(), () => xml);
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

  test.for([
    { name: 'no archive at all', make: async () => Buffer.from('%PDF-1.7'), why: '不是 Word 文件' },
    { name: 'an empty file', make: async () => Buffer.alloc(0), why: '不是 Word 文件' },
    {
      name: 'an old or encrypted one',
      make: async () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]),
      why: '旧格式（.doc）或者加了密码',
    },
    {
      name: 'another archive',
      make: async () => await new JSZip().file('a.txt', '甲').generateAsync({ type: 'nodebuffer' }),
      why: '不是 Word 文件',
    },
    {
      name: 'one with macros',
      make: async () =>
        await changed(
          await word(),
          (xml) =>
            xml.replaceAll(
              'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
              'application/vnd.ms-word.document.macroEnabled.main+xml',
            ),
          '[Content_Types].xml',
        ),
      why: '不是 Word 文件',
    },
    {
      name: 'half a file',
      make: async () => (await word()).subarray(0, 4_000),
      why: '不完整，打不开',
    },
    {
      name: 'a huge one',
      make: async () => Buffer.concat([await word(), Buffer.alloc(limits.mostBytes)]),
      why: '不能超过 5.0 MB',
    },
    {
      name: 'a bomb',
      make: async () => await holding('<'.padEnd(60_000_000, ' ')),
      why: '解开后超过 10.0 MB',
    },
    {
      name: 'a thousand parts',
      make: async () => {
        const zip = await JSZip.loadAsync(await word());
        for (let number = 0; number < 1_000; number += 1) zip.file(`x/${number}`, '');
        return await zip.generateAsync({ type: 'nodebuffer' });
      },
      why: '部分超过 500 个',
    },
    {
      name: 'external entities',
      make: async () =>
        await holding(
          `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document ${W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`,
        ),
      why: '文档类型声明',
    },
    {
      name: 'elements without end inside each other',
      make: async () => await holding(`<w:document ${W}><w:body>${'<w:p>'.repeat(50_000)}`),
      why: '层数超过200',
    },
    {
      name: 'broken XML',
      make: async () => await holding(`<w:document ${W}><w:body><w:p><w:r></w:body>`),
      why: 'XML 不完整',
    },
    {
      name: 'something else in the place of the text',
      make: async () => await holding('<html><body>甲</body></html>'),
      why: '不是 Word 正文',
    },
  ])('$name is refused in words, soon', async ({ make, why }) => {
    const bytes = await make();
    const began = performance.now();
    await expect(read(daily, bytes)).rejects.toThrow(why);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

test('whatever a paragraph says, each sentence is kept once or gone, in its order, and every word is there', () => {
  const words = fc.constantFrom(
    '停水。',
    '抢修已经开始。',
    '居民反映强烈；',
    '无标点',
    '？',
    '3户',
    '停水',
  );
  const texts = fc.array(words, { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
  fc.assert(
    fc.property(
      fc.array(texts, { minLength: 1, maxLength: 5 }),
      fc.array(texts),
      (before, after) => {
        const text = after.join('');
        const { sentences, leftOut } = matchSentences(before, text);
        const kept = sentences.flatMap(({ from }) => from ?? []);
        expect(kept).toEqual(kept.toSorted((a, b) => a - b));
        expect([...kept, ...leftOut].toSorted((a, b) => a - b)).toEqual(before.map((_, at) => at));
        expect(sentences.map((one) => one.text).join('')).toBe(text);
      },
    ),
  );
});

test('a paragraph of endless sentences is read soon, and refused for its length', async () => {
  const word = await toWord(daily);
  const said = saidIn(daily.model, longParagraph(daily))[0]!;
  const bytes = await changed(word, (xml) => xml.replace(said, () => '又一句。'.repeat(200_000)));
  const began = performance.now();
  await expect(read(daily, bytes)).rejects.toThrow('超过2000字');
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a sentence that was changed wholly is still the one in whose place it stands', () => {
  const matched = matchSentences(
    ['甲方已经到场。', '水位下降。', '路已通。'],
    '甲方已经到场。全部重写了。路已通。',
  );
  expect(matched).toEqual({
    sentences: [
      { from: 0, text: '甲方已经到场。' },
      { from: 1, text: '全部重写了。' },
      { from: 2, text: '路已通。' },
    ],
    leftOut: [],
  });
});

test('the same words twice are told apart by where they stand', () => {
  const before = ['持续关注。', '江北区停水。', '持续关注。'];
  expect(matchSentences(before, '江北区停水。持续关注。')).toEqual({
    sentences: [
      { from: 1, text: '江北区停水。' },
      { from: 2, text: '持续关注。' },
    ],
    leftOut: [0],
  });
  expect(placeOf(daily.model.blocks, 0)).toBe('“一、当日概况”第1段');
});
