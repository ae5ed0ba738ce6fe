import type { Logger } from 'pino';
import { messageOf } from '#core';
import type { Channel } from '#alert/channels';
import type { Poster } from '../../alert/adapters/channels/http-post.ts';
import { sayAlarm, sayTrouble, type AlarmWords } from './alarm-text.ts';
import { decideAlarms } from './decide-alarms.ts';
import { judgeWatch, type Trouble } from './judge-watch.ts';
import { readSite } from './read-site.ts';
import { readStore } from './read-store.ts';
import { afterTry, lineUp, sendAll, type Sent, type WayOut } from './send-alarms.ts';
import { remember, type WatchReading } from './watch-reading.ts';
import type { Unsent, WatchState, WatchStateFile } from './watch-state.ts';
import type { WatchdogSettings } from './watchdog-settings.ts';

export interface RoundParts {
  readonly settings: WatchdogSettings;
  readonly words: AlarmWords;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly ways: readonly WayOut[];
  readonly poster: Poster;
  readonly file: Pick<WatchStateFile, 'save'>;
  readonly now: () => Date;
  readonly log: Logger;
  /** Sentences for the person at the terminal. */
  readonly say: (text: string) => void;
}

export interface RoundResult {
  readonly state: WatchState;
  readonly troubles: readonly Trouble[];
  /** Whether something is still to be told that nobody has heard on any way. */
  readonly isUntold: boolean;
}

/** One look at the product: judged, written down, told, written down again. */
export async function watchRound(before: WatchState, parts: RoundParts): Promise<RoundResult> {
  const { settings, words, channels, ways, now, log, say } = parts;
  const reading = await takeReading(parts);
  const at = now();
  const memory = remember(before.memory, reading, at);
  const troubles = judgeWatch(reading, memory, settings.limits, at);
  const { pack } = words;
  const { message, state: alarms } = decideAlarms(troubles, before.alarms, at, {
    ...settings,
    explains: (kind) => pack.troubles[kind].explains,
  });
  const unsent = message
    ? lineUp(before.unsent, { kind: message.kind, at, text: sayAlarm(message, words) }, ways)
    : before.unsent;
  let state: WatchState = { memory, alarms, unsent };
  // Written first: killed from here on, it tells again rather than not at all.
  save(state, parts);
  if (message) say(troubles.map((one) => sayTrouble(one, pack, at)).join('；') || '回应已恢复');

  await sendAll(unsent, channels, now, (sent) => {
    state = { ...state, unsent: withoutSent(state.unsent, sent, now()) };
    save(state, parts);
    report(sent, parts);
  });
  log.debug(
    { troubles: troubles.map(({ id }) => id), unsent: state.unsent.length, reading },
    'looked',
  );
  return { state, troubles, isUntold: hasUntold(state.unsent, ways) };
}

async function takeReading({ settings, poster }: RoundParts): Promise<WatchReading> {
  const { folder, url } = settings.product;
  const site = url === null ? undefined : await readSite(url, poster);
  return { site, store: folder === null ? undefined : readStore(folder) };
}

const withoutSent = (unsent: readonly Unsent[], sent: Sent, now: Date): Unsent[] =>
  unsent.flatMap((one) => (one.id === sent.unsent.id ? (afterTry(sent, now) ?? []) : one));

function report({ unsent, result }: Sent, { log, say }: RoundParts): void {
  const { kind, channel, receiver } = unsent;
  log.info({ kind, channel, result: result.result, detail: result.detail }, 'sent');
  // Who reads the journal must see that nobody could be told.
  if (result.result !== 'ok') say(`没有送到 ${receiver.name}（${channel}）：${result.detail}`);
}

/** A full disk must not silence it: it goes on with what it holds in memory. */
function save(state: WatchState, { file, log, say }: RoundParts): void {
  try {
    file.save(state);
  } catch (error) {
    log.error({ err: error }, 'state not written');
    say(`看门狗的状态没有写下来：${messageOf(error)}`);
  }
}

function hasUntold(unsent: readonly Unsent[], ways: readonly WayOut[]): boolean {
  const counts = new Map<number, number>();
  for (const { at } of unsent) counts.set(at.getTime(), (counts.get(at.getTime()) ?? 0) + 1);
  return [...counts.values()].some((count) => count >= ways.length);
}
