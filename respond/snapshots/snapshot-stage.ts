import { amend, type Now, type Stage } from '#core';
import type { SnapshotStore } from '../ports.ts';
import { ReleaseRegisterEntrySchema, type ReleaseRegisterEntry } from '../releases/release.ts';
import type { PageSnapshot } from './page-snapshot.ts';
import { ended } from './take-look.ts';

export interface SnapshotStageDeps {
  readonly snapshots: SnapshotStore;
  readonly isDrill: boolean;
  readonly now: Now;
}

/** Every register entry with an address gets a page to be looked at; an entry about another ends the looks at that one. */
export function createSnapshotStage(deps: SnapshotStageDeps): Stage<ReleaseRegisterEntry> {
  const { snapshots, isDrill, now } = deps;
  return {
    name: 'snapshots',
    schema: ReleaseRegisterEntrySchema,
    async process(entries) {
      for (const entry of entries) {
        const awaited = toSnapshot(entry, isDrill, now());
        if (awaited) await snapshots.create(awaited);
        const others = await snapshots.listByEvent(entry.eventId);
        for (const { id, why } of endedBy(entry, others)) {
          if (!others.some((one) => one.id === id)) continue;
          await amend(snapshots, id, (one) => ended(one, why, now()));
        }
      }
    },
  };
}

/** Undefined where nothing new is to be read at an address. */
function toSnapshot(
  { id, kind, eventId, releaseId, originalContent, link }: ReleaseRegisterEntry,
  isDrill: boolean,
  at: Date,
): PageSnapshot | undefined {
  if (link === '' || kind === 'withdrawal') return undefined;
  const [title = '', ...text] = originalContent.split('\n\n');
  return {
    id,
    revision: 1,
    effects: [],
    eventId,
    isDrill,
    history: [],
    createdAt: at,
    releaseId,
    link,
    approvedTitle: title,
    approvedText: text.join('\n\n'),
    state: 'awaited',
    failures: 0,
    dueAt: at,
    versions: [],
  };
}

/** Which snapshots of an event are looked at no more once this entry is written, and why. */
function endedBy(
  entry: ReleaseRegisterEntry,
  snapshots: readonly PageSnapshot[],
): { readonly id: string; readonly why: string }[] {
  const { kind, about } = entry;
  if (kind === 'withdrawal') return about ? [{ id: about.entryId, why: '已登记撤回' }] : [];
  // Another text at the same address: the page is to read otherwise now.
  const at = snapshots.findIndex(({ id }) => id === entry.id);
  const earlier = at < 0 ? [] : snapshots.slice(0, at);
  return earlier
    .filter(({ link }) => link === entry.link)
    .map(({ id }) => ({ id, why: '同一地址登记了新的发布' }));
}
