import { amend, digestOf, MINUTE_MS, type Now, type PersonStore } from '#core';
import type { PublicPage } from '#ingest';
import type { PageBytesStore, SnapshotStore } from '../ports.ts';
import { withEffects } from '../with-note.ts';
import type { PageSnapshot } from './page-snapshot.ts';
import { snapshotNotices, type SnapshotOffice } from './snapshot-notices.ts';
import { withLook, type PageLook } from './take-look.ts';

export interface SnapshotDeps extends Pick<SnapshotOffice, 'pack' | 'channels' | 'linkFor'> {
  readonly snapshots: SnapshotStore;
  readonly pages: PageBytesStore;
  readonly people: Pick<PersonStore, 'listAll'>;
  readonly readPage: (url: string) => Promise<PublicPage>;
  readonly now: Now;
  /** A bug in one look: told, and the page is looked at again later. */
  readonly onFailure: (error: unknown, snapshotId: string) => void;
}

export interface SnapshotTaker {
  /** Begins with what is due while no look is in hand; does not wait for it. */
  step(): Promise<number>;
  /** Waits for the look in hand; begins no other. */
  close(): Promise<void>;
}

/** Longer than the slowest page takes: a look that a crash or a bug cut off is made again after it. */
const CLAIM_MS = 5 * MINUTE_MS;

/** Looks at published pages, one at a time. */
export function createSnapshotTaker(deps: SnapshotDeps): SnapshotTaker {
  let inHand: Promise<void> | undefined;
  let isEnding = false;
  return {
    async step() {
      if (isEnding || inHand) return 0;
      const [due] = await deps.snapshots.listDue(deps.now(), 1);
      if (!due) return 0;
      inHand = lookAt(due, deps)
        .catch((error: unknown) => deps.onFailure(error, due.id))
        .finally(() => (inHand = undefined));
      return 0;
    },
    async close() {
      isEnding = true;
      await inHand;
    },
  };
}

/** One look: claimed first, so that what goes wrong afterwards does not make it at once again. */
async function lookAt({ id, link }: PageSnapshot, deps: SnapshotDeps): Promise<void> {
  const { snapshots, pages, people, pack, now } = deps;
  const claimed = await amend(snapshots, id, (one) =>
    one.dueAt ? { ...one, dueAt: new Date(now().getTime() + CLAIM_MS) } : undefined,
  );
  if (!claimed.dueAt) return;
  const { look, bytes } = toLook(await deps.readPage(link));
  const expected = withLook(claimed, look, pack, now()).snapshot;
  // The bytes are stored before the snapshot names them; those of a text we hold already are not.
  const { versions, problem } = expected;
  const isNamed = [...versions, problem].some((one) => one?.htmlDigest === look.htmlDigest);
  if (bytes && isNamed) await pages.put(bytes, now());
  const office = { ...deps, ways: pack.channels, people: await people.listAll() };
  await amend(snapshots, id, (one) => {
    const at = now();
    const looked = withLook(one, look, pack, at);
    return withEffects(looked.snapshot, snapshotNotices(looked, office, at));
  });
}

function toLook(page: PublicPage): { readonly look: PageLook; readonly bytes?: Uint8Array } {
  if (page.kind === 'failed') {
    const { message, retryAfterMs } = page;
    return { look: { kind: 'nothing', message, retryAfterMs } };
  }
  const { bytes, finalUrl, contentType } = page;
  const htmlDigest = digestOf(bytes);
  if (page.kind === 'unreadable') {
    const message = `页面读到了，但${page.message}，没有核对`;
    return { look: { kind: 'nothing', message, htmlDigest }, bytes };
  }
  const { title, text } = page;
  return { look: { kind: 'read', finalUrl, contentType, htmlDigest, title, text }, bytes };
}
