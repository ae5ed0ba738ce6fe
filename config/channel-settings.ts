import { z } from 'zod';
import { unknownPlaceholders } from '#alert/channels';

/** A secret is never written into the file: `env:NAME` or `file:/path`, read at the start. */
const Secret = z
  .string()
  .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/, '密码和密钥须写成 env:变量名 或 file:文件路径')
  .describe('密码或密钥的出处：env:变量名 或 file:文件路径');

const HttpUrl = z.url({ protocol: /^https?$/ });

const Email = z.strictObject({
  host: z.string().min(1).describe('SMTP 服务器'),
  port: z.int().min(1).max(65_535).default(465).describe('端口'),
  security: z
    .enum(['tls', 'startTls', 'none'])
    .default('tls')
    .describe('加密方式：tls 直接加密；startTls 先明后密；none 不加密（仅限本机）'),
  user: z.string().optional().describe('登录名'),
  password: Secret.optional(),
  from: z.string().min(3).describe('发件人，如 "回应 <huiying@example.gov.cn>"'),
});

const Keyword = z.string().min(1).max(20).describe('机器人安全设置里的关键词；没有设就不写');

const WeCom = z.strictObject({
  key: Secret.describe('机器人地址里 key= 后面的部分的出处'),
});
const DingTalk = z.strictObject({
  accessToken: Secret.describe('机器人地址里 access_token= 后面的部分的出处'),
  signSecret: Secret.optional().describe('加签密钥（SEC 开头）的出处'),
  keyword: Keyword.optional(),
});
const Feishu = z.strictObject({
  token: Secret.describe('机器人地址最后一段的出处'),
  signSecret: Secret.optional().describe('签名校验密钥的出处'),
  keyword: Keyword.optional(),
});

const Template = z.string().refine((text) => unknownPlaceholders(text).length === 0, {
  error: ({ input }) =>
    `模板里没有 {${unknownPlaceholders(String(input)).join('}、{')}} 这个名字，可以写 {phone} {text} {name} {code} {link} {secret} {id} {seconds}`,
});

/** What every gateway by template has. */
const gatewayShape = {
  url: Template.refine((url) => /^https?:\/\/[^{}/?#]+(?:[/?#]|$)/.test(url), {
    error: '须以 http(s):// 和固定的主机名开头',
  }).describe('网关地址，可含占位符，如 https://sms.example.gov.cn/send'),
  method: z.enum(['POST', 'GET']).default('POST').describe('请求方法'),
  headers: z.record(z.string(), Template).default({}).describe('请求头，值可含占位符'),
  body: Template.optional().describe('请求正文的模板'),
  bodyFormat: z
    .enum(['json', 'form', 'xml', 'text'])
    .default('json')
    .describe('正文格式；占位符按它转义'),
  secret: Secret.optional().describe('网关密钥的出处，模板里写 {secret}'),
  answer: z
    .strictObject({
      field: z
        .string()
        .min(1)
        .optional()
        .describe('应答 JSON 里结果码的路径，如 data.code；不写则在应答全文里找下面的词'),
      success: z.array(z.string().min(1)).min(1).describe('表示已收下的结果码或词'),
      rate: z.array(z.string().min(1)).optional().describe('表示限流的'),
      config: z.array(z.string().min(1)).optional().describe('表示设置有误的（账号、签名、模板）'),
      content: z.array(z.string().min(1)).optional().describe('表示号码或内容不收的'),
    })
    .describe('怎样算成功；HTTP 200 本身不算'),
};

const Replies = z
  .strictObject({
    secret: Secret.describe('网关回推时用的密钥的出处'),
    phoneField: z.string().min(1).default('phone').describe('回推内容里手机号的路径'),
    textField: z.string().min(1).default('text').describe('回推内容里短信正文的路径'),
  })
  .describe('短信回复：网关把回复推到 /api/v1/sms-replies/sms');

const Receipts = z
  .strictObject({
    secret: Secret.describe('网关回推时用的密钥的出处'),
    idField: z.string().min(1).default('id').describe('回推内容里我方编号（模板的 {id}）的路径'),
    stateField: z.string().min(1).default('status').describe('回推内容里状态的路径'),
    delivered: z.array(z.string().min(1)).min(1).describe('表示已送达的状态'),
    failed: z.array(z.string().min(1)).default([]).describe('表示没有送达的状态；其余的状态不作数'),
  })
  .describe('送达回执：网关把状态推到 /api/v1/sms-receipts/sms');

const Sms = z.strictObject({
  ...gatewayShape,
  replies: Replies.optional(),
  receipts: Receipts.optional(),
});
const Voice = z.strictObject(gatewayShape);

const GovIm = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('wecom').describe('与企业微信群机器人相同的接口'),
    origin: HttpUrl.describe('服务地址，如 https://im.example.gov.cn'),
    key: Secret.describe('机器人 key 的出处'),
  }),
  z.strictObject({ format: z.literal('template').describe('按模板'), ...gatewayShape }),
]);

const Webhook = z.strictObject({
  url: HttpUrl.describe('收通知的程序的地址'),
  secret: Secret.describe('签名密钥的出处'),
});

/** Ways of reaching people. */
export const ChannelsSchema = z.strictObject({
  email: Email.optional().describe('邮件'),
  wecom: WeCom.optional().describe('企业微信群机器人'),
  dingtalk: DingTalk.optional().describe('钉钉群机器人'),
  feishu: Feishu.optional().describe('飞书群机器人'),
  govIm: GovIm.optional().describe('政务即时通讯'),
  sms: Sms.optional().describe('短信网关'),
  voice: Voice.optional().describe('语音电话网关'),
  webhook: Webhook.optional().describe('网络回调（签名）'),
});
export type ChannelsSettings = Readonly<z.infer<typeof ChannelsSchema>>;
