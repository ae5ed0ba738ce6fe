import { z } from 'zod';
import { LexiconTermSchema, RegionSchema, WatchSchema } from '#analyze';
import { LocalDaySchema } from '#core';
import { SourceSchema } from '#ingest';
import { ChannelsSchema } from './channel-settings.ts';

const Day = z.iso.date();
const Office = z.strictObject({
  name: z.string().min(1).default('本单位').describe('单位名称，显示在每个页面上'),
  contact: z
    .string()
    .default('')
    .describe('采集时随请求告知对方的联系方式（邮箱或电话），便于对方联系'),
  countdownProfile: z
    .enum(['strict', 'literal'])
    .default('strict')
    .describe(
      '时限方案：strict 舆情或突发事件任一达到重大即起算；literal 仅突发事件达到重大才起算',
    ),
  words: z
    .array(LexiconTermSchema)
    .default([])
    .describe('本单位的专有名称（单位、项目、楼盘等），分词时不拆开；至少两个汉字'),
  regions: z.array(RegionSchema).default([]).describe('辖区的区划代码和名称，用于归并和判断范围'),
  sensitivePeriods: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('名称，如“招生季”'),
        from: Day.describe('开始日'),
        to: Day.describe('结束日，含当日'),
      }),
    )
    .default([])
    .describe('敏感时期'),
  calendarDays: z
    .array(LocalDaySchema)
    .default([])
    .describe('全国节假日安排之外，本地另行放假或上班的日子'),
  fonts: z
    .string()
    .min(1)
    .optional()
    .describe('本单位字体（仿宋、小标宋、楷体、黑体、宋体）所在的目录；不写则用自带的字体代替'),
});

const Server = z.strictObject({
  host: z.string().default('127.0.0.1').describe('监听地址；默认只有本机能访问'),
  port: z.int().min(0).max(65_535).default(8420).describe('监听端口；0 为任选空闲端口'),
  publicUrl: z
    .url()
    .optional()
    .describe('通知里的链接用的地址，如 https://huiying.example.gov.cn；不写则用监听地址'),
  trustsProxy: z.boolean().default(false).describe('前面是否有可信的反向代理'),
  sessionIdleMs: z
    .int()
    .min(60_000)
    .default(900_000)
    .describe('多久不操作后只能看、不能改（毫秒）'),
  sessionMostMs: z.int().min(60_000).default(43_200_000).describe('登录最长有效时间（毫秒）'),
});

const Access = {
  ca: z.string().min(1).optional().describe('签发服务器证书的 CA 证书文件（PEM）；写了就用 TLS'),
  user: z.string().min(1).optional().describe('用户名'),
  password: z
    .string()
    .regex(/^(?:env|file):./)
    .optional()
    .describe('密码，写成 env:变量名 或 file:文件路径'),
};

const Storage = z.strictObject({
  kind: z
    .enum(['embedded', 'cluster'])
    .default('embedded')
    .describe('存在哪里：embedded 本机一个目录；cluster Kafka 与 Elasticsearch（还不能用）'),
  kafka: z
    .strictObject({
      brokers: z
        .array(z.string().min(1))
        .min(1)
        .default(['127.0.0.1:9092'])
        .describe('Kafka 的地址 host:port'),
      ...Access,
    })
    .prefault({})
    .describe('kind 为 cluster 时的 Kafka'),
  elastic: z
    .strictObject({
      nodes: z
        .array(z.url({ protocol: /^https?$/ }))
        .min(1)
        .default(['http://127.0.0.1:9200'])
        .describe('Elasticsearch 的地址'),
      ...Access,
    })
    .prefault({})
    .describe('kind 为 cluster 时的 Elasticsearch'),
  folder: z.string().min(1).default('./data').describe('数据目录'),
  rawItemDays: z.int().min(1).max(180).default(30).describe('原始字节（加密）保留天数'),
  workers: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe('入库线程数：1 为信息另开一个线程入库；0 不另开'),
});

const Fetching = z.strictObject({
  allowHosts: z
    .array(z.string().min(1))
    .default([])
    .describe('允许访问的内网主机 host 或 host:port；其余内网地址一律拒绝'),
  connectWithinMs: z.int().min(500).default(10_000).describe('连接时限（毫秒）'),
  answerWithinMs: z.int().min(500).default(20_000).describe('等到响应头的时限（毫秒）'),
  bodyWithinMs: z.int().min(500).default(30_000).describe('收完正文的时限（毫秒）'),
  mostBytes: z.int().min(10_000).default(5_000_000).describe('一次响应（含解压后）的最大字节数'),
});

/** Everything an operator can set; config/settings.yaml shows the defaults. */
export const SettingsSchema = z.strictObject({
  office: Office.prefault({}).describe('本单位'),
  server: Server.prefault({}).describe('网页服务'),
  storage: Storage.prefault({}).describe('存储'),
  fetching: Fetching.prefault({}).describe('采集的礼仪与护栏'),
  sources: z
    .strictObject({
      packs: z
        .array(z.string().min(1))
        .default(['sources'])
        .describe('信息源包：config/packs 里的名字或文件路径'),
      own: z.array(SourceSchema).default([]).describe('本单位自己的信息源'),
    })
    .prefault({})
    .describe('信息源'),
  watches: z.array(WatchSchema).default([]).describe('监测方案'),
  watchBudgetMs: z
    .int()
    .min(60_000)
    .default(7_200_000)
    .describe('每个监测方案最长发现时间的预算（毫秒）；它听的信息源里最慢的一个超出即预警'),
  selfWatch: z
    .strictObject({
      pingUrl: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('每轮自查没有发现问题之后访问一次的地址；那一端久未收到访问就告警'),
    })
    .prefault({})
    .describe('自我看护'),
  channels: ChannelsSchema.prefault({}).describe('通知通道'),
  rules: z
    .strictObject({
      grading: z.string().default('grading').describe('定级规则包'),
      facts: z.string().default('facts').describe('事实规则包'),
      places: z.string().default('places').describe('地名规则包'),
      grouping: z.string().default('grouping').describe('归并规则包'),
      bursts: z.string().default('bursts').describe('异动与热度规则包'),
      lexicon: z.string().default('lexicon').describe('词典'),
      calendar: z.string().default('calendar/national').describe('节假日历包'),
      countdowns: z.string().default('countdowns').describe('时限规则包'),
      duty: z.string().default('duty').describe('值班规则包'),
      localCountdowns: z
        .string()
        .optional()
        .describe('本单位自己的时限，按代码替换上面的；规定的时限只能更短'),
      ladders: z.string().default('ladders').describe('升级阶梯'),
      channels: z.string().default('channels').describe('通道规则包'),
      review: z.string().default('review').describe('审查规则包'),
      snapshots: z.string().default('snapshots').describe('页面快照规则包'),
      orders: z.string().default('orders').describe('处置单规则包'),
      supervision: z.string().default('supervision').describe('督办规则包'),
      rumors: z.string().default('rumors').describe('不实信息规则包'),
      transfers: z.string().default('transfers').describe('转办登记规则包'),
      reports: z.string().default('reports').describe('报告规则包'),
      measures: z.string().default('measures').describe('指标规则包'),
      judging: z.string().default('judging').describe('研判规则包'),
      selfWatch: z.string().default('self-watch').describe('自我看护规则包'),
      rhythm: z.string().default('rhythm').describe('读取节奏规则包'),
      topics: z.string().default('topics').describe('诉求分类词表'),
      sentiment: z.string().default('sentiment').describe('情感词表'),
      focus: z.string().default('focus').describe('收集重点和应回应情形词表'),
      responsibility: z.string().default('responsibility').describe('责任规则'),
    })
    .prefault({})
    .describe('规则包：config/packs 里的名字或文件路径'),
});
export type Settings = Readonly<z.infer<typeof SettingsSchema>>;
