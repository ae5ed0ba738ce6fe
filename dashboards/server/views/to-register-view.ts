import { beijingMinute } from '#core';
import {
  agrees,
  REGISTER_ENTRY_NAMES,
  RELEASE_CHANNEL_NAMES,
  SNAPSHOT_STATE_NAMES,
  type PageSnapshot,
  type PageVersion,
  type PlacedEntry,
} from '#respond';
import type { RegisterEntryView, SnapshotView } from '#contract';
import { iso } from './iso.ts';

export interface RegisterSurroundings {
  /** Places of entries by their ids. */
  readonly positions: ReadonlyMap<string, number>;
  /** Entries by the id of the one that they correct or withdraw, first to last. */
  readonly since: ReadonlyMap<string | undefined, readonly PlacedEntry[]>;
  readonly snapshots: ReadonlyMap<string, PageSnapshot>;
  readonly eventTitles: ReadonlyMap<string, string>;
  /** Whether the person who asks may have a page looked at at once. */
  readonly mayLook: boolean;
}

export function toRegisterEntryView(
  { position, entry }: PlacedEntry,
  { positions, since, snapshots, eventTitles, mayLook }: RegisterSurroundings,
): RegisterEntryView {
  const { about, kind = 'publication' } = entry;
  const snapshot = snapshots.get(entry.id);
  return {
    ...entry,
    position,
    kind,
    kindName: REGISTER_ENTRY_NAMES[kind],
    about: about && {
      entryId: about.entryId,
      reason: about.reason,
      position: positions.get(about.entryId),
    },
    since: (since.get(entry.id) ?? []).map((one) => ({
      position: one.position,
      kindName: REGISTER_ENTRY_NAMES[one.entry.kind ?? 'publication'],
    })),
    snapshot: snapshot && toSnapshotView(snapshot, mayLook),
    eventTitle: eventTitles.get(entry.eventId) ?? '',
    releasedAt: iso(entry.releasedAt),
    enteredAt: iso(entry.enteredAt),
    channelName: RELEASE_CHANNEL_NAMES[entry.channel],
  };
}

/** More sentences than anybody reads; the whole page can be saved. */
const MOST_SENTENCES = 50;

function toSnapshotView(snapshot: PageSnapshot, mayLook: boolean): SnapshotView {
  const { state, versions, link, problem } = snapshot;
  const last = versions.at(-1);
  const differs = last !== undefined && !agrees(last.comparison);
  // Once another entry took its place, nobody needs to look at this page any more.
  const isWrong = !snapshot.endedBecause && (state === 'unreachable' || differs);
  return {
    state,
    stateName: isWrong && state === 'kept' ? '须核对' : SNAPSHOT_STATE_NAMES[state],
    says: inWords(snapshot),
    isWrong,
    lookedAt: iso(snapshot.lookedAt),
    dueAt: iso(snapshot.dueAt),
    endedBecause: snapshot.endedBecause,
    problem: problem?.message,
    mayLook: mayLook && !snapshot.endedBecause,
    versions: versions.toReversed().map((version) => toVersionView(version, link)),
  };
}

function toVersionView(
  { at, lastSeenAt, finalUrl, htmlDigest, comparison, change }: PageVersion,
  link: string,
): SnapshotView['versions'][number] {
  const isMoved = finalUrl !== (URL.canParse(link) ? new URL(link).href : link);
  return {
    at: iso(at),
    lastSeenAt: iso(lastSeenAt),
    ...(isMoved && { movedTo: finalUrl }),
    htmlDigest,
    looked: comparison.looked,
    missing: comparison.missing.slice(0, MOST_SENTENCES),
    differing: comparison.differing.slice(0, MOST_SENTENCES),
    otherTitle: comparison.otherTitle,
    change: change && {
      removed: [...change.removed],
      added: [...change.added],
    },
  };
}

/** The page unreachable, then how it differs, then whether it changed: the gravest first. */
function inWords({ state, versions, problem, failures }: PageSnapshot): string {
  const last = versions.at(-1);
  if (!last) {
    return problem
      ? `${failures} 次没有读到页面：${problem.message}`
      : '等待读取页面，几秒后自动显示结果';
  }
  const { missing, differing, otherTitle, looked } = last.comparison;
  const faults = [
    ...(missing.length > 0 ? [`${missing.length} 句页面上没有`] : []),
    ...(differing.length > 0 ? [`${differing.length} 句写法不同`] : []),
    ...(otherTitle ? ['标题不同'] : []),
  ];
  const first =
    faults.length > 0
      ? `与批准稿不一致：${faults.join('，')}（核对 ${looked} 句）`
      : `与批准稿一致（核对 ${looked} 句）`;
  const changed = versions.length > 1 ? `；存下后改动过 ${versions.length - 1} 次` : '';
  const gone =
    state === 'unreachable' && problem
      ? `现在读不到（${problem.message}），最后一次读到是 ${beijingMinute(last.lastSeenAt)}；当时`
      : '';
  return `${gone}${first}${changed}`;
}
