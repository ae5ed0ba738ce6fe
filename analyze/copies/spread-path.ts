import type { Lead, LeadPost } from '../events/lead.ts';

/** How a step of the path carries the matter: first of all, by a text of its own, or by somebody else's. */
export type SpreadKind = 'origin' | 'own' | 'update' | NonNullable<LeadPost['copyRelation']>;

/** Why a time of publication is not sure. */
export type UnsureTime = 'noDate' | 'dayOnly' | 'relative' | 'inferred';

/** 传播路径: one outlet, by the first text with which it carried the matter. */
export interface SpreadStep {
  readonly postId: string;
  readonly outlet: string;
  readonly outletKind: LeadPost['outletKind'];
  readonly mediaTier: LeadPost['mediaTier'];
  readonly title: string;
  readonly url: string;
  readonly publishedAt: Date;
  readonly kind: SpreadKind;
  readonly unsure?: UnsureTime;
  /** True when it may have come before the origin for all we know. */
  readonly mayBeEarlier: boolean;
  /** Texts of this outlet in all; individuals stand together, for nobody's posts are followed. */
  readonly postCount: number;
}

const DAY_MS = 86_400_000;

/**
 * The order in which outlets carried a matter. The origin comes first: the earliest publication whose time is sure,
 * or the earliest of all when none is. Outlets are counted, not copies.
 *
 * @param leads of one event, or one alone
 */
export function spreadPathOf(leads: readonly Lead[]): SpreadStep[] {
  const told = leads.flatMap((lead) => lead.posts.map((post) => ({ lead, post })));
  const origin =
    earliest(told.filter(({ post }) => unsureOf(post) === undefined)) ?? earliest(told);
  if (!origin) return [];

  const steps = [...Map.groupBy(told, ({ post }) => outletKey(post)).values()].map((own) => {
    const first = own.includes(origin) ? origin : (earliest(own) ?? origin);
    return toStep(first, origin, own.length);
  });
  return steps.sort(
    (a, b) =>
      Number(b.kind === 'origin') - Number(a.kind === 'origin') ||
      a.publishedAt.getTime() - b.publishedAt.getTime(),
  );
}

interface Told {
  readonly lead: Lead;
  readonly post: LeadPost;
}

const outletKey = ({ outletKind, outlet }: LeadPost): string =>
  outletKind === 'individual' ? outletKind : `${outletKind}/${outlet}`;

function earliest(told: readonly Told[]): Told | undefined {
  return told.reduce<Told | undefined>(
    (best, one) => (best && best.post.publishedAt <= one.post.publishedAt ? best : one),
    undefined,
  );
}

function toStep(one: Told, origin: Told, postCount: number): SpreadStep {
  const { postId, outlet, outletKind, mediaTier, title, url, publishedAt } = one.post;
  const unsure = unsureOf(one.post);
  return {
    postId,
    outlet,
    outletKind,
    mediaTier,
    title,
    url,
    publishedAt,
    kind: kindOf(one, origin),
    ...(unsure && { unsure }),
    mayBeEarlier: one !== origin && mayPrecede(one.post, origin.post),
    postCount,
  };
}

const INVERSE = { copy: 'copy', excerpt: 'compilation', compilation: 'excerpt' } as const;

function kindOf({ lead, post }: Told, origin: Told): SpreadKind {
  if (post === origin.post) return 'origin';
  if (post.copyRelation) return post.copyRelation;
  // Read first but published later: it stands to the origin as the origin was found to stand to it.
  const found = lead === origin.lead ? origin.post.copyRelation : undefined;
  if (found) return INVERSE[found];
  // Copies in leads of an older version do not say which kind they are.
  if (post !== lead.posts[0]) return 'copy';
  return lead.updateOf === undefined ? 'own' : 'update';
}

function unsureOf({ publishedFrom, publishedConfidence }: LeadPost): UnsureTime | undefined {
  if (publishedFrom === 'fetch') return 'noDate';
  if (publishedConfidence === 'day') return 'dayOnly';
  return publishedConfidence === 'relative' || publishedConfidence === 'inferred'
    ? publishedConfidence
    : undefined;
}

/** Whether a text may have been published before another one, given what its time rests on. */
function mayPrecede(post: LeadPost, origin: LeadPost): boolean {
  const unsure = unsureOf(post);
  // The origin is the earliest of those that are sure.
  if (unsure === undefined) return false;
  const [at, originAt] = [post.publishedAt.getTime(), origin.publishedAt.getTime()];
  // Without a date it was published at some time before it was read.
  return unsure === 'noDate' || at <= originAt + (unsure === 'relative' ? DAY_MS : 0);
}
