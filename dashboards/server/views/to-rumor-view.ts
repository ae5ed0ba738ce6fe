import {
  clarificationMs,
  isRumorOpen,
  RUMOR_STATE_NAMES,
  RUMOR_VERDICT_NAMES,
  type ClaimPost,
  type ProposedClaim,
  type RumorCase,
} from '#respond';
import type { ClaimPostView, ProposedClaimView, RumorView } from '#contract';
import { iso } from './iso.ts';

/** What the machine saw; it says nothing of whether the claim is true. */
const HINTS: Readonly<Record<ProposedClaim['hint'], string>> = {
  suspected: '听说、网传一类的说法',
  verified: '文中自称已经辟谣',
  panic: '可能引起恐慌的说法',
};

export const toClaimPostView = ({ fetchedAt, ...post }: ClaimPost): ClaimPostView => ({
  ...post,
  publishedAt: iso(post.publishedAt),
  firstSeenAt: iso(fetchedAt),
});

/** @param may steps that the person who asks may take now */
export function toRumorView(
  rumor: RumorCase,
  eventTitle: string,
  may: readonly string[],
): RumorView {
  const { id, eventId, isDrill, claimText, state, opened, outcome } = rumor;
  const ms = clarificationMs(rumor);
  return {
    id,
    eventId,
    eventTitle,
    isDrill,
    claimText,
    posts: rumor.posts.map(toClaimPostView),
    firstSeenAt: iso(rumor.firstSeenAt),
    opened: { at: iso(opened.at), by: opened.by.name },
    state,
    stateName: RUMOR_STATE_NAMES[state],
    isOpen: isRumorOpen(rumor),
    evidence: rumor.evidence.map((one) => ({ ...one, at: iso(one.at), by: one.by.name })),
    verdicts: rumor.verdicts.map((one) => ({
      ...one,
      at: iso(one.at),
      by: one.by.name,
      verdictName: RUMOR_VERDICT_NAMES[one.verdict],
    })),
    clarifications: rumor.clarifications.map((one) => ({
      releaseId: one.releaseId,
      draftedAt: iso(one.draftedAt),
      publishedAt: iso(one.publishedAt),
      withdrawnAt: iso(one.withdrawnAt),
    })),
    ...(ms !== undefined && { clarificationMs: ms }),
    ...(outcome !== undefined && { outcome }),
    history: rumor.history.map(({ at, actor, what }) => ({ at: iso(at), by: actor.name, what })),
    may: [...may],
  };
}

export const toProposedClaimView = ({
  hint,
  posts,
  rumorId,
  ...claim
}: ProposedClaim): ProposedClaimView => ({
  ...claim,
  hintName: HINTS[hint],
  posts: posts.map(toClaimPostView),
  ...(rumorId && { rumorId }),
});
