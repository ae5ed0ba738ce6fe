import { z } from 'zod';
import { plainText } from './plain-text.ts';

export const REPORT_KINDS = ['morning', 'daily', 'flash', 'special', 'weekly', 'monthly'] as const;
export const ReportKindSchema = z.enum(REPORT_KINDS);
export type ReportKind = z.infer<typeof ReportKindSchema>;

export const REPORT_KIND_NAMES: Readonly<Record<ReportKind, string>> = {
  morning: '早报',
  daily: '日报',
  flash: '快报',
  special: '专报',
  weekly: '周报',
  monthly: '月报',
};

/** Told in one page: set smaller than the grid of the standard, as briefings in practice are. */
export const isOnePage = (kind: ReportKind): boolean => kind === 'flash' || kind === 'morning';

/** Reports on one matter bear its name; the others bear their own. */
export const hasTitle = (kind: ReportKind): boolean => kind === 'flash' || kind === 'special';

/** 首报、续报、终报 of a flash report. */
export const ReportStageSchema = z.enum(['first', 'followUp', 'final']);
export type ReportStage = z.infer<typeof ReportStageSchema>;

/** One line of plain text; what no paper can show is refused, not dropped silently. */
const Line = z
  .string()
  .min(1)
  .refine((text) => text === plainText(text), '含有不可见字符，须先经 plainText');

/**
 * Where a sentence or a row comes from: a record (`event:…`, `lead:…`, `post:…`, `countdown:…`, `alert:…`,
 * `release:…`, `conference:…`, `supervision:…`, `assessment:…`, `keyMessage:…`, `order:…`, `source:…`), a count over
 * records (`query:leads.firstSeenAt[…,…)`), or who wrote it (`person:…`).
 */
export const CiteSchema = z
  .string()
  .regex(
    /^(?:event|lead|post|countdown|alert|release|conference|supervision|assessment|keyMessage|order|source|query|person):.+/,
  );
const Cites = z.array(CiteSchema).min(1);

const WordsSchema = z.object({
  text: Line,
  cites: Cites,
  /** Where a quotation can be read. */
  url: z.url().optional(),
});
const WriterSchema = z.object({ personId: z.string(), name: Line, at: z.coerce.date() });

export const SentenceSchema = WordsSchema.extend({
  /** Whose words they are; the machine's where nobody is named. */
  byPerson: WriterSchema.extend({
    /** What the machine had written; absent where it had written nothing. */
    original: WordsSchema.optional(),
    /** There where its numbers are not those of the machine's sentence: the new ones, confirmed by this person. */
    confirmedNumbers: z.array(z.string()).optional(),
  }).optional(),
});
export type Sentence = Readonly<z.infer<typeof SentenceSchema>>;

/** A sentence that a person left out, and why. */
export const LeftOutSchema = WriterSchema.extend({
  /** Number of the block in which it stood. */
  block: z.int().min(0),
  sentence: SentenceSchema,
  reason: Line,
});
export type LeftOut = Readonly<z.infer<typeof LeftOutSchema>>;

export const BlockSchema = z.discriminatedUnion('kind', [
  /** 1: 一、  2: （一） */
  z.object({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2)]),
    text: Line,
  }),
  z.object({
    kind: z.literal('paragraph'),
    /** The words it begins with: 概况, 传播, … */
    lead: Line.optional(),
    sentences: z.array(SentenceSchema).min(1),
  }),
  z.object({
    kind: z.literal('table'),
    name: Line,
    columns: z
      .array(z.object({ title: Line, /** Share of the width. */ share: z.number().positive() }))
      .min(1),
    rows: z.array(z.object({ cells: z.array(Line), cites: Cites, url: z.url().optional() })).min(1),
  }),
  z.object({
    kind: z.literal('figure'),
    /** 图1 每小时新增信息 */
    name: Line,
    /** Columns stand over time, bars lie beside what they count. */
    form: z.enum(['columns', 'bars']),
    /** 条 */
    unit: Line,
    points: z.array(z.object({ label: Line, value: z.number().nonnegative() })).min(1),
    /** What is to be seen in it; stands beneath, and in its place for those who do not see it. */
    said: SentenceSchema,
  }),
]);
export type Block = Readonly<z.infer<typeof BlockSchema>>;
/** 图: numbers that each output draws, or prints as a table where it cannot. */
export type Figure = Extract<Block, { kind: 'figure' }>;
/** Figures as SVG, by their names. */
export type DrawnFigures = ReadonlyMap<string, string>;
export type Table = Extract<Block, { kind: 'table' }>;

/** 报告模型: what every output is made from, so that all say the same. */
export const ReportModelSchema = z
  .object({
    version: z.literal(1),
    kind: ReportKindSchema,
    stage: ReportStageSchema.optional(),
    /** 报头 */
    header: z.object({
      /** 舆情日报 */
      name: Line,
      /** 〔2026〕第12期, 〔2026〕第3期 续报（一） */
      number: Line,
      office: Line,
      /** 2026年11月27日 */
      date: Line,
      /** 内部资料 注意保存 */
      marking: Line,
      isDrill: z.boolean(),
      /** 本期更正…, 本期已由…更正: beneath who answers for it. */
      notices: z.array(Line).optional(),
    }),
    title: Line,
    /** What is told of, in words. */
    period: Line,
    blocks: z.array(BlockSchema).min(1),
    /** Lists with links; not counted in the length. */
    annex: z.array(BlockSchema),
    /** Sentences that persons left out; printed nowhere, kept with the text. */
    leftOut: z.array(LeftOutSchema).optional(),
    /** 数据说明 */
    dataNote: z.array(SentenceSchema).min(1),
    /** Who answers for it, as it stands; 机器拟稿 until a person has reviewed it. */
    standing: z.array(Line).min(1),
    /** 报：… */
    distribution: Line,
    madeAt: z.coerce.date(),
  })
  .superRefine(({ blocks, annex }, context) => {
    for (const block of [...blocks, ...annex]) {
      if (block.kind !== 'table') continue;
      if (block.rows.every(({ cells }) => cells.length === block.columns.length)) continue;
      context.addIssue({ code: 'custom', message: `表“${block.name}”有的行与列数不符` });
    }
  });
export type ReportModel = Readonly<z.infer<typeof ReportModelSchema>>;

/** A sentence over records, in one line of plain text. */
export const says = (text: string, cites: readonly string[], url?: string): Sentence => ({
  text: plainText(text),
  cites: [...cites],
  ...(url && URL.canParse(url) && { url }),
});

/** A person's words as a sentence of a report: one line, with its full stop. */
export function ended(text: string): string {
  const line = plainText(text);
  return /[。！？]$/u.test(line) ? line : `${line}。`;
}

export const heading = (level: 1 | 2, text: string): Block => ({
  kind: 'heading',
  level,
  text: plainText(text),
});

export const paragraph = (sentences: readonly Sentence[], lead?: string): Block => ({
  kind: 'paragraph',
  ...(lead && { lead }),
  sentences: [...sentences],
});

/** The paragraph as one text, lead included: what every output prints. */
export const paragraphText = (block: Extract<Block, { kind: 'paragraph' }>): string =>
  `${block.lead ? `${block.lead}：` : ''}${block.sentences.map(({ text }) => text).join('')}`;

export const figuresOf = ({ blocks }: Pick<ReportModel, 'blocks'>): Figure[] =>
  blocks.filter((block) => block.kind === 'figure');

/** The numbers of a figure as a table: for those who do not see it, and where it cannot be drawn. */
export const tableOfFigure = ({ name, unit, points, said: { cites } }: Figure): Table => ({
  kind: 'table',
  name,
  columns: [
    { title: '项目', share: 3 },
    { title: `数量（${unit}）`, share: 1 },
  ],
  rows: points.map(({ label, value }) => ({ cells: [label, String(value)], cites })),
});

/** Every record and count that a report rests on, each once. */
export function citesOf({ blocks, annex, dataNote }: ReportModel): string[] {
  const cited = [...blocks, ...annex].flatMap((block) => {
    if (block.kind === 'heading') return [];
    if (block.kind === 'figure') return block.said.cites;
    const holders = block.kind === 'table' ? block.rows : block.sentences;
    return holders.flatMap(({ cites }) => cites);
  });
  return [...new Set([...cited, ...dataNote.flatMap(({ cites }) => cites)])];
}

/** 字数 as offices count it: characters of the text, spaces, annex, head and data note left out. */
export function lengthOf({ blocks }: Pick<ReportModel, 'blocks'>): number {
  const texts = blocks.flatMap((block) => {
    if (block.kind === 'heading') return [block.text];
    if (block.kind === 'paragraph') return [paragraphText(block)];
    if (block.kind === 'figure') return [block.name, block.said.text];
    return [
      block.name,
      ...block.columns.map(({ title }) => title),
      ...block.rows.flatMap(({ cells }) => cells),
    ];
  });
  return Array.from(texts.join('').replaceAll(/\s/gu, '')).length;
}
