import { describe, expect, test } from 'vitest';
import {
  buildDaily,
  editReport,
  printable,
  reviewReport,
  toHtml,
  toText,
  tryDraft,
  type ReportDraft,
  type ReportModel,
} from '#briefings';
import {
  numbersIn,
  sameNumbers,
} from '../../../../dashboards/briefings/editing/sentence-numbers.ts';
import { SqliteReportStore } from '../../../../dashboards/briefings/adapters/sqlite-report-store.ts';
import { writeDocx } from '../../../../dashboards/briefings/adapters/write-docx.ts';
import { readDocx } from '../../../support/read-outputs.ts';
import { aDailyReport } from '../../server/report-support.ts';
import { reportPack as pack } from '../../../support/packs.ts';
import { aPerson, office } from '../../../support/people.ts';
import { minutesAfter } from '../../../support/posts.ts';
import { CLOSING, imprint, someRecords } from '../../../support/reports.ts';
import { memoryDatabase } from '../../../support/temp-database.ts';

/** A report of one section, the second sentence a count. */
const model: ReportModel = {
  ...buildDaily(someRecords(), imprint),
  annex: [],
  blocks: [
    { kind: 'heading', level: 1, text: '一、当日概况' },
    {
      kind: 'paragraph',
      lead: '概况',
      sentences: [
        { text: '江北区多小区停水，居民反映强烈。', cites: ['event:event-1'] },
        { text: '共发现线索9条，涉及3个小区。', cites: ['event:event-1', 'query:leads[a,b)'] },
        {
          text: '有网民问：“什么时候来水？”',
          cites: ['post:post-1'],
          url: 'https://news.test/1',
        },
      ],
    },
  ],
};
const lu = aPerson('陆柏舟', ['opinionLead']);

async function aDraft() {
  const reports = new SqliteReportStore(memoryDatabase().database);
  const report = aDailyReport({}, model);
  await reports.create(report);
  const at = minutesAfter(10, CLOSING);
  const deps = { reports, pack };
  const first = { reportId: report.id, contentDigest: report.contentDigest, at };
  const save = async (
    sentences: ReportDraft['paragraphs'][number]['sentences'],
    leftOut: ReportDraft['paragraphs'][number]['leftOut'] = [],
    more: object = {},
  ) =>
    await editReport(deps, {
      ...first,
      actor: lu,
      via: 'page',
      draft: { paragraphs: [{ block: 1, sentences, leftOut }] },
      ...more,
    });
  return { deps, report, at, first, save };
}
const [water, count, quote] = [
  '江北区多小区停水，居民反映强烈。',
  '共发现线索9条，涉及3个小区。',
  '有网民问：“什么时候来水？”',
] as const;
const sentencesOf = ({ blocks }: ReportModel) => {
  const [, paragraph] = blocks;
  if (paragraph?.kind !== 'paragraph') throw new Error('no paragraph');
  return paragraph.sentences;
};

describe('numbers in a sentence', () => {
  test.for([
    ['3月2日12:00，61.5%', ['3月', '2日', '12:00', '61.5%']],
    ['５人死亡、三人受伤', ['5人', '三人']],
    ['一些居民统一反映，进一步说明', []],
    ['阅读1,234次', ['1,234次']],
  ] as const)('%s', ([text, numbers]) => {
    expect(numbersIn(text)).toEqual(numbers);
  });

  test('that change places are not the same', () => {
    expect(sameNumbers('3人死亡，5人受伤', '5人死亡，3人受伤')).toBe(false);
    expect(sameNumbers('停水3天', '已经停水3天了')).toBe(true);
  });
});

describe('a person changes the draft', () => {
  test('the words are theirs, what the machine wrote is kept, the records stay behind it', async () => {
    const { save } = await aDraft();
    const edited = await save([
      { from: 0, text: '江北区多小区停水，居民意见较大。' },
      { from: 1, text: count },
      { from: 2, text: '有网民在评论里问：“什么时候来水？”' },
      { text: '区里已经开会研究。' },
    ]);
    const [changed, same, quoted, added] = sentencesOf(edited.model);
    expect(changed).toMatchObject({
      cites: ['event:event-1', `person:${lu.id}`],
      byPerson: { name: '陆柏舟', original: { text: water } },
    });
    expect(same?.byPerson).toBeUndefined();
    expect(quoted?.url).toBe('https://news.test/1');
    expect(added).toMatchObject({ cites: [`person:${lu.id}`], byPerson: { name: '陆柏舟' } });
    expect(added?.byPerson?.original).toBeUndefined();
    expect(edited.model.standing).toEqual(['机器拟稿，陆柏舟修改2句、补写1句，未经审核']);
    expect(edited.contentDigest).not.toBe((await aDraft()).report.contentDigest);
    expect(edited.history.at(-1)?.what).toContain('第2稿');
  });

  test('a number that is no longer the record’s is kept only when it was confirmed', async () => {
    const { save } = await aDraft();
    const wrong = [
      { from: 0, text: water },
      { from: 1, text: '共发现线索9条，涉及5个小区。' },
      { from: 2, text: quote },
    ];
    await expect(save(wrong)).rejects.toThrow(
      '“一、当日概况”第1段（概况）：“共发现线索9条，涉及5个小区。”中的数字原为“9条、3个”，现为“9条、5个”，不再出自记录',
    );
    const confirmed = await save(wrong.map((one) => ({ ...one, isNumberConfirmed: true })));
    expect(sentencesOf(confirmed.model)[1]).toMatchObject({
      cites: ['event:event-1', `person:${lu.id}`],
      byPerson: { confirmedNumbers: ['5个'] },
    });
    // Worded anew with the same numbers, it asks for nothing again.
    const again = await save(
      [wrong[0]!, { from: 1, text: '发现线索9条，涉及5个小区。' }, wrong[2]!],
      [],
      { contentDigest: confirmed.contentDigest },
    );
    expect(sentencesOf(again.model)[1]?.byPerson?.original?.text).toBe(count);
    // Put back, it is the machine's with its count.
    const back = await save([wrong[0]!, { from: 1, text: count }, wrong[2]!], [], {
      contentDigest: again.contentDigest,
    });
    expect(sentencesOf(back.model)).toEqual(sentencesOf(model));
    expect(back.model.standing).toEqual(['机器拟稿，未经人工审核']);
    expect(back.model.dataNote).toEqual(model.dataNote);
  });

  test('a sentence is left out with a reason, and can be put back', async () => {
    const { save } = await aDraft();
    const kept = [
      { from: 0, text: water },
      { from: 1, text: count },
    ];
    await expect(save(kept, [{ from: 2, reason: ' ' }])).rejects.toThrow('要写理由');
    const without = await save(kept, [{ from: 2, reason: '与本期无关' }]);
    expect(sentencesOf(without.model).map(({ text }) => text)).toEqual([water, count]);
    expect(without.model.leftOut).toMatchObject([
      { block: 1, reason: '与本期无关', name: '陆柏舟', sentence: { text: quote } },
    ]);
    expect(toText(without.model)).not.toContain('什么时候来水');
    const back = await save([...kept, { text: quote }], [], {
      contentDigest: without.contentDigest,
    });
    expect(sentencesOf(back.model)).toEqual(sentencesOf(model));
    expect(back.model.leftOut).toBeUndefined();
  });

  test.for([
    {
      name: 'headings',
      paragraph: { block: 0, sentences: [{ from: 0, text: '二、改名' }], leftOut: [] },
      why: '标题、表、图和次序不能改',
    },
    {
      name: 'the order',
      paragraph: {
        block: 1,
        sentences: [1, 0, 2].map((from) => ({ from, text: sentencesOf(model)[from]!.text })),
        leftOut: [],
      },
      why: '与原来的对不上',
    },
    {
      name: 'a sentence that is neither kept nor left out',
      paragraph: { block: 1, sentences: [{ from: 0, text: water }], leftOut: [] },
      why: '与原来的对不上',
    },
    {
      name: 'a paragraph of which nothing is left',
      paragraph: {
        block: 1,
        sentences: [],
        leftOut: [0, 1, 2].map((from) => ({ from, reason: '不要' })),
      },
      why: '一段至少留一句',
    },
    {
      name: 'an empty sentence',
      paragraph: {
        block: 1,
        sentences: [water, '\u200b', quote].map((text, from) => ({ from, text })),
        leftOut: [],
      },
      why: '有一句是空的',
    },
  ])('$name cannot be changed so', async ({ paragraph, why }) => {
    const { save } = await aDraft();
    await expect(save([], [], { draft: { paragraphs: [paragraph] } })).rejects.toThrow(why);
  });

  test('two at once: the second is told who was first, and nothing is written over', async () => {
    const { save, deps, report } = await aDraft();
    await save([
      { from: 0, text: '停水仍未恢复。' },
      { from: 1, text: count },
      { from: 2, text: quote },
    ]);
    const second = save(
      [
        { from: 0, text: '停水已经恢复。' },
        { from: 1, text: count },
        { from: 2, text: quote },
      ],
      [],
      { actor: office.dutyOfficer },
    );
    await expect(second).rejects.toThrow(/陆柏舟.*已保存了第2稿.*没有丢/);
    expect(sentencesOf((await deps.reports.findById(report.id))!.model)[0]?.text).toBe(
      '停水仍未恢复。',
    );
  });

  test('who changed it does not review it, who read the draft before reviews nothing', async () => {
    const { save, deps, first } = await aDraft();
    const edited = await save([
      { from: 0, text: '停水仍未恢复。' },
      { from: 1, text: count },
      { from: 2, text: quote },
    ]);
    const act = { ...first, contentDigest: edited.contentDigest };
    await expect(reviewReport(deps, { ...act, actor: lu })).rejects.toThrow(
      '修改过这份报告的人不得审核',
    );
    const other = office.dutyOfficer;
    await expect(reviewReport(deps, { ...first, actor: other })).rejects.toThrow('内容已有改动');
    const reviewed = await reviewReport(deps, { ...act, actor: other });
    expect(printable(reviewed).standing).toEqual([
      '机器拟稿，陆柏舟修改',
      '审核：顾明远',
      '未签发',
    ]);
    await expect(
      save([{ from: 0, text: water }], [], { contentDigest: edited.contentDigest }),
    ).rejects.toThrow('要改正文请先退回');
  });

  test('only the roles that review may change it', () => {
    const report = aDailyReport({}, model);
    const act = { contentDigest: report.contentDigest, draft: { paragraphs: [] }, at: CLOSING };
    expect(() => tryDraft(report, { ...act, actor: office.handler }, pack)).toThrow('修改报告须为');
  });

  test('a reader can tell a person’s words from the machine’s, and is told how', async () => {
    const { save } = await aDraft();
    const edited = await save([
      { from: 0, text: '停水仍未恢复。' },
      { from: 1, text: count },
      { from: 2, text: quote },
    ]);
    const html = toHtml(edited.model);
    expect(html).toContain('title="陆柏舟修改"><u>停水仍未恢复。</u>');
    expect(html.match(/<u>/g)).toHaveLength(1);
    const word = await readDocx(await writeDocx(edited.model));
    expect(word.match(/<w:u [^>]*w:val="dotted"/g)).toHaveLength(1);
    expect(toText(edited.model)).toContain(`概况：［停水仍未恢复。］${count}`);
    expect(toText(edited.model)).toContain(
      '带点线的句子（纯文本中以［］括起）是人写的：陆柏舟修改1句',
    );
  });
});
