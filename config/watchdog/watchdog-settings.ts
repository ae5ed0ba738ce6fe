import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ChannelsSchema } from '../channel-settings.ts';
import { readYaml, SettingsWrong } from '../read-yaml.ts';

const Ms = z.int().min(100);

const Limits = z.strictObject({
  heartbeatMs: Ms.default(60_000).describe('心跳多久没有更新算停住（毫秒）'),
  slowHeartbeatsMs: z
    .record(z.string(), Ms)
    .default({ dutyAudit: 180_000, minute: 180_000 })
    .describe('本来就跳得慢的心跳，按名字另定（毫秒）'),
  countdownOverdueMs: Ms.default(30_000).describe('时限提醒晚多久算没有响（毫秒）'),
  graveNoticeMs: Ms.default(60_000).describe('最急的通知等多久算没有发出（毫秒）'),
  notReadyMs: Ms.default(45_000).describe(
    '网页不回答、没有就绪或数据读不到，持续多久算故障（毫秒）',
  ),
  answerWithinMs: Ms.default(3_000).describe('等网页回答的时限（毫秒）'),
  startMs: Ms.default(60_000).describe('刚启动的宽限：这段时间里积压和没有就绪不算故障（毫秒）'),
  mostStarts: z.int().min(2).default(3).describe('下面这段时间里启动几次算反复重启'),
  startsWithinMs: Ms.default(600_000).describe('数启动次数的时间段（毫秒）'),
  leastFreeBytes: z.int().min(0).default(1_000_000_000).describe('磁盘至少剩多少字节'),
  mostWalBytes: z.int().min(0).default(500_000_000).describe('数据日志最大多少字节'),
});
export type WatchLimits = Readonly<z.infer<typeof Limits>>;

const Receiver = z
  .strictObject({
    name: z.string().min(1).describe('姓名'),
    email: z.email().optional().describe('邮箱'),
    phone: z
      .string()
      .regex(/^\+?\d{5,15}$/)
      .optional()
      .describe('手机号'),
  })
  .refine(({ email, phone }) => email ?? phone, { error: '邮箱和手机号至少写一个' });

/** All that the watchdog is told; its own file, config/watchdog.yaml shows every default. */
export const WatchdogSchema = z.strictObject({
  office: z
    .strictObject({
      name: z.string().min(1).default('本单位').describe('单位名称，写在标题里'),
      contact: z.string().default('').describe('管理员姓名和电话，写在信里'),
    })
    .prefault({})
    .describe('本单位'),
  product: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .nullable()
        .default('./data')
        .describe('回应的数据目录，只读；在别的机器上看、读不到目录时写 null，只看网页'),
      url: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default('http://127.0.0.1:8420')
        .describe('回应的网页地址；不看网页写 null'),
    })
    .prefault({})
    .describe('看什么'),
  state: z
    .strictObject({
      folder: z.string().min(1).default('./data-watchdog').describe('看门狗自己的目录'),
    })
    .prefault({})
    .describe('看门狗记得的事'),
  everyMs: Ms.default(20_000).describe('多久看一次（毫秒）'),
  limits: Limits.prefault({}).describe('界限'),
  remindEveryMs: Ms.default(1_800_000).describe('没有恢复时多久再提醒一次（毫秒）'),
  calmMs: z.int().min(0).default(60_000).describe('好了多久才说恢复（毫秒）'),
  channels: ChannelsSchema.pick({ email: true, sms: true })
    .prefault({})
    .describe('看门狗自己的通道，最好与回应用的不是同一个服务器；写法与回应的相同'),
  receivers: z.array(Receiver).default([]).describe('告诉谁'),
});
export type WatchdogSettings = Readonly<z.infer<typeof WatchdogSchema>>;

/** Shows every default, and tells nobody. */
export const SHIPPED_WATCHDOG = fileURLToPath(new URL('../watchdog.yaml', import.meta.url));

/** The file to use: given, from the environment, ./watchdog.yaml, or the shipped one. */
export function watchdogPath(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const named = given ?? environment['HUIYING_WATCHDOG_SETTINGS'];
  if (named) return named;
  return existsSync('watchdog.yaml') ? 'watchdog.yaml' : SHIPPED_WATCHDOG;
}

/** @throws {SettingsWrong} also where it would watch nothing, tell nobody or write where it only reads */
export function readWatchdogSettings(path: string): WatchdogSettings {
  const settings = readYaml(path, WatchdogSchema);
  const { product, state, channels, receivers } = settings;
  const faults: string[] = [];
  if (product.folder === null && product.url === null) {
    faults.push('product：folder 和 url 都是 null，没有可看的');
  }
  if (product.folder !== null && isWithin(product.folder, state.folder)) {
    faults.push('state.folder：不能放在回应的数据目录里，看门狗在那里只读不写');
  }
  if (!channels.email && !channels.sms) {
    faults.push('channels：至少配置 email 或 sms 一种，否则没有办法告诉人');
  }
  if (channels.email && !receivers.some(({ email }) => email)) {
    faults.push('receivers：配置了邮件，但没有一个接收人有邮箱');
  }
  if (channels.sms && !receivers.some(({ phone }) => phone)) {
    faults.push('receivers：配置了短信，但没有一个接收人有手机号');
  }
  if (faults.length > 0) throw new SettingsWrong(faults.map((fault) => `${path} ${fault}`));
  return settings;
}

const isWithin = (folder: string, inner: string): boolean =>
  !/^\.\.(?:[\\/]|$)/.test(relative(resolve(folder), resolve(inner)));
