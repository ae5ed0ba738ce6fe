import { digestOf } from '#core';
import type { Post } from '#ingest';
import type { EventRecord, LeadPost } from '#analyze';

export const NOON = new Date('2026-03-02T04:00:00Z');
export const minutesAfter = (minutes: number, from = NOON): Date =>
  new Date(from.getTime() + minutes * 60_000);

let made = 0;

/** A post of a city medium, fetched at noon, unless the test says otherwise. */
export function aPost(changes: Partial<Post> = {}): Post {
  made += 1;
  const text = changes.text ?? '江北区多个小区停水，居民反映强烈。';
  const fetchedAt = changes.fetchedAt ?? NOON;
  return {
    id: `post-${made}`,
    rawItemId: `raw-${made}`,
    sourceId: 'city-daily',
    url: `https://news.test/${made}`,
    title: '江北区多小区停水',
    contentDigest: digestOf(text),
    outlet: '临江日报',
    outletKind: 'institution',
    mediaTier: 'M3',
    publishedAt: fetchedAt,
    publishedFrom: 'feed',
    isDrill: false,
    ...changes,
    text,
    fetchedAt,
  };
}

/** A record of an event as grading sees it. */
export function aRecord(changes: Partial<LeadPost> = {}, leadId?: string): EventRecord {
  made += 1;
  const fetchedAt = changes.fetchedAt ?? NOON;
  const post: LeadPost = {
    postId: `post-${made}`,
    sourceId: 'city-daily',
    url: `https://news.test/${made}`,
    title: '江北区多小区停水',
    outlet: '临江日报',
    outletKind: 'institution',
    mediaTier: 'M3',
    publishedAt: fetchedAt,
    snapshots: [{ at: fetchedAt, interactions: 0 }],
    regionCodes: [],
    contentClass: 'A3',
    contentWords: '停水',
    untrue: 'none',
    untrueWords: '',
    figureWords: '',
    sensitiveWords: '',
    ...changes,
    fetchedAt,
  };
  return { leadId: leadId ?? `lead-${made}`, post };
}
