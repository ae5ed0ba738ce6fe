import type { Log, LogEntry, Now } from '#core';
import type { RawItemStore, ReceivedBytes, SourceStateStore } from './ports.ts';
import { POSTS_TOPIC, type Post } from './post.ts';
import type { Source } from './source.ts';
import type { SeenItem } from './source-state.ts';
import type { Judged } from './to-post.ts';

interface KeepDeps {
  readonly log: Log;
  readonly states: SourceStateStore;
  readonly now: Now;
}

/** Posts go into the log, then into memory; each step may be repeated, none may be left out. */
export async function keep(
  { id }: Source,
  judged: readonly Judged[],
  { log, states, now }: KeepDeps,
): Promise<void> {
  const posts = judged.flatMap(({ post }) => post ?? []);
  await log.append(POSTS_TOPIC, posts.map(toEntry));
  const seen = judged.flatMap((one): SeenItem[] => (one.seen ? [one.seen] : []));
  if (seen.length > 0) await states.markSeen(id, seen, now());
}

const toEntry = (post: Post): LogEntry => ({ id: post.id, key: post.sourceId, body: post });

/** Keeps bytes that could not be understood, with the reason. */
export async function quarantine(
  source: Source,
  held: Omit<ReceivedBytes, 'sourceId' | 'at'> & { readonly reason: string },
  { rawItems, now }: { readonly rawItems: RawItemStore; readonly now: Now },
): Promise<Judged> {
  const quarantinedId = await rawItems.quarantine({ sourceId: source.id, ...held, at: now() });
  return { column: 'quarantined', quarantinedId };
}
