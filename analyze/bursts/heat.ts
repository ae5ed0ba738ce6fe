import { HOUR_MS } from '#core';
import { interactionsAt, type Lead, type LeadPost } from '../events/lead.ts';
import type { BurstPack } from './burst-pack.ts';

/** 热度: it ranks and draws, and never grades. */
export interface Heat {
  /** 0 to 100. */
  readonly value: number;
  /** Against an hour ago. */
  readonly changeLastHour: number;
  /** What each kind of outlet adds, most first; kinds that add nothing are left out. */
  readonly parts: readonly {
    readonly kind: string;
    readonly name: string;
    readonly value: number;
  }[];
}

/**
 * Heat of an event at a moment: items by kind of source, half as warm every half-life, saturating.
 *
 * @param kindOf kind of a source by its id; undefined for one that is no longer set
 * Source: the index of the product's domain model 3.10; its weights stand in the pack.
 */
export function heatOf(
  leads: readonly Lead[],
  at: Date,
  rule: BurstPack['heat'],
  kindOf: (sourceId: string) => string | undefined,
): Heat {
  const now = partsAt(leads, at, rule, kindOf);
  const before = partsAt(leads, new Date(at.getTime() - HOUR_MS), rule, kindOf);
  const total = (parts: Heat['parts']): number => parts.reduce((sum, { value }) => sum + value, 0);
  return {
    value: total(now),
    changeLastHour: total(now) - total(before),
    parts: now.filter(({ value }) => value >= 0.05).toSorted((a, b) => b.value - a.value),
  };
}

function partsAt(
  leads: readonly Lead[],
  at: Date,
  rule: BurstPack['heat'],
  kindOf: (sourceId: string) => string | undefined,
): Heat['parts'] {
  const items = new Map<string, number>();
  for (const { posts } of leads) {
    const known = posts.filter(({ fetchedAt }) => fetchedAt <= at);
    for (const [index, post] of known.entries()) {
      const kind = kindOf(post.sourceId) ?? '';
      // The original counts in full, a copy of it a little.
      const share = index === 0 ? 1 : rule.copyCounts;
      items.set(kind, (items.get(kind) ?? 0) + share * warmth(post, at, rule));
    }
  }
  return rule.kinds.map(({ kind, name, sources, weight, saturation }) => {
    const count = sources.reduce((sum, source) => sum + (items.get(source) ?? 0), 0);
    const fill = Math.min(1, Math.log1p(count) / Math.log1p(saturation));
    return { kind, name, value: 100 * weight * fill };
  });
}

function warmth(post: LeadPost, at: Date, rule: BurstPack['heat']): number {
  const ageMs = Math.max(0, at.getTime() - post.publishedAt.getTime());
  const interactions = interactionsAt(post, at);
  const louder = 1 + Math.log1p(interactions) / Math.log1p(rule.interactionsDouble);
  return (rule.tierWeights[post.mediaTier] ?? 1) * louder * 0.5 ** (ageMs / rule.halfLifeMs);
}
