import { Turns } from '#core';
import { createRegroup, type Lead, type Regrouping } from '#analyze';
import { sumOfTerms } from '../../analyze/events/sum-of-terms.ts';
import { openEvent } from '../../analyze/events/update-event.ts';
import { aLead } from './events.ts';
import { openMemoryStores } from './memory-stores.ts';
import { gradingContext } from './packs.ts';
import { aPost, aRecord, minutesAfter } from './posts.ts';

export const ANALYST = { personId: 'person-yan', name: '严研判' };
export const answerAt = (minutes: number, reason = '系同一事件') => ({
  actor: ANALYST,
  at: minutesAfter(minutes),
  reason,
});

/** An order to merge the second event into the first, unless the test says otherwise. */
export function aRegrouping(changes: Partial<Regrouping> = {}): Regrouping {
  return {
    id: 'regrouping-1',
    revision: 1,
    effects: [],
    kind: 'merge',
    eventId: 'event-1',
    title: '江北区多小区停水',
    otherId: 'event-2',
    otherTitle: '江北停水了',
    leadIds: [],
    state: 'begun',
    actor: ANALYST,
    at: minutesAfter(60),
    reason: '系同一事件',
    ...changes,
  };
}

/** A lead of one post of an event; `more` is what grading sees of the post. */
export function aLeadOf(
  eventId: string,
  id: string,
  minutes: number,
  more: Parameters<typeof aRecord>[0] = {},
): Lead {
  const at = minutesAfter(minutes);
  const { post } = aRecord({
    fetchedAt: at,
    url: `https://news.test/${id}`,
    ...more,
    postId: `post of ${id}`,
  });
  return aLead({ id, eventId, firstSeenAt: at, title: post.title, posts: [post] });
}

/** Stores with events made of the leads given, and what regroups them, two hours after noon. */
export async function openRegrouping(
  leads: readonly Lead[],
  stores = openMemoryStores(),
  now = () => minutesAfter(120),
) {
  const regrouped = new Set<string>();
  const regroup = createRegroup({
    ...stores,
    context: gradingContext,
    eventTerms: 120,
    now,
    turns: new Turns(),
    regrouped: (ids) => ids.forEach((id) => regrouped.add(id)),
  });
  for (const [eventId, own] of Map.groupBy(leads, (lead) => lead.eventId)) {
    for (const lead of own) {
      await stores.leads.create(lead);
      for (const { postId: id, url } of lead.posts) {
        await stores.posts.saveMany([{ ...aPost({ id, url }), eventId }]);
      }
    }
    const parts = { leads: own, terms: sumOfTerms(own, 120) };
    const until = now();
    await stores.events.create(
      openEvent(eventId, parts, gradingContext, { isDrill: false, until }),
    );
  }
  return { regroup, regrouped, ...stores };
}
