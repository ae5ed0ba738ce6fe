import type { Lead, LeadPost } from '#analyze';
import type { ClaimPost, RumorCase } from './rumor-case.ts';

/** Posts that say of themselves that something may be untrue: shown to people, who open a case or do not. */
export interface ProposedClaim {
  /** The lead whose posts carry it. */
  readonly leadId: string;
  readonly hint: Exclude<LeadPost['untrue'], 'none'>;
  /** The words that made the machine say so. */
  readonly words: string;
  /** The claim as the text has it; a person writes it down word for word. */
  readonly claimText: string;
  /** Earliest seen first. */
  readonly posts: readonly ClaimPost[];
  /** The case that holds posts of this lead already. */
  readonly rumorId?: string;
}

/**
 * What might be worth verifying, earliest seen first; what is in a case already is not proposed again. The claim is the
 * title of the post until its text is looked at.
 */
export function proposeClaims(
  leads: readonly Lead[],
  cases: readonly Pick<RumorCase, 'id' | 'posts'>[],
): readonly ProposedClaim[] {
  const caseOf = new Map(
    cases.flatMap(({ id, posts }) => posts.map(({ postId }) => [postId, id] as const)),
  );
  const proposed = leads.flatMap((lead): ProposedClaim[] => {
    const hinted = lead.posts
      .filter(({ postId, untrue }) => untrue !== 'none' && !caseOf.has(postId))
      .toSorted((a, b) => +a.fetchedAt - +b.fetchedAt);
    const [first] = hinted;
    if (!first || first.untrue === 'none') return [];
    const rumorId = lead.posts.flatMap(({ postId }) => caseOf.get(postId) ?? [])[0];
    return [
      {
        leadId: lead.id,
        hint: first.untrue,
        words: first.untrueWords,
        claimText: first.title,
        posts: hinted.map(toClaimPost),
        ...(rumorId && { rumorId }),
      },
    ];
  });
  return proposed.toSorted((a, b) => seenAt(a) - seenAt(b));
}

const seenAt = ({ posts }: ProposedClaim): number => posts[0]?.fetchedAt.getTime() ?? 0;

/** The claim as its first post's text has it: the first sentence that holds the words. */
export function wordForWord(claim: ProposedClaim, text: string): ProposedClaim {
  if (claim.words === '') return claim;
  const sentence = text
    .split(/(?<=[。！？!?\n])/)
    .map((one) => one.trim())
    .find((one) => one.includes(claim.words));
  return sentence === undefined ? claim : { ...claim, claimText: sentence };
}

/** The post as evidence of where a claim stood; a private person's account is left out. */
export const toClaimPost = (post: LeadPost): ClaimPost => ({
  postId: post.postId,
  title: post.title,
  url: post.url,
  outlet: post.outletKind === 'institution' ? post.outlet : '',
  publishedAt: post.publishedAt,
  fetchedAt: post.fetchedAt,
});
