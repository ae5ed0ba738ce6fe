import { DAY_MS, Refused } from '#core';
import {
  POSTS_TOPIC,
  readDate,
  reparseQuarantined,
  replayRawItems,
  type Post,
  type Quarantined,
  type StoredRawItem,
} from '#ingest';
import { EXIT } from './exit-codes.ts';
import { readSources } from './packs.ts';
import type { Settings } from './settings.ts';
import { withBackend } from './with-backend.ts';

export interface ReplayOrder {
  /** As people write them: 2026-03-02, 2026-03-02 10:00. */
  readonly from: string;
  readonly to: string;
  /** Posts that are not in the store go into the log; without it nothing is written. */
  readonly writes: boolean;
  readonly isJson: boolean;
}

/** What reading a time again by the readers of today gave. */
interface ReplayCounts {
  pages: number;
  problems: number;
  same: number;
  changed: number;
  missing: number;
}

/**
 * Reads stored bytes again and compares with the posts that are stored; after a mended selector
 * `--write` brings in what was missed. Needs the folder for itself.
 *
 * @returns the exit code: 0 all the same, 5 something differs
 */
export async function replay(
  settings: Settings,
  order: ReplayOrder,
  print: (text: string) => void,
): Promise<number> {
  const now = new Date();
  const [fromAt, toAt] = [momentOf(order.from, now), momentOf(order.to, now)];
  const sources = readSources(settings);
  return await withBackend(
    settings,
    async ({ rawItems, posts, log, pseudonym, sourceStates: states }) => {
      const deps = { states, rawItems, log, pseudonym, now: () => now, isDrill: false };
      const raws = await rawItems.listBetween(fromAt, toAt);
      const counts: ReplayCounts = { pages: 0, problems: 0, same: 0, changed: 0, missing: 0 };
      for await (const replayed of replayRawItems(raws, sources, deps)) {
        counts.pages += 1;
        if (replayed.problem) {
          counts.problems += 1;
          print(`${replayed.raw.sourceId} ${replayed.raw.url}：${replayed.problem}`);
          continue;
        }
        const found = replayed.judged.flatMap(({ post }) => post ?? []);
        const missed: Post[] = [];
        for (const post of found) {
          const stored = await posts.findById(post.id);
          if (!stored) missed.push(post);
          else if (stored.text === post.text && stored.title === post.title) counts.same += 1;
          else counts.changed += 1;
        }
        counts.missing += missed.length;
        if (!order.writes) continue;
        const { raw } = replayed;
        const source = sources.find(({ id }) => id === raw.sourceId);
        if (source && isQuarantined(raw)) {
          // The runs that counted it say where it went in the end.
          await reparseQuarantined([raw], source, deps, { isTrial: false });
          continue;
        }
        await log.append(
          POSTS_TOPIC,
          missed.map((post) => ({ id: post.id, key: post.sourceId, body: post })),
        );
      }
      print(order.isJson ? JSON.stringify(counts) : inWords(counts, order.writes));
      return counts.missing + counts.changed + counts.problems === 0 ? EXIT.ok : EXIT.partly;
    },
  );
}

const isQuarantined = (raw: StoredRawItem): raw is Quarantined => raw.reason !== undefined;

/** @throws {Refused} when it cannot be read */
export function momentOf(text: string, now: Date): Date {
  // The end of a time may lie ahead.
  const at = readDate(text, new Date(now.getTime() + DAY_MS));
  if (at) return at;
  throw new Refused(
    'DATE_UNREADABLE',
    `看不懂这个时间：${text}；写成 2026-03-02 或 2026-03-02 10:00`,
    'invalid',
  );
}

function inWords(
  { pages, problems, same, changed, missing }: ReplayCounts,
  writes: boolean,
): string {
  const found = `重读 ${pages} 份原始数据：相同 ${same} 条，内容不同 ${changed} 条，库中没有 ${missing} 条，读不懂 ${problems} 份`;
  if (missing === 0) return found;
  return writes
    ? `${found}\n没有的已写入日志，启动后处理。`
    : `${found}\n加 --write 可把没有的补进来。`;
}
