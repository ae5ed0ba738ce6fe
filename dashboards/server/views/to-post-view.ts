import type { Lead, StoredPost } from '#analyze';
import type { LeadView, PostView } from '#contract';
import { iso } from './iso.ts';

type Names = ReadonlyMap<string, string>;
/** Individuals have no name here, on any screen. */
const INDIVIDUAL = '个人';

export function toPostView(post: StoredPost, sourceNames: Names): PostView {
  return {
    id: post.id,
    title: post.title,
    text: post.text,
    url: post.url,
    outlet: (post.outletKind === 'institution' && post.outlet) || INDIVIDUAL,
    sourceName: sourceNames.get(post.sourceId) ?? post.sourceId,
    mediaTier: post.mediaTier,
    publishedAt: iso(post.publishedAt),
    fetchedAt: iso(post.fetchedAt),
    interactions: post.interactions,
  };
}

/** A lead with its texts; a post whose text is no longer kept stays, with an empty one. */
export function toLeadView(
  lead: Lead,
  posts: ReadonlyMap<string, StoredPost>,
  sourceNames: Names,
): LeadView {
  return {
    id: lead.id,
    title: lead.title,
    posts: lead.posts.map((part) => {
      const stored = posts.get(part.postId);
      if (stored) return toPostView(stored, sourceNames);
      return {
        id: part.postId,
        title: part.title,
        text: '',
        url: part.url,
        outlet: part.outletKind === 'institution' ? part.outlet : INDIVIDUAL,
        sourceName: sourceNames.get(part.sourceId) ?? part.sourceId,
        mediaTier: part.mediaTier,
        publishedAt: iso(part.publishedAt),
        fetchedAt: iso(part.fetchedAt),
      };
    }),
  };
}
