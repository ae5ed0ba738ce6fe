import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { beijingDay, createCalendar, messageOf } from '#core';
import { openDatabase, SqlitePersonStore } from '#core/sqlite';
import {
  CHANNEL_NAMES,
  createDutyReader,
  createRoster,
  describeReach,
  describeRosterGaps,
  type ChannelKind,
} from '#alert';
import { chooseFaces } from '#briefings';
import { SqliteRosterStore } from '../alert/adapters/sqlite-roster-store.ts';
import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { SqliteDutyStore } from '../dashboards/server/adapters/sqlite-duty-store.ts';
import { loadFonts } from '../dashboards/briefings/adapters/fonts.ts';
import { checkSigning } from './check-signing.ts';
import { channelKinds, secretsOf } from './channels.ts';
import { EXIT } from './exit-codes.ts';
import { readPacks, readSources } from './packs.ts';
import { WEB_FOLDER } from './paths.ts';
import { NO_CLUSTER_YET, readSettingsAsWritten } from './read-settings.ts';
import { readSecret } from './secrets.ts';
import type { Settings } from './settings.ts';
import {
  readWatchdogSettings,
  SHIPPED_WATCHDOG,
  watchdogPath,
} from './watchdog/watchdog-settings.ts';

export interface Check {
  readonly name: string;
  /** warn: works, but somebody should look; fail: the product cannot do its duty. */
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** The one thing that mends it. */
  readonly mend?: string;
}

const MARKS = { ok: '✓', warn: '!', fail: '✗' } as const;
const LEAST_FREE_BYTES = 1_000_000_000;

/** 体检: what works, what does not, and what mends it. @returns the exit code */
export async function doctor(
  path: string,
  isJson: boolean,
  print: (text: string) => void,
): Promise<number> {
  const checks = await examine(path);
  if (isJson) print(JSON.stringify(checks, null, 2));
  else {
    for (const { name, state, detail, mend } of checks) {
      print(`${MARKS[state]} ${name}：${detail}${mend ? `  → ${mend}` : ''}`);
    }
  }
  return checks.some(({ state }) => state === 'fail') ? EXIT.failed : EXIT.ok;
}

async function examine(path: string): Promise<Check[]> {
  let settings: Settings;
  try {
    settings = readSettingsAsWritten(path);
  } catch (error) {
    return [{ name: '设置', state: 'fail', detail: messageOf(error), mend: `改正 ${path}` }];
  }
  if (settings.storage.kind === 'cluster') return await examineCluster(settings, path);
  return [
    { name: '设置', state: 'ok', detail: path },
    checkPacks(settings),
    checkFolder(settings),
    await checkSegmenter(),
    checkPages(),
    checkFonts(settings),
    checkSecrets(settings),
    ...checkChannels(settings),
    await checkReach(settings),
    await checkSigning(settings),
    await checkRosterAhead(settings),
    checkWatchdog(process.env),
  ];
}

/** Whether the servers answer can be seen before the product can run on them. */
async function examineCluster({ storage }: Settings, path: string): Promise<Check[]> {
  // Loaded where it is asked for: the clients of both servers take a while.
  const { askServers } = await import('./backends/cluster.ts');
  const answers = await askServers(storage, process.env);
  return [
    { name: '设置', state: 'fail', detail: NO_CLUSTER_YET, mend: `改正 ${path}` },
    ...answers.map(({ name, isServing, detail }): Check =>
      isServing
        ? { name, state: 'ok', detail }
        : { name, state: 'fail', detail, mend: '检查地址、证书、用户名和密码，见 docs/cluster.md' },
    ),
  ];
}

function checkPacks(settings: Settings): Check {
  try {
    const packs = readPacks(settings);
    const { name, version } = packs.grading;
    const count = readSources(settings).length;
    return { name: '规则包', state: 'ok', detail: `${name}@${version} 等；信息源 ${count} 个` };
  } catch (error) {
    return { name: '规则包', state: 'fail', detail: messageOf(error) };
  }
}

function checkFolder({ storage: { folder } }: Settings): Check {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const detail = `${folder}，可用 ${(free / 1e9).toFixed(1)} GB`;
    return free < LEAST_FREE_BYTES
      ? { name: '数据目录', state: 'warn', detail, mend: '清理磁盘' }
      : { name: '数据目录', state: 'ok', detail };
  } catch (error) {
    return {
      name: '数据目录',
      state: 'fail',
      detail: messageOf(error),
      mend: `检查 ${folder} 的权限`,
    };
  }
}

/** Faces that are printed with others; those of the papers may not be shipped. */
function checkFonts({ office: { fonts } }: Settings): Check {
  const name = '报告字体';
  try {
    const { substitutes } = chooseFaces(loadFonts(fonts).families);
    if (substitutes.length === 0) return { name, state: 'ok', detail: `${fonts}，五种都有` };
    const detail = substitutes.join('；');
    return fonts === undefined
      ? { name, state: 'ok', detail: `用自带的字体：${detail}` }
      : { name, state: 'warn', detail, mend: `把缺的字体文件放进 ${fonts}` };
  } catch (error) {
    return { name, state: 'fail', detail: messageOf(error), mend: '改正设置 office.fonts' };
  }
}

async function checkSegmenter(): Promise<Check> {
  const { name } = await openSegmenter();
  return name === 'nodejieba'
    ? { name: '分词', state: 'ok', detail: name }
    : {
        name: '分词',
        state: 'warn',
        detail: `nodejieba 没有装上，使用 ${name}`,
        mend: '安装 g++ 后执行 npm rebuild nodejieba',
      };
}

function checkPages(): Check {
  return existsSync(join(WEB_FOLDER, 'index.html'))
    ? { name: '页面', state: 'ok', detail: '已构建' }
    : { name: '页面', state: 'fail', detail: '还没有构建', mend: 'npm run build' };
}

function checkSecrets({ channels }: Settings): Check {
  const secrets = secretsOf(channels);
  try {
    for (const [, reference] of secrets) readSecret(reference, process.env);
    const detail = secrets.length > 0 ? '都读得到' : '没有用到';
    return { name: '密码和密钥', state: 'ok', detail };
  } catch (error) {
    return { name: '密码和密钥', state: 'fail', detail: messageOf(error) };
  }
}

/** A line for each channel that is set up; one that says so where none is. */
function checkChannels({ channels }: Settings): Check[] {
  const kinds = channelKinds(channels);
  if (kinds.length === 0) {
    const mend = '在设置里配置 channels，每种通道见 docs/operations.md';
    return [{ name: '通道', state: 'warn', detail: '没有配置任何通知通道', mend }];
  }
  return kinds.map((kind) => {
    const name = `通道·${CHANNEL_NAMES[kind]}`;
    const missing = secretsOf({ [kind]: channels[kind] }).filter(([, reference]) => {
      try {
        return readSecret(reference, process.env) === '';
      } catch {
        return true;
      }
    });
    if (missing.length > 0) {
      const detail = `${missing.map(([, reference]) => reference).join('、')} 读不到`;
      return { name, state: 'warn', detail, mend: '设置这个环境变量或文件后重启' };
    }
    return { name, state: 'ok', detail: '已配置；在“通道”页点“发测试”看能否送到' };
  });
}

async function checkReach(settings: Settings): Promise<Check> {
  const file = join(settings.storage.folder, 'records.db');
  const mend = '在“人员与值班”页添加人员、设定值班员，并在设置里配置 channels';
  if (!existsSync(file)) {
    return { name: '能否叫到人', state: 'warn', detail: '还没有启动过，没有人员', mend };
  }
  const database = openDatabase(file);
  try {
    const { people, reader } = openDuty(database, settings);
    const roster = createRoster(people, async (at) => await reader.onDuty(at));
    const channels = new Set<ChannelKind>(channelKinds(settings.channels));
    const { ladders } = readPacks(settings);
    const gaps = await describeReach({
      roster,
      channels,
      ladderPack: ladders,
      now: () => new Date(),
    });
    return gaps.length === 0
      ? { name: '能否叫到人', state: 'ok', detail: '每一级都有人能收到' }
      : { name: '能否叫到人', state: 'warn', detail: gaps.join('；'), mend };
  } finally {
    database.close();
  }
}

async function checkRosterAhead(settings: Settings): Promise<Check> {
  const name = '值班表与历包';
  const file = join(settings.storage.folder, 'records.db');
  try {
    const { duty } = readPacks(settings);
    const calendar = calendarOf(settings);
    const now = (): Date => new Date();
    const missing = calendar.warningOn(beijingDay(now()));
    if (!existsSync(file)) {
      return missing
        ? { name, state: 'warn', detail: missing, mend: '更新 config/packs/calendar' }
        : { name, state: 'ok', detail: '历包够用；还没有值班表' };
    }
    const database = openDatabase(file);
    try {
      const { people, reader } = openDuty(database, settings);
      const channels = new Set<ChannelKind>(settings.channels.email ? ['email'] : []);
      const parts = { reader, people, calendar, pack: duty, channels, now };
      const gaps = await describeRosterGaps(parts);
      if (gaps.length > 0) {
        const mend = '在“值班表”页补齐；缺年份的更新 config/packs/calendar';
        return { name, state: 'warn', detail: gaps.join('；'), mend };
      }
      const hasRoster = (await reader.table()) !== undefined;
      const detail = hasRoster
        ? `今后 ${duty.roster.checkAheadDays} 天每一刻都有人`
        : '历包够用；没有值班表，按“现在值班”叫人';
      return { name, state: 'ok', detail };
    } finally {
      database.close();
    }
  } catch (error) {
    // What is wrong with packs and folder is said by their own checks.
    return { name, state: 'warn', detail: `没有检查：${messageOf(error)}` };
  }
}

/** Whether anybody would hear of it if the product stopped. */
function checkWatchdog(environment: NodeJS.ProcessEnv): Check {
  const name = '看门狗';
  const path = watchdogPath(undefined, environment);
  if (path === SHIPPED_WATCHDOG) {
    const detail = '没有 watchdog.yaml：回应停了，没有人会知道';
    const mend =
      '复制 config/watchdog.yaml 为 watchdog.yaml，写上通道和接收人，见 docs/operations.md';
    return { name, state: 'warn', detail, mend };
  }
  try {
    const { receivers } = readWatchdogSettings(path);
    const names = receivers.map((one) => one.name).join('、');
    return { name, state: 'ok', detail: `${path}，有事告诉 ${names}；是否在运行请看它自己的日志` };
  } catch (error) {
    return { name, state: 'warn', detail: messageOf(error), mend: `改正 ${path}` };
  }
}

const calendarOf = (settings: Settings) =>
  createCalendar(readPacks(settings).calendar, settings.office.calendarDays);

function openDuty(database: DatabaseSync, settings: Settings) {
  const people = new SqlitePersonStore(database);
  const duty = new SqliteDutyStore(database);
  const reader = createDutyReader({
    rosters: new SqliteRosterStore(database),
    people,
    calendar: calendarOf(settings),
    byHand: async () => await duty.current(),
  });
  return { people, reader };
}
