import { reportPack } from '../../support/packs.ts';
import { expect, test } from 'vitest';
import { HOUR_MS } from '#core';
import type { StoredPost } from '#analyze';
import {
  buildSpecial,
  figuresOf,
  lengthOf,
  ReportModelSchema,
  type SpecialRequest,
} from '#briefings';
import {
  gravelyGradedAt,
  owesSpecial,
  specialDueAt,
} from '../../../dashboards/briefings/make-special.ts';
import {
  writtenAssessment,
  confirmedAssessment,
} from '../../../respond/assessments/write-assessment.ts';
import {
  analyst,
  anAssessment,
  asking,
  judgingPack,
  onEvent,
  opinionLead,
} from '../../support/judging.ts';
import { anOrder } from '../../support/orders.ts';
import { aPost, minutesAfter, NOON } from '../../support/posts.ts';
import { headings, sectionText } from '../../support/read-model.ts';
import {
  aDossier,
  aFile,
  aTonedPost,
  CLOSING,
  imprint,
  someRecords,
} from '../../support/reports.ts';

const special = { ...imprint, name: '舆情专报', number: '〔2026〕第2期', mostCharacters: 3_000 };
const records = someRecords({ period: { from: NOON, to: CLOSING } });
const build = (request: Partial<SpecialRequest> = {}) =>
  buildSpecial(
    records,
    {
      file: aFile('event-1', '江北区多小区停水超过24小时', { grade: 'L2' }),
      dossier: aDossier(),
      number: 1,
      ...request,
    },
    special,
    reportPack.special,
  );
const stored = (changes: Partial<StoredPost>): StoredPost =>
  ({ ...aPost(changes), terms: [], ...changes }) as StoredPost;

test('it has the eight sections of the papers, and is no longer than they ask for', () => {
  const model = build();
  expect(ReportModelSchema.parse(model)).toEqual(model);
  expect(headings(model).map((text) => text.replace(/^.*、/, ''))).toEqual([
    '摘要与核心研判',
    '事件概述',
    '传播态势',
    '舆论观点',
    '焦点问题',
    '风险研判',
    '处置与回应情况',
    '应对建议',
  ]);
  expect(model.title).toBe('江北区多小区停水超过24小时');
  expect(model.header.number).toBe('〔2026〕第2期');
  expect(lengthOf(model)).toBeLessThanOrEqual(3_000);
  const [first] = model.blocks.filter(({ kind }) => kind === 'paragraph');
  expect(JSON.stringify(first)).toContain('江北区多小区停水超过24小时。');
});

test('what nobody judged is unknown; the machine advises and foretells nothing', () => {
  const model = build();
  expect(sectionText(model, '风险研判')).toContain('走向和次生风险：未知，没有登记研判');
  expect(sectionText(model, '应对建议')).toContain('机器不代拟建议');
  expect(sectionText(model, '舆论观点')).toContain('不能从信息中认出专业人士');
  expect(sectionText(model, '处置与回应情况')).toContain('没有审定的口径');
});

test('media and the public are quoted word for word, with how many say much the same; nobody of the public is named', () => {
  const media = aTonedPost('neutral', { postId: 'm1', title: '江北停水', outlet: '临江日报' });
  const person = aTonedPost('negative', {
    postId: 'u1',
    title: '停水两天了没人管',
    outlet: '临江论坛',
    outletKind: 'individual',
  });
  const file = aFile('event-1', '停水', { grade: 'L2', posts: [media, person] });
  const texts = new Map([
    [
      'm1',
      stored({
        id: 'm1',
        title: '江北停水',
        text: '供水公司称主管道爆裂正在抢修。责任编辑：某某某某某某。',
      }),
    ],
    [
      'u1',
      stored({ id: 'u1', title: '停水两天了没人管', text: '家里老人孩子没有水用已经两天了。' }),
    ],
  ]);
  const model = build({ file, dossier: aDossier({ texts }) });
  const said = sectionText(model, '舆论观点');
  expect(said).toContain('媒体：“供水公司称主管道爆裂正在抢修。”（临江日报）');
  expect(said).toContain('网民：“家里老人孩子没有水用已经两天了。”（网民发帖）');
  expect(said).toContain('批评意见：“停水两天了没人管”');
  expect(said).not.toContain('责任编辑');
  expect(JSON.stringify(model)).not.toContain('临江论坛 ');
});

test('what people judged, asked and ordered stands with its record', () => {
  const written = writtenAssessment(
    undefined,
    { ...onEvent, actor: analyst, draft: anAssessment(), posts: asking },
    judgingPack,
  );
  const assessment = confirmedAssessment(written, { ...onEvent, actor: opinionLead }, judgingPack);
  const model = build({
    dossier: aDossier({
      assessment,
      orders: [anOrder()],
      questions: [
        { text: '什么时候来水？', postIds: ['p1', 'p2'], isOpen: true },
        { text: '谁来赔偿？', postIds: ['p3'], isOpen: false },
      ],
    }),
  });
  expect(sectionText(model, '焦点问题')).toContain(
    '“什么时候来水？”（2条信息问到，已发布的内容没有提到）',
  );
  expect(sectionText(model, '焦点问题')).toContain('是否答清由人判断');
  expect(sectionText(model, '应对建议')).toContain(anAssessment().advice[0]);
  expect(sectionText(model, '应对建议')).toContain(anOrder().leadUnit);
  expect(sectionText(model, '摘要与核心研判')).toContain('问到而已发布内容没有提到的问题1个');
  expect(JSON.stringify(model.blocks)).toContain(`assessment:${assessment.id}`);
});

test('the summary keeps to its length, however long the names are', () => {
  const file = aFile('event-1', `关于${'很长'.repeat(60)}的事件`, { grade: 'L1' });
  const summary = sectionText(build({ file }), '摘要与核心研判');
  expect(Array.from(summary).length).toBeLessThanOrEqual(200);
});

test('the figures count every post once, and never need more columns than find room', () => {
  for (const days of [0, 1, 9, 400]) {
    const posts = Array.from({ length: 40 }, (_, number) =>
      aTonedPost('neutral', {
        postId: `p${number}`,
        sourceId: `source-${number % 11}`,
        publishedAt: minutesAfter(-((number * days * 24 * 60) / 39)),
        fetchedAt: NOON,
      }),
    );
    const file = aFile('event-1', '停水', { grade: 'L2', posts });
    const [overTime, bySource] = figuresOf(build({ file }));
    const sum = (points?: readonly { value: number }[]): number =>
      points?.reduce((all, { value }) => all + value, 0) ?? 0;
    expect(sum(overTime?.points)).toBe(40);
    expect(overTime?.points.length).toBeLessThanOrEqual(25);
    expect(sum(bySource?.points)).toBe(40);
    expect(bySource?.points).toHaveLength(9);
  }
});

test('an event without a post that was held by then has no figures', () => {
  expect(figuresOf(build({ file: aFile('event-1', '停水', { grade: 'L2', posts: [] }) }))).toEqual(
    [],
  );
});

const confirmedAt = (to: 'L2' | 'L3') => ({
  gradeHistory: [
    {
      at: NOON,
      actor: { personId: 'p', name: '贺兰舟' },
      kind: 'confirmed',
      to,
      reason: '已核实',
    } as const,
  ],
});
const hours = (number: number): Date => new Date(NOON.getTime() + number * HOUR_MS);

test.for([
  { grade: 'L2', after: 1, owes: false },
  { grade: 'L2', after: 3, owes: true },
  { grade: 'L2', after: 30, owes: false },
  { grade: 'L3', after: 3, owes: false },
] as const)('$grade confirmed $after h ago: one is owed: $owes', ({ grade, after, owes }) => {
  expect(owesSpecial(confirmedAt(grade), reportPack.special, hours(after))).toBe(owes);
});

test('the first is due twelve hours after the grade, a later one twelve hours after it was asked for', () => {
  const event = confirmedAt('L2');
  expect(gravelyGradedAt(event, reportPack.special)).toEqual(NOON);
  const due = (isFirst: boolean, at: Date) =>
    specialDueAt(event, reportPack.special, { at, isFirst });
  expect(due(true, hours(3))).toEqual(hours(12));
  expect(due(false, hours(3))).toEqual(hours(15));
  expect(due(true, hours(200))).toEqual(hours(212));
});
