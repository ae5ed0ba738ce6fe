import { z } from 'zod';
import type { IntervalBounds } from './next-interval.ts';
import { MediaTierSchema } from './post.ts';

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
    articleTitleSelector: Selector.optional().describe('文章页标题的选择器'),
    articleSelector: Selector.optional().describe('文章页正文的选择器；默认按文字密度判断'),
    articleDateSelector: Selector.optional().describe('文章页时间的选择器'),
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

export const ReaderSchema = z.discriminatedUnion('kind', [
  FeedReader,
  ListPageReader,
  JsonListReader,
]);
export type ReaderRule = Readonly<z.infer<typeof ReaderSchema>>;

/** 信息源: a public place from which items are taken, with its lawful input path. */
export const SourceSchema = z.strictObject({
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
  url: z.url({ protocol: /^https?$/ }).describe('地址'),
  reader: ReaderSchema.describe('怎样读'),
  pollEveryMs: z
    .int()
    .min(1_000)
    .default(300_000)
    .describe('起初多久看一次（毫秒）；以后按它自己的更新节奏在上下限之间调整'),
  pollLeastMs: z.int().min(1_000).optional().describe('间隔下限（毫秒）；默认为起初间隔的五分之一'),
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
  maxAgeMs: z
    .int()
    .min(60_000)
    .default(7 * 86_400_000)
    .describe('比这更早的算旧闻（毫秒）'),
  lawfulNote: z.string().default('').describe('凭什么可以读：公开页面、官方 RSS、协议等'),
  seenAt: z.string().default('').describe('这个地址在哪里见到'),
});
export type Source = Readonly<z.infer<typeof SourceSchema>>;

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
