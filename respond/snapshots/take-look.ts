import { beijingMinute, digestOf, MACHINE } from '#core';
import { withNote } from '../with-note.ts';
import {
  agrees,
  bare,
  changeBetween,
  compareWithApproved,
  withoutCounters,
} from './compare-page.ts';
import type { PageSnapshot, PageVersion } from './page-snapshot.ts';
import type { SnapshotPack } from './snapshot-pack.ts';

/** What one look at the page brought; its bytes lie in their store already, under their digest. */
export type PageLook =
  | ({ readonly kind: 'read' } & Pick<
      PageVersion,
      'finalUrl' | 'contentType' | 'htmlDigest' | 'title' | 'text'
    >)
  | {
      readonly kind: 'nothing';
      readonly message: string;
      /** Of a page that came, but was not understood. */
      readonly htmlDigest?: string | undefined;
      /** The site asks to be left alone so long. */
      readonly retryAfterMs?: number | undefined;
    };

/** What people are told of. */
export type SnapshotNews = 'differs' | 'changed' | 'unreachable';

export interface SnapshotLooked {
  readonly snapshot: PageSnapshot;
  readonly news?: SnapshotNews;
}

/** The snapshot after a look: a text that is another becomes a version of its own, the same one was seen again. */
export function withLook(
  snapshot: PageSnapshot,
  look: PageLook,
  pack: SnapshotPack,
  at: Date,
): SnapshotLooked {
  if (look.kind === 'nothing') return withNothing(snapshot, look, pack, at);
  if (look.text.length > pack.mostCharacters) {
    const message = `页面正文 ${look.text.length} 字，超过 ${pack.mostCharacters} 字，不像发布稿，没有保存`;
    return withNothing(snapshot, { kind: 'nothing', message }, pack, at);
  }
  const { problem: _over, ...before } = snapshot;
  const back = snapshot.state === 'unreachable' && snapshot.versions.length > 0;
  const seen: PageSnapshot = { ...before, state: 'kept', failures: 0, lookedAt: at };
  const looked = planned(back ? noted(seen, '页面恢复，读到了', at) : seen, pack, at);
  const version = toVersion(snapshot, look, pack, at);
  const last = snapshot.versions.at(-1);
  if (last?.textDigest === version.textDigest) {
    const versions = [...snapshot.versions.slice(0, -1), { ...last, lastSeenAt: at }];
    return { snapshot: { ...looked, versions } };
  }
  const versions = [...snapshot.versions, version];
  if (!last) {
    const isSame = agrees(version.comparison);
    const what = `存下页面快照，${isSame ? '与批准稿一致' : '与批准稿不一致'}（摘要 ${version.htmlDigest.slice(0, 16)}）`;
    const kept = noted({ ...looked, versions }, what, at);
    return isSame ? { snapshot: kept } : { snapshot: kept, news: 'differs' };
  }
  const what = `页面有改动，上次看到原文字是 ${beijingMinute(last.lastSeenAt)}（摘要 ${version.htmlDigest.slice(0, 16)}）`;
  return { snapshot: noted({ ...looked, versions }, what, at), news: 'changed' };
}

/** Nothing came of it; what was kept stays, and the entry stands whatever becomes of the page. */
function withNothing(
  snapshot: PageSnapshot,
  { message, htmlDigest, retryAfterMs = 0 }: Extract<PageLook, { kind: 'nothing' }>,
  pack: SnapshotPack,
  at: Date,
): SnapshotLooked {
  const failures = snapshot.failures + 1;
  const isNews = failures === pack.unreachableAfter;
  // One copy says what it was; a page that is never the same would bring many.
  const held = snapshot.problem?.htmlDigest ?? htmlDigest;
  const problem = { at, message, ...(held && { htmlDigest: held }) };
  const state = failures >= pack.unreachableAfter ? 'unreachable' : snapshot.state;
  const looked = planned(
    { ...snapshot, state, failures, lookedAt: at, problem },
    pack,
    at,
    retryAfterMs,
  );
  if (!isNews) return { snapshot: looked };
  return {
    snapshot: noted(looked, `连续 ${failures} 次读不到页面：${message}`, at),
    news: 'unreachable',
  };
}

function toVersion(
  snapshot: PageSnapshot,
  { finalUrl, contentType, htmlDigest, title, text }: Extract<PageLook, { kind: 'read' }>,
  pack: SnapshotPack,
  at: Date,
): PageVersion {
  const said = (of: string): string => withoutCounters(of, pack.counterWords);
  const approved = { title: snapshot.approvedTitle, text: snapshot.approvedText };
  const last = snapshot.versions.at(-1);
  return {
    at,
    lastSeenAt: at,
    finalUrl,
    contentType,
    htmlDigest,
    textDigest: digestOf(bare(said(text))),
    title,
    text,
    comparison: compareWithApproved(approved, { title, text }, pack.leastLikeness),
    ...(last && { change: changeBetween(said(last.text), said(text)) }),
  };
}

/** With the time of the next look, or without one where their time is over. */
function planned(snapshot: PageSnapshot, pack: SnapshotPack, at: Date, leastMs = 0): PageSnapshot {
  if (snapshot.endedBecause) return { ...snapshot, dueAt: undefined };
  const ageMs = at.getTime() - snapshot.createdAt.getTime();
  const regularMs = pack.looks.find(({ untilMs }) => ageMs < untilMs)?.everyMs;
  const { failures } = snapshot;
  const retryMs = failures > 0 ? pack.retryAfterMs[failures - 1] : undefined;
  const waitMs = retryMs ?? regularMs;
  if (waitMs === undefined) return { ...snapshot, dueAt: undefined };
  const most = Math.max(waitMs, Math.min(leastMs, pack.mostRetryAfterMs));
  return { ...snapshot, dueAt: new Date(at.getTime() + most) };
}

/** No more looks, for a reason that people read. */
export function ended(snapshot: PageSnapshot, why: string, at: Date): PageSnapshot | undefined {
  if (snapshot.endedBecause) return undefined;
  return noted({ ...snapshot, dueAt: undefined, endedBecause: why }, `不再查看页面：${why}`, at);
}

const noted = (snapshot: PageSnapshot, what: string, at: Date): PageSnapshot =>
  withNote(snapshot, 'snapshot', { actor: MACHINE, at, what });
