import { expect, test } from 'vitest';
import { RELEASE_DUTIES } from '../../../dashboards/briefings/sections/event-sentences.ts';
import { countdownPack } from '../../support/alerts.ts';
import { buildDaily, citesOf, lengthOf, ReportModelSchema } from '#briefings';
import { aFile, aTonedPost, CLOSING, imprint, someRecords } from '../../support/reports.ts';
import { anAlert } from '../server/support.ts';
import { published, aRelease, signedByAll } from '../../support/releases.ts';
import { headings, sectionText } from '../../support/read-model.ts';
import { minutesAfter } from '../../support/posts.ts';

test('the sections stand in the order of the papers, and the model fits its schema', () => {
  const model = buildDaily(someRecords(), imprint);
  expect(ReportModelSchema.parse(model)).toEqual(model);
  expect(headings(model)).toEqual([
    '一、当日概况',
    '二、重点舆情',
    '三、一般舆情列表',
    '四、网民留言与热线',
    '五、不实信息与澄清',
    '六、政策舆情跟踪',
    '七、网站监测',
    '八、督办与超时',
    '九、明日提示',
  ]);
});

test('the overview counts what the records hold, against the period before', () => {
  const records = someRecords();
  const [first, ...others] = records.files;
  const alert = anAlert({ firedAt: minutesAfter(10), state: 'falseAlarm' });
  const old = anAlert({ id: 'alert-2', firedAt: minutesAfter(-48 * 60) });
  const files = [{ ...first!, alerts: [alert, old] }, ...others];
  const text = sectionText(buildDaily({ ...records, files }, imprint), '当日概况');
  expect(text).toContain('本期入库信息57条。新增线索9条，比上一时段多5。');
  expect(text).toContain('新增事件2起（重大1起、一般1起），比上一时段多2。');
  expect(text).toContain('发出预警1次，其中判为误报1次。');
});

test('a day without anything says so in every section, and keeps its number and data note', () => {
  const model = buildDaily(
    someRecords({ files: [], sources: [], postCount: 0, leadCount: 0, leadCountBefore: 0 }),
    imprint,
  );
  expect(sectionText(model, '重点舆情')).toBe('本期没有较大以上的事件。');
  expect(sectionText(model, '一般舆情列表')).toBe('本期没有其他事件。');
  expect(sectionText(model, '不实信息与澄清')).toBe('本期没有记录到不实信息和澄清。');
  expect(sectionText(model, '督办与超时')).toBe('没有超时的时限。');
  expect(sectionText(model, '当日概况')).toContain('新增线索0条，与上一时段持平。没有新增事件');
  expect(model.annex).toEqual([]);
});

test('what nobody recorded is written as unknown, and criticism is quoted word for word', () => {
  const text = sectionText(buildDaily(someRecords(), imprint), '重点舆情');
  expect(text).toContain('发生时间：未知。');
  expect(text).toContain('伤亡和损失：未知。');
  expect(text).toContain('批评意见：“江北区多小区停水超过24小时”（临江日报）。');
  expect(text).toContain('负面1条、中性0条、正面0条，判断不出0条');
  expect(text).toContain('（机器建议，待人工确认）');
});

test('a person of the public is never named', () => {
  const post = aTonedPost('negative', {
    title: '停水了',
    outlet: '江边的老李',
    outletKind: 'individual',
  });
  const model = buildDaily(
    someRecords({ files: [aFile('event-1', '停水', { grade: 'L2', posts: [post] })] }),
    imprint,
  );
  expect(JSON.stringify(model)).not.toContain('江边的老李');
  expect(sectionText(model, '重点舆情')).toContain('批评意见：“停水了”（网民发帖）。');
});

test('a release that was published stands under 处置与回应, a draft does not', () => {
  const draft = aRelease({ title: '还没有发布的稿' });
  const out = { ...published(signedByAll(aRelease({ title: '停水情况说明' }))), id: 'release-9' };
  const file = aFile('event-1', '停水', { grade: 'L3', releases: [draft, out] });
  const model = buildDaily(someRecords({ files: [file] }), imprint);
  expect(sectionText(model, '重点舆情')).toContain('在政府网站首次发布《停水情况说明》。');
  expect(JSON.stringify(model)).not.toContain('还没有发布的稿');
  expect(citesOf(model)).toContain('release:release-9');
});

test('countdowns that ran out stand under 督办与超时, those of the next day under 明日提示', () => {
  const model = buildDaily(someRecords({ readAt: minutesAfter(6 * 60) }), imprint);
  expect(sectionText(model, '督办与超时')).toContain(
    '“江北区多小区停水超过24小时”5小时发布（3月2日17:00到期）已超时1小时，未完成。',
  );
  expect(sectionText(model, '明日提示')).toContain('24小时发布会3月3日12:00到期');
  expect(sectionText(model, '明日提示')).toContain('2026年3月3日：工作日。');
});

test('the gravest come first, and what the length does not allow is folded, never lost', () => {
  const files = Array.from({ length: 30 }, (_, number) =>
    aFile(`event-${number}`, `第${number}个小区反映物业和供水问题长期没有解决`, {
      grade: number === 17 ? 'L1' : number % 2 ? 'L3' : 'L4',
    }),
  );
  const model = buildDaily(someRecords({ files }), imprint);
  expect(lengthOf(model)).toBeLessThanOrEqual(imprint.mostCharacters);
  const told = model.blocks.flatMap((block) =>
    block.kind === 'heading' && block.level === 2 ? [block.text] : [],
  );
  expect(told[0]).toBe('（一）第17个小区反映物业和供水问题长期没有解决');
  const [annex] = model.annex;
  expect(annex?.kind === 'table' ? annex.rows.length : 0).toBe(30);
  expect(sectionText(model, '一般舆情列表')).toMatch(/另有\d+起列入附表。/);
});

test('every sentence and row names the record or the query it comes from', () => {
  const cites = citesOf(buildDaily(someRecords(), imprint));
  expect(cites).toContain('event:event-1');
  expect(cites).toContain('post:post-event-1');
  expect(cites).toContain('source:forum');
  expect(cites.some((cite) => cite.startsWith('query:leads.firstSeenAt['))).toBe(true);
});

test('the data note tells the window, the sources in order, the posts and the gaps', () => {
  const note = buildDaily(someRecords({ isDrill: true }), imprint)
    .dataNote.map(({ text }) => text)
    .join('');
  expect(note).toContain('本报告为演练数据，不是真实事件。');
  expect(note).toContain('统计时段：3月1日17:00至3月2日17:00（北京时间）');
  expect(note).toContain('信息源正常1/2个，入库信息57条。');
  expect(note).toContain('采集缺口：临江论坛（读不到）');
});

test('the same records give the same report', () => {
  const records = someRecords();
  const turned = { ...records, files: records.files.toReversed() };
  expect(buildDaily(turned, imprint)).toEqual(buildDaily(records, imprint));
  expect(buildDaily(records, imprint).header.date).toBe('2026年3月2日');
  expect(CLOSING.toISOString()).toBe('2026-03-02T09:00:00.000Z');
});

test('the duties that a report speaks of are duties of the pack', () => {
  const codes = countdownPack.rules.map(({ code }) => code);
  expect(RELEASE_DUTIES.filter((code) => !codes.includes(code))).toEqual([]);
});
