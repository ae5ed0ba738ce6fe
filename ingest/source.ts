import { z } from 'zod';
import type { IntervalBounds } from './polling/next-interval.ts';
import { MediaTierSchema } from './post.ts';
import { TlsWaiverSchema } from './tls-waiver.ts';

const Selector = z.string().min(1);

const FeedReader = z
  .strictObject({ kind: z.literal('feed') })
  .describe('RSS、Atom、RDF 或 JSON Feed');

const ListPageReader = z
  .strictObject({
    kind: z.literal('listPage'),
    itemSelector: Selector.describe('每一行的选择器'),
    linkSelector: Selector.default('a').describe('行内链接的选择器'),
    titleSelector: Selector.optional().describe('行内标题的选择器；默认取链接文字'),
    dateSelector: Selector.optional().describe('行内日期的选择器'),
    authorSelector: Selector.optional().describe('行内作者的选择器（论坛）；只用于生成假名'),
    interactionSelectors: z.array(Selector).default([]).describe('行内互动数的选择器，相加'),
    articleTitleSelector: Selector.optional().describe(
      '文章页标题的选择器；默认用行内标题，被截断时按文章页判断',
    ),
    articleSelector: Selector.optional().describe('文章页正文的选择器；默认按文字密度判断'),
    articleDateSelector: Selector.optional().describe(
      '文章页时间的选择器；默认按页面元数据和“发布时间”判断',
    ),
    nextPageSelector: Selector.optional().describe('“下一页”链接的选择器；默认按链接文字判断'),
    pageUrl: z
      .string()
      .regex(/^https?:\/\/.*\{n\}/, '须以 http 开头并含 {n}')
      .optional()
      .describe('较早各页的地址，{n} 是页号，如 https://…/index_{n}.html；写了就不看“下一页”链接'),
    secondPageNumber: z
      .int()
      .min(0)
      .default(2)
      .describe('第二页的页号；不少系统的第二页是 index_1'),
    mostPages: z.int().min(1).max(50).default(1).describe('一次最多读几页；1 为不翻页'),
  })
  .describe('HTML 列表页，逐条读文章页；论坛版面也用这一种');

const JsonListReader = z
  .strictObject({
    kind: z.literal('jsonList'),
    itemsPath: z.string().default('').describe('列表所在的路径，如 data.items；空为最外层'),
    fields: z
      .strictObject({
        title: z.string(),
        url: z.string().optional(),
        text: z.string().optional(),
        publishedAt: z.string().optional(),
        rank: z.string().optional(),
      })
      .describe('各字段的路径'),
    interactionFields: z.array(z.string()).default([]).describe('互动数字段，相加'),
    hotListScope: z.enum(['local', 'national']).optional().describe('热榜范围'),
  })
  .describe('JSON 列表（热榜、开放接口）');

const Column = z.string().min(1);

const TableReader = z
  .strictObject({
    kind: z.literal('table'),
    columns: z
      .strictObject({
        text: Column.describe('正文'),
        title: Column.optional().describe('标题；默认取正文开头'),
        key: Column.optional().describe('编号（工单号、留言号）；默认取内容摘要'),
        publishedAt: Column.optional().describe('时间'),
        url: Column.optional().describe('链接'),
        outlet: Column.optional().describe('发布机构；这一列空着的行算个人发布'),
        mediaTier: Column.optional().describe('发布机构的媒体层级，M0–M7'),
        author: Column.optional().describe('个人作者；只用于生成假名'),
        interactions: Column.optional().describe('互动数'),
      })
      .describe('各列的表头（JSONL 为字段名）'),
  })
  .describe('导入的文件：CSV、XLSX、JSONL（热线导出、留言板、供应商文件）');

const PushReader = z
  .strictObject({
    kind: z.literal('push'),
    secret: z
      .string()
      .regex(/^(env|file):.+$/, '写成 env:变量名 或 file:文件路径')
      .describe('签名密钥的出处：env:变量名 或 file:文件路径'),
  })
  .describe('对方推送到本系统（供应商数据、乡镇信息员）');

const ManualReader = z.strictObject({ kind: z.literal('manual') }).describe('人工录入');

/** Readers of what lies at an address and is fetched when it is due. */
export const PolledReaderSchema = z.discriminatedUnion('kind', [
  FeedReader,
  ListPageReader,
  JsonListReader,
]);
export type ReaderRule = Readonly<z.infer<typeof PolledReaderSchema>>;

const ReaderSchema = z.discriminatedUnion('kind', [
  FeedReader,
  ListPageReader,
  JsonListReader,
  TableReader,
  PushReader,
  ManualReader,
]);
export type TableColumns = Readonly<z.infer<typeof TableReader>>['columns'];

/** 信息源: a public place from which items are taken, with its lawful input path. */
export const SourceSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .describe('编号，小写字母、数字和连字符'),
    name: z.string().min(1).describe('名称'),
    kind: z
      .enum([
        'portal',
        'forum',
        'postBar',
        'blog',
        'weibo',
        'wechat',
        'shortVideo',
        'app',
        'newspaper',
        'broadcast',
        'hotline',
        'mailbox',
        'vendor',
        'manual',
      ])
      .describe('种类'),
    inputPath: z
      .enum(['rss', 'publicPage', 'officialApi', 'vendorFeed', 'file', 'manual'])
      .describe('合法的输入途径'),
    mediaTier: MediaTierSchema.describe('媒体层级 M0–M7'),
    outlet: z.string().optional().describe('发布方名称；默认同名称'),
    outletKind: z
      .enum(['institution', 'individual'])
      .default('institution')
      .describe('发布方是机构，还是个人（论坛、自媒体个人）'),
    regionCode: z.string().optional().describe('只代表一个地方的信息源：区划代码'),
    url: z
      .union([z.literal(''), z.url({ protocol: /^https?$/ })])
      .default('')
      .describe('地址；导入、推送和人工录入的不写'),
    reader: ReaderSchema.describe('怎样读'),
    pollEveryMs: z
      .int()
      .min(1_000)
      .default(300_000)
      .describe('起初多久看一次（毫秒）；以后按它自己的更新节奏在上下限之间调整'),
    pollLeastMs: z
      .int()
      .min(1_000)
      .optional()
      .describe('间隔下限（毫秒）；默认为起初间隔的五分之一'),
    pollMostMs: z.int().min(1_000).optional().describe('间隔上限（毫秒）；默认由 priority 决定'),
    priority: z
      .enum(['high', 'normal', 'low'])
      .default('normal')
      .describe('多看还是少看：间隔上限为起初间隔的 1、2、6 倍'),
    discoveryBudgetMs: z
      .int()
      .min(60_000)
      .default(7_200_000)
      .describe('最长发现时间的预算（毫秒）；超出即预警'),
    requestGapMs: z
      .int()
      .min(0)
      .default(5_000)
      .describe('同一注册域名两次请求的最小间隔（毫秒）；默认 5 秒一次'),
    tlsWaiver: TlsWaiverSchema.optional().describe(
      '证书例外：对方证书或加密有缺陷仍要读；只对这个来源自己的主机有效，记入操作记录',
    ),
    maxAgeMs: z
      .int()
      .min(60_000)
      .default(7 * 86_400_000)
      .describe('比这更早的算旧闻（毫秒）'),
    lawfulNote: z.string().default('').describe('凭什么可以读：公开页面、官方 RSS、协议等'),
    seenAt: z.string().default('').describe('这个地址在哪里见到'),
  })
  .superRefine(({ url, reader }, context) => {
    if (url !== '' || !isPolledKind(reader.kind)) return;
    context.addIssue({ code: 'custom', path: ['url'], message: '这种读法须写 url' });
  });
export type Source = Readonly<z.infer<typeof SourceSchema>>;

/** A source that is read at its address when it is due; the others come to us. */
export type PolledSource = Source & { readonly reader: ReaderRule };

export const isPolled = (source: Source): source is PolledSource =>
  isPolledKind(source.reader.kind);

function isPolledKind(kind: Source['reader']['kind']): kind is ReaderRule['kind'] {
  return PolledReaderSchema.options.some(({ shape }) => shape.kind.value === kind);
}

const MOST_BY_PRIORITY = { high: 1, normal: 2, low: 6 } as const;

/** Between which a source's interval moves with its rhythm. */
export function intervalBounds(source: Source): IntervalBounds {
  const { pollEveryMs, pollLeastMs, pollMostMs, priority } = source;
  const leastMs = pollLeastMs ?? Math.max(1_000, Math.round(pollEveryMs / 5));
  return {
    leastMs,
    mostMs: Math.max(leastMs, pollMostMs ?? pollEveryMs * MOST_BY_PRIORITY[priority]),
  };
}

export const outletOf = (source: Source): string => source.outlet ?? source.name;
