import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { AppError, messageOf, SECOND_MS } from '#core';
import { CHANNEL_NAMES, ChannelPackSchema } from '#alert/channels';
import { createPoster } from '../../alert/adapters/channels/http-post.ts';
import { openChannels } from '../channels.ts';
import { EXIT } from '../exit-codes.ts';
import { packPath } from '../paths.ts';
import { readYaml, SettingsWrong } from '../read-yaml.ts';
import { lockFolder } from '../store-lock.ts';
import { firstSignal, say } from '../terminal.ts';
import { sayTest, type AlarmWords } from './alarm-text.ts';
import { lineUp, sendAll, waysOut, type WayOut } from './send-alarms.ts';
import { readWatchPack } from './watch-pack.ts';
import { watchRound, type RoundParts } from './watch-round.ts';
import { WatchStateFile, type WatchState } from './watch-state.ts';
import { readWatchdogSettings, watchdogPath, type WatchdogSettings } from './watchdog-settings.ts';

export interface WatchdogOptions {
  readonly settings?: string | undefined;
  /** One look, for cron and timers. */
  readonly once: boolean;
  /** A test message by every way and no look. */
  readonly test: boolean;
}

/**
 * 看门狗: looks at the product from outside and tells people by its own ways.
 *
 * @returns the exit code; see exit-codes.ts
 */
export async function watchdog(options: WatchdogOptions): Promise<number> {
  const path = watchdogPath(options.settings, process.env);
  try {
    const settings = readWatchdogSettings(path);
    const opened = open(settings);
    try {
      if (options.test) return await sendTests(opened);
      introduce(path, settings, opened.ways);
      return options.once ? await lookOnce(opened) : await lookOn(opened);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(messageOf(error));
    return error instanceof SettingsWrong ? EXIT.settings : EXIT.failed;
  }
}

interface Opened extends RoundParts {
  readonly file: WatchStateFile;
  close(): Promise<void>;
}

/** @throws {SettingsWrong} when a secret is not there @throws {StoreInUse} when another one runs on its state */
function open(settings: WatchdogSettings): Opened {
  const now = (): Date => new Date();
  const log = pino({ level: process.env['HUIYING_LOG_LEVEL'] ?? 'info' });
  const pack = readYaml(packPath('channels'), ChannelPackSchema);
  const channels = openChannels(settings, process.env, { pack, realNow: now });
  const words: AlarmWords = { ...settings, pack: readWatchPack(), machine: hostname() };
  const poster = createPoster(settings.limits.answerWithinMs);
  const { folder } = settings.state;
  // Two on one state would tell everything twice.
  const lock = lockFolder(folder);
  return {
    settings,
    now,
    log,
    say,
    channels,
    words,
    poster,
    ways: waysOut(settings),
    file: new WatchStateFile(folder),
    async close() {
      await Promise.all([...channels.values()].map(async (channel) => await channel.close()));
      await poster.close();
      lock.close();
    },
  };
}

/** On start it says what it watches and whom it would tell. */
function introduce(path: string, settings: WatchdogSettings, ways: readonly WayOut[]): void {
  const { product, everyMs, office } = settings;
  const watched = [product.folder, product.url].filter((one) => one !== null).join('、');
  say(
    `看门狗已启动：看${office.name}的 ${watched}，每 ${everyMs / SECOND_MS} 秒一次；设置：${path}`,
  );
  say(`有事告诉：${ways.map(inWords).join('、')}`);
}

const inWords = ({ channel, receiver: { name, address } }: WayOut): string =>
  `${name}（${CHANNEL_NAMES[channel]} ${address}）`;

/** What is still to be sent to people who are no receivers any more is dropped. */
function loadState({ file, ways, log }: Opened): WatchState {
  const { state, lostWhy } = file.load();
  if (lostWhy !== undefined) {
    log.error({ lostWhy }, 'state unreadable');
    say('看门狗记下的状态读不出来，从头开始：还在的故障会再说一遍。');
  }
  const isOurs = (one: WayOut): boolean =>
    ways.some(
      (way) => way.channel === one.channel && way.receiver.address === one.receiver.address,
    );
  return { ...state, unsent: state.unsent.filter(isOurs) };
}

async function lookOnce(opened: Opened): Promise<number> {
  const { troubles, isUntold } = await watchRound(loadState(opened), opened);
  if (isUntold) return EXIT.untold;
  return troubles.length > 0 ? EXIT.troubled : EXIT.ok;
}

/** Looks until a signal ends it. */
async function lookOn(opened: Opened): Promise<number> {
  const { settings, log, now } = opened;
  const stop = new AbortController();
  const signalled = firstSignal().then((signal) => {
    stop.abort();
    return signal;
  });
  let state = loadState(opened);
  let nextMs = now().getTime();
  while (!stop.signal.aborted) {
    // The first look is one interval away: started together with the product it lets it come up. By the
    // interval, not after a pause: a slow look or a slow way must not make the next one late.
    nextMs = Math.max(nextMs + settings.everyMs, now().getTime());
    const waitMs = Math.min(nextMs - now().getTime(), settings.everyMs);
    await pause(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    if (stop.signal.aborted) break;
    try {
      ({ state } = await watchRound(state, opened));
    } catch (error) {
      // A bug of ours in one look must not end the watch.
      log.error({ err: error }, 'look failed');
      say(`这一次没有看成：${messageOf(error)}`);
    }
  }
  say('看门狗已停止。');
  return (await signalled) === 'SIGINT' ? 130 : EXIT.ok;
}

/** A real message by each way to each receiver. */
async function sendTests({ ways, words, channels, now }: Opened): Promise<number> {
  const at = now();
  let arrived = 0;
  await sendAll(
    lineUp([], { kind: 'test', at, text: sayTest(at, words) }, ways),
    channels,
    now,
    ({ unsent, result }) => {
      const isOk = result.result === 'ok';
      if (isOk) arrived += 1;
      say(`${isOk ? '✓' : '✗'} ${inWords(unsent)}：${result.detail}`);
    },
  );
  if (arrived === ways.length) return EXIT.ok;
  return arrived > 0 ? EXIT.partly : EXIT.unreachable;
}
