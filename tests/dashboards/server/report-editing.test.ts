import JSZip from 'jszip';
import { expect, test } from 'vitest';
import type { ReportDraftBody, ReportEditView, ReportRow, ReportWordView } from '#contract';
import type { Person } from '#core';
import { aDailyReport, readRealToken, relay, sendAtDesk } from './report-support.ts';
import { anEvent, anOffice, type SignedInHeaders } from './support.ts';

async function aDraftedReport() {
  const office = await anOffice();
  Object.assign(office.deps.rules, {
    readToken: (token: string) => readRealToken(token, office.deps.now()),
  });
  await office.events.create(anEvent());
  const editor = await office.hire('陆柏舟', ['opinionLead'], { email: 'lu@linjiang.invalid' });
  const reviewer = await office.hire('顾明远', ['dutyOfficer'], { email: 'gu@linjiang.invalid' });
  const deputy = await office.hire('纪文澜', ['deputyLeader'], { email: 'ji@linjiang.invalid' });
  const handler = await office.hire('骆书桥', ['handler']);
  const report = aDailyReport();
  await office.reports.store.create(report);
  const asEditor = await office.signIn(editor);
  const view = async (id = report.id, headers = asEditor): Promise<ReportEditView> => {
    const answer = await office.app.inject({ url: `/api/v1/reports/${id}/edit`, headers });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const post = async (path: string, payload: object, headers = asEditor) =>
    await office.app.inject({ method: 'POST', url: `/api/v1/reports/${path}`, headers, payload });
  const upload = async (path: string, payload: Buffer, headers = asEditor) =>
    await office.app.inject({
      method: 'POST',
      url: `/api/v1/reports/${path}`,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      payload,
    });
  const file = async (id: string, format: string): Promise<Buffer> => {
    const url = `/api/v1/reports/${id}/file/${format}`;
    return (await office.app.inject({ url, headers: asEditor })).rawPayload;
  };
  return {
    ...office,
    report,
    editor,
    reviewer,
    deputy,
    handler,
    asEditor,
    view,
    post,
    upload,
    file,
  };
}

/** The first sentence of the first paragraph, said otherwise. */
function reworded(view: ReportEditView, more = '，正在核实'): ReportDraftBody {
  const paragraph = view.blocks.find((one) => one.kind === 'paragraph');
  if (!paragraph) throw new Error('no paragraph');
  const sentences = paragraph.sentences.map(({ text }, from) => ({
    from,
    text: from === 0 ? `${text.slice(0, -1)}${more}。` : text,
  }));
  return {
    contentDigest: view.contentDigest,
    paragraphs: [{ block: paragraph.block, sentences, leftOut: [] }],
  };
}
const titleOf = (answer: { json: () => { title: string } }): string => answer.json().title;

test('a draft is tried, saved, and read by another before it goes on', async () => {
  const { view, post, report, reviewer, editor, signIn, app, file } = await aDraftedReport();
  const before = await view();
  expect([before.draft, before.whyNot, before.mostCharacters]).toEqual([1, '', 2_000]);
  const body = reworded(before);
  const tried = await post(`${report.id}/edit/check`, body);
  expect(tried.json()).toMatchObject({ problems: [], changes: [{ kind: 'changed' }] });
  expect((await view()).draft).toBe(1);

  const saved = await post(`${report.id}/edit`, body);
  expect(saved.statusCode).toBe(200);
  expect(saved.json<ReportEditView>()).toMatchObject({
    draft: 2,
    hasEdited: true,
    standing: '机器拟稿，陆柏舟修改1句，未经审核',
  });
  const { contentDigest } = saved.json<ReportEditView>();
  const review = async (who: Person) =>
    await post(`${report.id}/review`, { contentDigest }, await signIn(who));
  expect(titleOf(await review(editor))).toContain('修改过这份报告的人不得审核');
  const reviewed = await review(reviewer);
  expect(reviewed.json<ReportRow>()).toMatchObject({ draft: 2, mayEdit: false });
  expect(titleOf(await post(`${report.id}/edit`, { ...body, contentDigest }))).toContain(
    '要改正文请先退回',
  );
  for (const format of ['html', 'txt']) {
    const text = (await file(report.id, format)).toString();
    expect(text).toContain('机器拟稿，陆柏舟修改');
    expect(text).toContain('审核：顾明远');
  }
  const list = await app.inject({ url: '/api/v1/reports', headers: await signIn(editor) });
  expect(list.json<ReportRow[]>()[0]?.history.at(-2)?.what).toContain('修改报告，成为第2稿');
});

test('who finds a mistake before the sending gives it back; review and signature are void', async () => {
  const { view, post, report, reviewer, handler, asEditor, signIn, reports } =
    await aDraftedReport();
  const { contentDigest } = await view();
  const asReviewer = await signIn(reviewer);
  await post(`${report.id}/review`, { contentDigest }, asReviewer);
  const signed = await post(`${report.id}/sign`, { contentDigest });
  expect(signed.json<ReportRow>()).toMatchObject({ state: 'signed', mayReturn: true });
  const back = async (headers: SignedInHeaders) =>
    await post(`${report.id}/return`, { reason: '第三段数字有误' }, headers);
  expect((await back(await signIn(handler))).statusCode).toBe(403);
  expect((await back(asEditor)).json<ReportRow>()).toMatchObject({
    state: 'drafted',
    mayEdit: true,
    mayReturn: false,
  });
  const stored = await reports.store.findById(report.id);
  expect([stored?.review, stored?.signatures]).toEqual([undefined, []]);
  expect((await post(`${report.id}/edit`, reworded(await view()))).statusCode).toBe(200);
  // What was signed before is not what would be sent now.
  expect(titleOf(await post(`${report.id}/review`, { contentDigest }, asReviewer))).toContain(
    '内容已有改动',
  );
});

test('the second of two editors is told, with nothing written over', async () => {
  const { view, post, report, reviewer, signIn } = await aDraftedReport();
  const mine = reworded(await view());
  const other = await signIn(reviewer);
  await post(`${report.id}/edit`, reworded(await view(report.id, other), '，已经到场'), other);
  const conflict = await post(`${report.id}/edit`, mine);
  expect([conflict.statusCode, conflict.json<{ code: string }>().code]).toEqual([
    409,
    'REPORT_CHANGED',
  ]);
  expect(titleOf(conflict)).toMatch(/顾明远.*已保存了第2稿/);
  expect(JSON.stringify((await view()).blocks)).toContain('已经到场');
});

test('who may not change it sees it, and is told why not', async () => {
  const { view, post, report, handler, signIn } = await aDraftedReport();
  const headers = await signIn(handler);
  const seen = await view(report.id, headers);
  expect(seen.whyNot).toContain('修改报告须为');
  for (const path of ['edit', 'edit/check']) {
    expect((await post(`${report.id}/${path}`, reworded(seen), headers)).statusCode).toBe(403);
  }
});

test('a Word file comes back as a draft to look through, and only then is saved', async () => {
  const { view, post, upload, file, report } = await aDraftedReport();
  const word = await file(report.id, 'docx');
  const zip = await JSZip.loadAsync(word);
  const paragraph = (await view()).blocks.find((one) => one.kind === 'paragraph');
  const said = paragraph?.sentences[0]?.text ?? '';
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  zip.file(
    'word/document.xml',
    xml.replace(said, () => `${said.slice(0, -1)}，正在核实。`),
  );
  const changed = await zip.generateAsync({ type: 'nodebuffer' });

  const read = await upload(`${report.id}/edit/word`, changed);
  expect(read.statusCode).toBe(200);
  const { paragraphs } = read.json<ReportWordView>();
  expect(paragraphs.flatMap(({ sentences }) => sentences)[0]?.text).toContain('，正在核实');
  expect((await view()).draft).toBe(1);
  const { contentDigest } = await view();
  const saved = await post(`${report.id}/edit`, { contentDigest, paragraphs, via: 'word' });
  expect(saved.json<ReportEditView>().edits).toMatchObject([{ name: '陆柏舟', via: 'word' }]);
  // The same file again is of an older draft now.
  const again = await upload(`${report.id}/edit/word`, changed);
  expect([again.statusCode, titleOf(again)]).toEqual([
    400,
    expect.stringContaining('是第1稿，报告现在是第2稿'),
  ]);
});

test('what is no Word file, or too much of one, is refused in words', async () => {
  const { upload, report, view } = await aDraftedReport();
  const { mostWordBytes } = await view();
  const path = `${report.id}/edit/word`;
  expect(titleOf(await upload(path, Buffer.from('PK甲')))).toContain('打不开');
  expect(titleOf(await upload(path, Buffer.alloc(mostWordBytes + 1)))).toContain('不能超过 5.0 MB');
  expect((await upload(path, Buffer.alloc(mostWordBytes * 2 + 1))).statusCode).toBe(413);
});

test('a report that was sent wrong is corrected by the next issue; both say so, to all who had the first', async () => {
  const office = await aDraftedReport();
  const { view, post, file, report, reviewer, editor, deputy, reports, app } = office;
  expect(
    titleOf(await post(`${report.id}/correction`, { reason: '早了', isFactual: true })),
  ).toContain('还没有报送');
  await sendAtDesk(office, report, { reviewer, signer: editor });
  const [firstMail] = await relay(office, reports.store);
  const reason = '停水小区应为3个，误为30个';
  const made = await post(`${report.id}/correction`, { reason, isFactual: true });
  expect(made.statusCode).toBe(201);
  const correction = made.json<ReportRow>();
  expect(correction).toMatchObject({
    number: '〔2026〕第2期',
    state: 'drafted',
    corrects: { id: report.id, reason },
  });
  expect(correction.title).toContain('（更正）');
  expect(titleOf(await post(`${report.id}/correction`, { reason, isFactual: true }))).toContain(
    '已经出了更正件',
  );
  // While it is only drafted, the old one says nothing of it on paper.
  expect((await file(report.id, 'html')).toString()).not.toContain('本期已由');

  // It says the same as the one that was wrong: nobody may review it so.
  const asReviewer: SignedInHeaders = await office.signIn(reviewer);
  const review = { contentDigest: correction.contentDigest };
  expect(titleOf(await post(`${correction.id}/review`, review, asReviewer))).toContain('请先修改');
  await post(`${correction.id}/edit`, reworded(await view(correction.id)));
  const { contentDigest } = await view(correction.id);
  // One who has left the role that gets such reports had the wrong one, and gets this one.
  await office.deps.people.replace({
    ...deputy,
    roles: ['handler'],
    revision: deputy.revision + 1,
  });
  await office.hire('方景亭', ['principal'], { email: 'fang@linjiang.invalid' });
  await sendAtDesk(office, { id: correction.id, contentDigest }, { reviewer, signer: editor });
  const mails = await relay(office, reports.store);
  expect(mails.map(({ receiver }) => receiver.name).toSorted()).toEqual(['方景亭', '纪文澜']);
  expect(mails[0]?.text).toContain(`本期更正舆情日报〔2026〕第12期：${reason}`);

  for (const format of ['html', 'txt'] as const) {
    expect((await file(report.id, format)).toString()).toContain(
      '本期已由舆情日报〔2026〕第2期更正',
    );
    expect((await file(correction.id, format)).toString()).toContain('本期更正舆情日报');
  }
  const old = await reports.store.findById(report.id);
  expect(old?.contentDigest).toBe(report.contentDigest);
  expect(old?.correctedBy).toEqual({ id: correction.id, name: '舆情日报〔2026〕第2期' });
  // From the link in the first mail on, the reader finds the correction.
  const link = /http:\/\/huiying\.test(\/r\/\S+)/.exec(firstMail?.text ?? '')?.[1] ?? '';
  const page = await app.inject({ url: link });
  expect(page.body).toContain('本期已由舆情日报〔2026〕第2期更正');
  const beside = /href="http:\/\/huiying\.test(\/r\/[^"]+)">打开更正件/.exec(page.body)?.[1] ?? '';
  const opened = await app.inject({ url: beside });
  expect(opened.statusCode).toBe(200);
  expect(opened.body).toContain('打开本期更正的那一期');
});
