import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { beijingMinute, messageOf, Refused } from '#core';
import {
  decodeText,
  discoverReaders,
  isPolled,
  previewSource,
  SourceSchema,
  type Discovered,
  type Fetcher,
  type FetchResult,
  type FunnelColumn,
  type PolledSource,
  type Preview,
  type Source,
  waiverInForce,
  waiverInWords,
} from '#ingest';
import { EXIT } from './exit-codes.ts';
import { openFetcher } from './fetching.ts';
import { readSources } from './packs.ts';
import type { Settings } from './settings.ts';

/** Where a file seems to come from when it is read as a page. */
const FILE_BASE = 'http://file.invalid/';
const SHOWN_TITLE = 40;
/** The columns of 去向账, as the sources page names them. */
const COLUMN_WORDS: Readonly<Record<FunnelColumn, string>> = {
  unparsable: '无法解析',
  refused: '拒收',
  old: '旧闻',
  duplicate: '重复',
  outOfScope: '范围外',
  quarantined: '隔离',
  new: '新信息',
};

export interface TryOrder {
  /** An address, a file, or the id of a source in the settings. */
  readonly what: string;
  readonly isJson: boolean;
}

interface Terminal {
  readonly print: (text: string) => void;
  /** Progress, beside the answer. */
  readonly say: (text: string) => void;
}

/** 发现: proposes how an address can be read, as lines for the settings. @returns the exit code */
export async function discoverSource(
  settings: Settings,
  { what, isJson }: TryOrder,
  { print, say }: Terminal,
): Promise<number> {
  return await withFetcher(settings, what, async (fetcher, url) => {
    say(`读取 ${url} ……`);
    const fetched = await fetcher.get({ url, requestGapMs: 0 });
    if (fetched.kind !== 'ok') return tellFailure(fetched, say);
    const found = discoverReaders(textOf(fetched), fetched.finalUrl);
    if (isJson) print(JSON.stringify(found, null, 2));
    else if (found.length === 0) say('没有找到订阅源或列表。');
    else print(found.map(toLines).join('\n'));
    return found.length > 0 ? EXIT.ok : EXIT.failed;
  });
}

/** 试读: shows what would be taken, nothing stored. @returns the exit code */
export async function testSource(
  settings: Settings,
  { what, isJson }: TryOrder,
  { print, say }: Terminal,
): Promise<number> {
  return await withFetcher(settings, what, async (fetcher, url) => {
    say(`读取 ${url} ……`);
    const known = readSources(settings).find(({ id }) => id === what);
    const source = known && isPolled(known) ? known : await sourceAt(url, fetcher, say);
    if (typeof source === 'number') return source;
    if (source.tlsWaiver) say(waiverLine(source.tlsWaiver));
    const preview = await previewSource(source, { fetcher, now: () => new Date() });
    print(isJson ? JSON.stringify(preview, null, 2) : inWords(preview));
    return exitOf(preview);
  });
}

function waiverLine(waiver: NonNullable<Source['tlsWaiver']>): string {
  const isOver = waiverInForce(waiver, new Date()) === undefined;
  return `证书例外${isOver ? '（已到期，不再使用）' : ''}：${waiverInWords(waiver)}`;
}

async function withFetcher(
  settings: Settings,
  what: string,
  work: (fetcher: Fetcher, url: string) => Promise<number>,
): Promise<number> {
  const known = readSources(settings).find(({ id }) => id === what);
  if (known && !isPolled(known)) {
    throw new Refused('NOT_POLLED', '这个信息源由对方送来或人工录入，不由本系统读取', 'invalid');
  }
  const isAddress = /^https?:/i.test(what);
  const fetcher = known || isAddress ? openFetcher(settings) : openFile(what);
  try {
    return await work(fetcher, known?.url ?? (isAddress ? what : FILE_BASE));
  } finally {
    await fetcher.close();
  }
}

/** A file stands for the page it was saved from; its links lead nowhere. */
function openFile(path: string): Fetcher {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Refused('FILE_UNREADABLE', `读不到文件 ${path}：${messageOf(cause)}`, 'invalid');
  }
  return {
    get: async ({ url }): Promise<FetchResult> =>
      url === FILE_BASE
        ? { kind: 'ok', bytes, contentType: '', finalUrl: FILE_BASE }
        : { kind: 'failed', problem: 'address', message: '试读文件时不读取链接' },
    close: async () => undefined,
  };
}

/** The best way to read an address that is not in the settings; the exit code when there is none. */
async function sourceAt(
  url: string,
  fetcher: Fetcher,
  say: (text: string) => void,
): Promise<PolledSource | number> {
  const fetched = await fetcher.get({ url, requestGapMs: 0 });
  if (fetched.kind !== 'ok') return tellFailure(fetched, say);
  const [best] = discoverReaders(textOf(fetched), fetched.finalUrl);
  if (!best) {
    say('没有找到订阅源或列表；在设置里写明 reader 后，用信息源的编号试读。');
    return EXIT.failed;
  }
  say(`按“${best.reason}”读取`);
  const source = SourceSchema.parse({
    id: 'trial',
    name: '试读',
    kind: 'portal',
    inputPath: 'publicPage',
    mediaTier: 'M1',
    url: best.url,
    reader: best.reader,
  });
  return isPolled(source) ? source : EXIT.failed;
}

function textOf({ bytes, contentType }: Extract<FetchResult, { kind: 'ok' }>): string {
  const decoded = decodeText(bytes, contentType);
  if (decoded.kind === 'undecodable') throw new Refused('UNDECODABLE', decoded.reason, 'invalid');
  return decoded.text;
}

function tellFailure(fetched: FetchResult, say: (text: string) => void): number {
  say(`没有读到：${fetched.kind === 'failed' ? fetched.message : '对方未更新'}`);
  return EXIT.unreachable;
}

/** As it stands in settings.yaml, with the reason above it. */
function toLines({ url, reader, reason }: Discovered): string {
  return `# ${reason}\n${stringify({ url, reader })}`;
}

function exitOf({ problem, items, unparsable }: Preview): number {
  if (problem) return problem.kind === 'notUnderstood' ? EXIT.failed : EXIT.unreachable;
  if (items.length === 0) return EXIT.failed;
  return unparsable > 0 || items.some((item) => item.problem !== undefined) ? EXIT.partly : EXIT.ok;
}

function inWords({ problem, encoding, items, unparsable }: Preview): string {
  if (problem) return `不行：${problem.message}`;
  const rows = items.map(({ title, published, publishedAt, column, problem: own }) => {
    const when = publishedAt ? beijingMinute(publishedAt) : `（${published || '没有写'}）`;
    return `  ${when}  ${title.slice(0, SHOWN_TITLE)}  ${COLUMN_WORDS[column]}${own ? `  文章页：${own}` : ''}`;
  });
  const lost = unparsable > 0 ? `，${unparsable} 行没有标题或链接` : '';
  return [`编码 ${encoding ?? '?'}，${items.length} 条${lost}`, ...rows].join('\n');
}
