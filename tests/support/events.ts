import type { Lead, OpinionEvent } from '#analyze';
import { openEvent } from '../../analyze/events/update-event.ts';
import { gradingContext } from './packs.ts';
import { aRecord, NOON } from './posts.ts';

/** A lead of one post, first seen at noon, unless the test says otherwise. */
export function aLead(changes: Partial<Lead> = {}): Lead {
  const { leadId, post } = aRecord();
  return {
    id: leadId,
    revision: 1,
    effects: [],
    state: 'linked',
    eventId: 'event-1',
    watchIds: ['water'],
    firstSeenAt: NOON,
    title: post.title,
    terms: [['停水', 0.8]],
    entities: ['停水', '990102'],
    numbers: ['7时30分'],
    posts: [post],
    fingerprints: [1, 2],
    ...changes,
  };
}

/** An event as the rules open it from one lead, its news already told. */
export function anOpinionEvent(changes: Partial<OpinionEvent> = {}): OpinionEvent {
  const parts = { leads: [aLead()], terms: [['停水', 0.8]] as const };
  return {
    ...openEvent('event-1', parts, gradingContext, { isDrill: false }),
    effects: [],
    ...changes,
  };
}
