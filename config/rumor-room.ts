import { NotFound } from '#core';
import {
  demandUnmerged,
  mergedFrom,
  type LeadStore,
  type OpinionEventStore,
  type PostStore,
} from '#analyze';
import {
  createClarificationStage,
  draftClarification,
  mayOpenRumor,
  openRumor,
  proposeClaims,
  rumorStepsOpenTo,
  takeRumorStep,
  toClaimPost,
  wordForWord,
  type ClaimPost,
  type ReleaseStore,
  type ReviewPack,
  type RumorPack,
  type RumorStore,
} from '#respond';
import type { RumorRoom } from '#server';
import { survivorOf } from './survivor.ts';

/** Claims pointed at; each has its text looked at. */
const MOST_PROPOSED = 30;
/** Posts that a form offers. */
const MOST_POSTS = 200;

/** Claims under verification, beside the events that they go round with. */
export function createRumorRoom(parts: {
  readonly rumors: RumorStore;
  readonly releases: ReleaseStore;
  readonly events: OpinionEventStore;
  readonly leads: Pick<LeadStore, 'listByEvent'>;
  readonly posts: Pick<PostStore, 'findById'>;
  readonly pack: RumorPack;
  readonly review: ReviewPack;
  readonly isDrill: boolean;
}) {
  const { rumors, releases, events, leads, posts, pack, review, isDrill } = parts;
  const rules = { pack, review };
  /** Earliest seen first. */
  const postsOf = async (eventId: string): Promise<ClaimPost[]> =>
    (await leads.listByEvent(eventId))
      .flatMap((lead) => lead.posts.map(toClaimPost))
      .toSorted((a, b) => +a.fetchedAt - +b.fetchedAt);
  const listByEvent: RumorRoom['listByEvent'] = async (eventId) => {
    const event = await events.findById(eventId);
    const all = [...(event ? mergedFrom(event) : []), eventId];
    const found = await Promise.all(all.map(async (id) => await rumors.listByEvent(id)));
    return found.flat().toSorted((a, b) => +a.createdAt - +b.createdAt);
  };
  const room: RumorRoom = {
    listByEvent,
    listNewest: async (limit) => await rumors.listNewest(limit),
    around: async (eventId) => {
      const cases = await listByEvent(eventId);
      const claims = proposeClaims(await leads.listByEvent(eventId), cases);
      const proposed = claims.slice(0, MOST_PROPOSED).map(async (claim) => {
        const [first] = claim.posts;
        const post = first && (await posts.findById(first.postId));
        return post ? wordForWord(claim, post.text) : claim;
      });
      return {
        posts: (await postsOf(eventId)).slice(0, MOST_POSTS),
        proposed: await Promise.all(proposed),
      };
    },
    mayOpen: (person) => mayOpenRumor(person, pack),
    stepsOpenTo: (rumor, person) => rumorStepsOpenTo(rumor, person, rules),
    open: async ({ eventId, postIds, ...act }) => {
      const event = await events.findById(eventId);
      if (!event) throw new NotFound(events.kind, eventId);
      demandUnmerged(event);
      const named = (await postsOf(eventId)).filter(({ postId }) => postIds.includes(postId));
      const on = { event: { id: eventId, isDrill }, posts: named };
      return await openRumor({ rumors, pack }, { ...act, ...on });
    },
    take: async ({ rumorId, taken, ...act }) => {
      const rumor = await rumors.findById(rumorId);
      if (!rumor) throw new NotFound(rumors.kind, rumorId);
      const { id } = await survivorOf(events, rumor.eventId);
      const found = taken.step === 'addPosts' ? await postsOf(id) : [];
      return await takeRumorStep({ rumors, ...rules }, { ...act, rumorId, taken, found });
    },
    draft: async ({ rumorId, ...act }) => {
      const rumor = await rumors.findById(rumorId);
      if (!rumor) throw new NotFound(rumors.kind, rumorId);
      const { id } = await survivorOf(events, rumor.eventId);
      const deps = { rumors, releases, ...rules };
      return await draftClarification(deps, { ...act, rumorId, event: { id, isDrill } });
    },
  };
  return { ...room, stage: createClarificationStage({ rumors, releases }) };
}
