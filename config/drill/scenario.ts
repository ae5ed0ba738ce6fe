import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { GradeSchema, Unreadable } from '#core';
import { MediaTierSchema } from '#ingest';
import { ActSchema } from './act.ts';

/** The two matters of the drill, and what is neither. */
export const MatterSchema = z.enum(['water', 'collapse', 'noise']);
export type Matter = z.infer<typeof MatterSchema>;

/** A count that grows by the minute after the item appeared. */
const GrowthSchema = z.strictObject({
  start: z.number().min(0).default(0),
  perMinute: z.number().default(0),
  most: z.number().min(0).default(1_000_000),
});
export type Growth = Readonly<z.infer<typeof GrowthSchema>>;

const SiteSchema = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  kind: z.enum(['feed', 'noticeList', 'board', 'hotList']),
  name: z.string(),
  outlet: z.string(),
  outletKind: z.enum(['institution', 'individual']),
  mediaTier: MediaTierSchema,
  /** Text that stands under every article of this site. */
  boilerplate: z.string().default(''),
  outages: z.array(z.strictObject({ from: z.int(), to: z.int(), status: z.int() })).default([]),
});
export type DrillSite = Readonly<z.infer<typeof SiteSchema>>;

const HOSTILE = ['brokenMarkup', 'nestedTags', 'gzipBomb', 'brokenItem'] as const;

const ItemSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Appears when this many minutes have passed; negative: was there before the drill began. */
  minute: z.int(),
  site: z.string(),
  matter: MatterSchema,
  title: z.string().optional(),
  text: z.string().optional(),
  /** Who signs a thread; an invented pen name. */
  author: z.string().optional(),
  copyOf: z.string().optional(),
  prefix: z.string().default('【转发】'),
  /** The day the text itself names as its own: an old notice shown again. */
  dated: z.iso.date().optional(),
  replies: GrowthSchema.optional(),
  likes: GrowthSchema.optional(),
  heat: GrowthSchema.optional(),
  until: z.int().optional(),
  hostile: z.enum(HOSTILE).optional(),
});

/** What the shipped rules make of it: the minute in which a matter first stands at a grade. */
const MilestoneSchema = z.strictObject({
  minute: z.int(),
  matter: MatterSchema,
  grade: GradeSchema,
  why: z.string(),
});

/** How a duty of the handled event is meant to end. */
const EndSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  state: z.enum(['satisfied', 'satisfiedLate', 'cancelled']),
});

const ScenarioFileSchema = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    /** Length of the drill in drill minutes. */
    minutes: z.int().positive(),
    sites: z.array(SiteSchema).min(1),
    expected: z.array(MilestoneSchema),
    items: z.array(ItemSchema).min(1),
    /** The event that the sample office handles: its title holds one of these words. */
    handled: z.array(z.string().min(1)).default([]),
    /** What the people of the sample office do about it, unless somebody has done it before. */
    acts: z.array(ActSchema).default([]),
    /** How its countdowns end when nobody takes over. */
    ends: z.array(EndSchema).default([]),
  })
  .superRefine(({ sites, items, acts }, context) => {
    const complain = (message: string): void =>
      context.addIssue({ code: 'custom', path: ['items'], message });
    const kinds = new Map(sites.map((site) => [site.id, site.kind]));
    const seen = new Set<string>();
    let last = -Infinity;
    for (const item of items) {
      const kind = kinds.get(item.site);
      if (!kind) complain(`${item.id}: no site ${item.site}`);
      if (seen.has(item.id)) complain(`${item.id} stands twice`);
      if (item.minute < last) complain(`${item.id}: minutes are not in order`);
      if (item.copyOf !== undefined && !seen.has(item.copyOf)) {
        complain(`${item.id} copies ${item.copyOf}, which is not above it`);
      }
      if (item.copyOf === undefined && (!item.title || !item.text)) {
        complain(`${item.id} has no title or text`);
      }
      if (kind === 'board' && !item.author) complain(`${item.id} is signed by nobody`);
      if (kind === 'hotList' && !item.heat) complain(`${item.id} has no heat`);
      seen.add(item.id);
      last = item.minute;
    }
    const actIds = acts.map(({ id }) => id);
    for (const id of actIds.filter((one, index) => actIds.indexOf(one) !== index)) {
      complain(`act ${id} stands twice`);
    }
    for (const [, itemId] of JSON.stringify(acts).matchAll(/\{page:([^}]*)\}/g)) {
      if (!seen.has(itemId ?? '')) complain(`an act names the page ${itemId}, which is no item`);
    }
  });

type ScenarioFile = Readonly<z.infer<typeof ScenarioFileSchema>>;
export type DrillItem = Omit<ScenarioFile['items'][number], 'title' | 'text'> & {
  readonly title: string;
  readonly text: string;
};
export type Scenario = Omit<ScenarioFile, 'items'> & { readonly items: readonly DrillItem[] };

const SCENARIOS = new URL('./scenarios/', import.meta.url);

/** Reads a scenario of this folder by name. @throws {Unreadable} when it does not keep the schema */
export function loadScenario(name = 'linjiang'): Scenario {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Unreadable(`演练情景 ${name}`, undefined);
  try {
    return parseScenario(readFileSync(new URL(`${name}.yaml`, SCENARIOS), 'utf8'));
  } catch (cause) {
    throw new Unreadable(`演练情景 ${name}`, cause);
  }
}

/** @throws {z.ZodError} when the text does not keep the schema */
export function parseScenario(yaml: string): Scenario {
  const file = ScenarioFileSchema.parse(parse(yaml));
  const items: DrillItem[] = [];
  for (const item of file.items) {
    const original = items.find(({ id }) => id === item.copyOf);
    items.push({
      ...item,
      title: item.title ?? `${item.prefix}${original?.title ?? ''}`,
      text: item.text ?? `${item.prefix}${original?.text ?? ''}`,
      ...(original?.dated !== undefined && { dated: original.dated }),
    });
  }
  return { ...file, items };
}

/** What a site shows at this minute, newest first. */
export function itemsAt(scenario: Scenario, siteId: string, elapsed: number): DrillItem[] {
  return scenario.items
    .filter(
      ({ site, minute, until }) =>
        site === siteId && minute <= elapsed && (until === undefined || elapsed < until),
    )
    .reverse();
}

/** A growing count at this minute; whole, never below zero. */
export function countAt(growth: Growth | undefined, minute: number, elapsed: number): number {
  if (!growth) return 0;
  const grown = growth.start + growth.perMinute * Math.max(0, elapsed - minute);
  return Math.max(0, Math.floor(Math.min(grown, growth.most)));
}
