import { amend, idOf } from '#core';
import { toFunnel } from '../funnel.ts';
import { keep } from '../keep.ts';
import { newState, type PollDeps } from '../polling/poll-source.ts';
import type { ReadItem } from '../read-item.ts';
import { hasSecrecyMark } from '../text/secrecy-mark.ts';
import type { Source } from '../source.ts';
import type { Run } from '../source-state.ts';
import { stateAfter } from '../polling/state-after.ts';
import { judgeItem, type Judged } from '../to-post.ts';

export type ReceiveDeps = Pick<
  PollDeps,
  'states' | 'rawItems' | 'log' | 'now' | 'pseudonym' | 'isDrill' | 'rhythm'
>;

/** What came to us by itself: pushed, imported, or typed in by a person. */
export interface Received {
  readonly items: readonly ReadItem[];
  /** As received, for proof and to be read again. */
  readonly bytes: Uint8Array;
  /** Rows of it that could not be understood. */
  readonly unparsable: number;
}

/**
 * Items that came by themselves go the way of those that were fetched: each ends in one column of the
 * funnel, posts are in the log before anything remembers them. The same item twice is one post.
 */
export async function receiveItems(
  source: Source,
  { items, bytes, unparsable }: Received,
  deps: ReceiveDeps,
): Promise<Run> {
  const { states, rawItems, now, isDrill } = deps;
  const startedAt = now();
  await states.create(newState(source, startedAt));
  const known = new Map(
    await states.findSeen(
      source.id,
      items.map(({ key }) => key),
    ),
  );
  await states.noteShown(source.id, [...known.keys()], startedAt);
  const isMarked = items.some(({ title, text }) => hasSecrecyMark(`${title}\n${text}`));
  const rawItemId = isMarked
    ? ''
    : await rawItems.put({ sourceId: source.id, url: source.url, bytes, at: startedAt });
  const fetchedAt = now();
  const { pseudonym } = deps;
  const judged = items.map((item): Judged => {
    const one = judgeItem(item, known.get(item.key), {
      source,
      fetchedAt,
      rawItemId,
      isDrill,
      pseudonym,
    });
    if (one.seen) known.set(item.key, one.seen);
    return one;
  });
  await keep(source, judged, deps);

  const columns = judged.map(({ column }) => column);
  const lost = Array.from({ length: unparsable }, () => 'unparsable' as const);
  const run: Run = {
    id: idOf('run', source.id, startedAt.toISOString(), rawItemId),
    sourceId: source.id,
    startedAt,
    endedAt: now(),
    outcome: columns.includes('new') ? 'ok' : 'nothingNew',
    funnel: toFunnel([...columns, ...lost]),
    isGapPossible: false,
  };
  await states.recordRun(run);
  const look = { at: startedAt, outcome: run.outcome, publishedAt: [], isGapPossible: false };
  const around = {
    outageSince: undefined,
    hours: undefined,
    random: 0,
    isDrill,
    rhythm: deps.rhythm,
  };
  await amend(states, source.id, (state) => stateAfter(state, source, look, around));
  return run;
}
