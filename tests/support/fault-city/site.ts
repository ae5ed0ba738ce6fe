import { HOUR_MS, MINUTE_MS } from '#core';
import { toFunnel, type Funnel, type FunnelColumn, type PolledSource } from '#ingest';
import { aPolledSource } from '../sources.ts';
import type { Fault, SiteKind } from './kinds.ts';

/** One thing a site published, as it is in truth. */
export interface Item {
  /** Its place in the day; what was there before the day has negative ones. */
  readonly number: number;
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly at: Date;
  /** As written in the feed. */
  readonly published: string;
  /** Where it has to end when it is first read. */
  readonly column: FunnelColumn;
}

/** A page that went out whole and can be read; `wholePage` where it counts as one thing. */
interface Serving {
  readonly at: number;
  readonly items: readonly Item[];
  readonly wholePage: boolean;
}

export interface Site {
  readonly kind: SiteKind;
  readonly host: string;
  readonly source: PolledSource;
  readonly items: readonly Item[];
  readonly servings: Serving[];
  /** When each article page first went out. */
  readonly articleAt: Map<string, number>;
  /** When a page was asked for, and whether it was refused with a wait. */
  readonly requests: { readonly at: number; readonly fault: Fault | undefined }[];
}

const BACKLOG = 10;
const SHOWN = 20;
const PER_HOUR = 0.75;

/** The index-th site of the city, with its whole day ahead. */
export function openSite(
  kind: SiteKind,
  index: number,
  startsAt: Date,
  { port, tlsPort }: { readonly port: number; readonly tlsPort: number },
): Site {
  const id = `s${String(index).padStart(3, '0')}`;
  const host = `${id}.test`;
  const source = aPolledSource({
    id,
    name: `${kind.what} (${id})`,
    kind: 'portal',
    inputPath: kind.page === 'feed' ? 'rss' : 'publicPage',
    mediaTier: 'M3',
    url: kind.isHttps ? `https://${host}:${tlsPort}/` : `http://${host}:${port}/`,
    reader:
      kind.page === 'feed'
        ? { kind: 'feed' }
        : {
            kind: 'listPage',
            itemSelector: 'li',
            dateSelector: 'time',
            articleSelector: 'article',
          },
    // Unlike each other, as sources are: not all of them are due at one moment.
    pollEveryMs: (kind.pollEveryMinutes ?? 30 + (index % 11)) * MINUTE_MS,
    requestGapMs: 0,
  });
  const items = itemsOf(kind, index, startsAt);
  return { kind, host, source, items, servings: [], articleAt: new Map(), requests: [] };
}

function itemsOf(kind: SiteKind, index: number, startsAt: Date): Item[] {
  const { perHour = PER_HOUR, backlog = BACKLOG, lastHour = 24, burst = 0 } = kind;
  const everyMs = HOUR_MS / perHour;
  const shift = (index * 7 * MINUTE_MS) % everyMs;
  const inTheDay = Math.floor(lastHour * perHour);
  const moments = Array.from({ length: backlog + inTheDay }, (_, nth) => ({
    number: nth - backlog,
    atMs: startsAt.getTime() + (nth - backlog) * everyMs + shift,
  }));
  const bursting = Array.from({ length: burst }, (_, nth) => ({
    number: 1_000 + nth,
    atMs: startsAt.getTime() + 11 * HOUR_MS + nth * 1_000,
  }));
  return [...moments, ...bursting]
    .toSorted((a, b) => b.atMs - a.atMs)
    .map(({ number, atMs }) => toItem(kind, index, number, new Date(atMs)));
}

function toItem(kind: SiteKind, index: number, number: number, at: Date): Item {
  const named = kind.sharedWith ?? `第${index}站`;
  const entry = kind.entry?.(Math.abs(number));
  return {
    number,
    path: `/a/${number}.html`,
    title: entry?.title ?? `${named}第${number}条消息`,
    text: entry?.text ?? `${named}报道：临江市江北区第${number}件事正在处理，居民 A & B 表示关注。`,
    at,
    published: entry?.published ?? at.toUTCString(),
    column: entry?.column ?? 'new',
  };
}

/** What the site's page shows at a moment, the newest first. */
export function shownAt({ kind, items }: Site, at: Date): readonly Item[] {
  const shown = items.filter((item) => item.at <= at).slice(0, kind.shown ?? SHOWN);
  return kind.isEachTwice ? shown.flatMap((item) => [item, item]) : shown;
}

/** Where everything that a site really served has to have gone, once everything was read. */
export function expectedFunnel({ kind, servings, articleAt }: Site): Funnel {
  const known = new Set<Item>();
  return toFunnel(
    servings.flatMap(({ at, items, wholePage }): FunnelColumn[] => {
      if (wholePage) return ['quarantined'];
      return items.flatMap((item): FunnelColumn[] => {
        // A row whose article has not gone out yet waits for a later look.
        if (kind.page === 'list' && !((articleAt.get(item.path) ?? Infinity) <= at)) return [];
        const isKnown = known.has(item);
        known.add(item);
        return [isKnown && item.column === 'new' ? 'duplicate' : item.column];
      });
    }),
  );
}

/** Items that went out whole and have to be a post now. */
export function servedItems(site: Site): ReadonlySet<Item> {
  const { kind, servings, articleAt } = site;
  const served = servings.flatMap(({ items, wholePage }) => (wholePage ? [] : items));
  return new Set(
    served.filter(
      ({ column, path }) => column === 'new' && (kind.page === 'feed' || articleAt.has(path)),
    ),
  );
}
