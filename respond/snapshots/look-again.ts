import { actorOf, amend, hasRole, Refused, type Person } from '#core';
import type { SnapshotStore } from '../ports.ts';
import { withNote } from '../with-note.ts';
import { rolesInWords } from '../words.ts';
import type { PageSnapshot } from './page-snapshot.ts';
import type { SnapshotPack } from './snapshot-pack.ts';

export const mayLookAgain = (person: Person, { lookers }: SnapshotPack): boolean =>
  hasRole(person, ...lookers);

/**
 * A person has a page looked at at once; also one whose looks are over. It does not wait for the look.
 *
 * @throws {Refused | NotFound}
 */
export async function lookAgain(
  { snapshots, pack }: { readonly snapshots: SnapshotStore; readonly pack: SnapshotPack },
  { entryId, actor, at }: { readonly entryId: string; readonly actor: Person; readonly at: Date },
): Promise<PageSnapshot> {
  return amend(snapshots, entryId, (snapshot) => {
    if (!mayLookAgain(actor, pack)) {
      const rule = `要求再看页面须为${rolesInWords(pack.lookers)}`;
      throw new Refused('ROLE_NEEDED', rule, 'forbidden');
    }
    const { endedBecause, lookedAt } = snapshot;
    if (endedBecause) throw new Refused('SNAPSHOT_ENDED', `不再查看这个页面：${endedBecause}`);
    const soonest = (lookedAt?.getTime() ?? 0) + pack.askedGapMs;
    if (at.getTime() < soonest) {
      const seconds = Math.ceil((soonest - at.getTime()) / 1_000);
      throw new Refused('SNAPSHOT_LOOKED_AT', `刚刚看过，${seconds} 秒以后再看`);
    }
    const asked = { ...snapshot, dueAt: at };
    const by = actorOf(actor);
    return withNote(asked, 'snapshot', { actor: by, at, what: '要求现在再看一次页面' });
  });
}
