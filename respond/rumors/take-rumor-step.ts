import { actorOf, amend, beijingMinute, NotFound, Refused, type Person } from '#core';
import { newRelease, type ReleaseDraft } from '../releases/edit-release.ts';
import type { Release } from '../releases/release.ts';
import type { ReleaseStore } from '../ports.ts';
import type { ActOf } from '../noted.ts';
import type { ReviewPack } from '../review-pack.ts';
import { whyNotLink } from '../web-link.ts';
import { RUMOR_VERDICT_NAMES } from '../words.ts';
import { firstSeen, notedRumor } from './open-rumor.ts';
import type { ClaimPost, RumorCase, RumorStore } from './rumor-case.ts';
import type { RumorPack } from './rumor-pack.ts';
import {
  RUMOR_STATE_OF,
  whyNotRumorStep,
  type RumorRules,
  type RumorStepTaken,
} from './rumor-steps.ts';

type Taken<Step extends RumorStepTaken['step']> = Extract<RumorStepTaken, { step: Step }>;

/**
 * @param found posts of the event, for a step that names some
 * @throws {Refused} when a rule forbids it or something is not said
 */
export function withRumorStep(
  rumor: RumorCase,
  taken: RumorStepTaken,
  act: ActOf,
  rules: RumorRules,
  found: readonly ClaimPost[] = [],
): RumorCase {
  const refusal = whyNotRumorStep(rumor, taken.step, act.actor, rules);
  if (refusal) throw refusal;
  switch (taken.step) {
    case 'start':
      return notedRumor({ ...rumor, state: 'verifying' }, act, '开始核查');
    case 'addPosts':
      return withPosts(rumor, taken, act, found);
    case 'addEvidence':
      return withEvidence(rumor, taken, act);
    case 'judge':
      return withVerdict(rumor, taken, act);
    case 'track':
      return notedRumor({ ...rumor, state: 'tracking' }, act, '转入跟踪');
    case 'close': {
      const outcome = said(taken.outcome, '结束核查须写明结果');
      return notedRumor({ ...rumor, state: 'closed', outcome }, act, `结束核查：${outcome}`);
    }
    case 'reverify':
      break;
  }
  const reason = said(taken.reason, '重新核查须写明原因');
  return notedRumor({ ...rumor, state: 'verifying' }, act, `重新核查：${reason}`);
}

/** @throws {Refused} when nothing is said */
function said(words: string, rule: string): string {
  const text = words.trim();
  if (text === '') throw new Refused('RUMOR_INCOMPLETE', rule, 'invalid');
  return text;
}

function withPosts(
  rumor: RumorCase,
  { postIds }: Taken<'addPosts'>,
  act: ActOf,
  found: readonly ClaimPost[],
): RumorCase {
  const more = found.filter(
    ({ postId }) => postIds.includes(postId) && !rumor.posts.some((one) => one.postId === postId),
  );
  if (more.length === 0) {
    throw new Refused('RUMOR_POSTS_NEEDED', '没有选出还没有列入的本事件信息', 'invalid');
  }
  const firstSeenAt = firstSeen(more, rumor.firstSeenAt);
  const moved =
    firstSeenAt < rumor.firstSeenAt ? `，首次发现提前到 ${beijingMinute(firstSeenAt)}` : '';
  const next = { ...rumor, posts: [...rumor.posts, ...more], firstSeenAt };
  return notedRumor(next, act, `补充 ${more.length} 条出现同一说法的公开信息${moved}`);
}

function withEvidence(rumor: RumorCase, taken: Taken<'addEvidence'>, act: ActOf): RumorCase {
  const rule = '证据须写明内容和来源';
  const text = said(taken.text, rule);
  const source = said(taken.source, rule);
  const { link } = taken;
  const refusal = link === '' ? undefined : whyNotLink(link);
  if (refusal) throw refusal;
  const entry = { at: act.at, by: actorOf(act.actor), text, source, link };
  const next: RumorCase = { ...rumor, state: 'verifying', evidence: [...rumor.evidence, entry] };
  return notedRumor(next, act, `补充证据：${text}（来源：${source}）`);
}

function withVerdict(rumor: RumorCase, taken: Taken<'judge'>, act: ActOf): RumorCase {
  const { verdict } = taken;
  const reason = said(taken.reason, '认定须写明理由');
  // Without evidence a claim can only stand open.
  if (verdict !== 'unverified' && rumor.evidence.length === 0) {
    throw new Refused('RUMOR_EVIDENCE_NEEDED', '没有登记证据，只能认定为无法证实', 'invalid');
  }
  const entry = { at: act.at, by: actorOf(act.actor), verdict, reason };
  const next: RumorCase = {
    ...rumor,
    state: RUMOR_STATE_OF[verdict],
    verdicts: [...rumor.verdicts, entry],
  };
  const then = verdict === 'true' ? '；按事件办理，核查到此为止' : '';
  return notedRumor(next, act, `认定${RUMOR_VERDICT_NAMES[verdict]}：${reason}${then}`);
}

interface RumorDeps extends RumorRules {
  readonly rumors: RumorStore;
}

/** @throws {Refused | NotFound} */
export async function takeRumorStep(
  { rumors, ...rules }: RumorDeps,
  request: ActOf & {
    readonly rumorId: string;
    readonly taken: RumorStepTaken;
    readonly found?: readonly ClaimPost[];
  },
): Promise<RumorCase> {
  const { rumorId, taken, found, ...act } = request;
  return await amend(rumors, rumorId, (rumor) => withRumorStep(rumor, taken, act, rules, found));
}

/**
 * The clarification that a verdict asks for: a release like any other, which passes the same review. What a crash
 * leaves between the two writes is put right by its publication.
 *
 * @throws {Refused | NotFound}
 */
export async function draftClarification(
  deps: RumorDeps & {
    readonly releases: ReleaseStore;
    readonly review: ReviewPack;
    readonly pack: RumorPack;
  },
  request: {
    readonly rumorId: string;
    readonly draft: Omit<ReleaseDraft, 'kind'>;
    /** Of the event under which the case goes on. */
    readonly event: { readonly id: string; readonly isDrill: boolean };
    readonly actor: Person;
    readonly at: Date;
  },
): Promise<Release> {
  const { rumors, releases, review } = deps;
  const { rumorId, actor, at, event } = request;
  const rumor = await rumors.findById(rumorId);
  if (!rumor) throw new NotFound(rumors.kind, rumorId);
  const refusal = whyNotRumorStep(rumor, 'clarify', actor, deps);
  if (refusal) throw refusal;
  const draft: ReleaseDraft = { ...request.draft, kind: 'clarification' };
  const release = newRelease({ draft, actor, at, event, clarifies: { rumorId } }, review);
  await releases.create(release);
  await amend(rumors, rumorId, (found) => withClarification(found, release, { actor, at }));
  return release;
}

/** The case with the release that is to clarify it. */
function withClarification(
  rumor: RumorCase,
  { id: releaseId, title }: Pick<Release, 'id' | 'title'>,
  act: ActOf,
): RumorCase | undefined {
  if (rumor.clarifications.some((one) => one.releaseId === releaseId)) return undefined;
  const isAwaited = rumor.state === 'confirmedFalse' || rumor.state === 'misleading';
  const clarifications = [...rumor.clarifications, { releaseId, draftedAt: act.at }];
  const next: RumorCase = {
    ...rumor,
    state: isAwaited ? 'clarifying' : rumor.state,
    clarifications,
  };
  return notedRumor(next, act, `拟澄清稿《${title}》，进入审查`);
}
