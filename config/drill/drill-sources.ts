import { isPolled, SourceSchema, type PolledSource, type Source } from '#ingest';
import type { DrillSite, Scenario } from './scenario.ts';

/** How a page of the sample city is taken apart. */
const READERS = {
  feed: { kind: 'feed' },
  noticeList: {
    kind: 'listPage',
    itemSelector: 'ul.list > li',
    dateSelector: '.date',
    articleTitleSelector: 'h1',
    articleSelector: '.content',
    articleDateSelector: 'time.time',
  },
  board: {
    kind: 'listPage',
    itemSelector: 'tr.thread',
    linkSelector: '.title a',
    dateSelector: '.time',
    authorSelector: '.author',
    interactionSelectors: ['.replies', '.likes'],
    articleTitleSelector: 'h1',
    articleSelector: '.content',
    articleDateSelector: 'time.time',
  },
  hotList: {
    kind: 'jsonList',
    itemsPath: 'data',
    fields: { title: 'title', url: 'url', text: 'summary', publishedAt: 'listedAt', rank: 'rank' },
    hotListScope: 'local',
  },
} as const;

const WHAT_THEY_ARE = {
  feed: { kind: 'app', inputPath: 'rss' },
  noticeList: { kind: 'portal', inputPath: 'publicPage' },
  board: { kind: 'forum', inputPath: 'publicPage' },
  hotList: { kind: 'app', inputPath: 'officialApi' },
} as const satisfies Record<DrillSite['kind'], Pick<Source, 'kind' | 'inputPath'>>;

/** Drill time between two looks; at speed 60 that is once a real second. */
const POLL_EVERY_MS = 60_000;
/** Real time between two requests: the city is on this machine and asks for no more. */
const REQUEST_GAP_MS = 20;

/**
 * The sites of the sample city as sources to read.
 *
 * @param urls `urls.sites` of a running sample city
 */
export function drillSources(
  scenario: Scenario,
  urls: Readonly<Record<string, string>>,
): PolledSource[] {
  return scenario.sites.flatMap((site) => {
    const url = urls[site.id];
    if (url === undefined) return [];
    const { name, mediaTier, outlet, outletKind } = site;
    const source = SourceSchema.parse({
      id: `drill-${site.id}`,
      name,
      ...WHAT_THEY_ARE[site.kind],
      mediaTier,
      outlet,
      outletKind,
      url,
      reader: READERS[site.kind],
      pollEveryMs: POLL_EVERY_MS,
      // The scenario counts on being read by the minute, whatever its rhythm.
      pollLeastMs: POLL_EVERY_MS,
      pollMostMs: POLL_EVERY_MS,
      requestGapMs: REQUEST_GAP_MS,
      lawfulNote: '演练用的本机网站，内容均为虚构',
      seenAt: `演练情景 ${scenario.name}`,
    });
    return isPolled(source) ? [source] : [];
  });
}
