import type { Scenario } from './scenario.ts';

/** How a page of the sample city is taken apart: CSS selectors, or names of JSON fields. */
const READERS = {
  feed: { kind: 'feed' },
  noticeList: {
    kind: 'list',
    row: 'ul.list > li',
    link: 'a',
    date: '.date',
    article: { title: 'h1', text: '.content', publishedAt: 'time.time' },
  },
  board: {
    kind: 'list',
    row: 'tr.thread',
    link: '.title a',
    date: '.time',
    author: '.author',
    interactions: ['.replies', '.likes'],
    article: { title: 'h1', text: '.content', publishedAt: 'time.time' },
  },
  hotList: {
    kind: 'json',
    rows: 'data',
    title: 'title',
    text: 'summary',
    link: 'url',
    rank: 'rank',
    heat: 'heat',
    publishedAt: 'listedAt',
    hotListScope: 'local',
  },
} as const;

/** Drill time between two looks; a reader at speed 60 looks once a real second. */
const POLL_EVERY_MS = 60_000;
/** Real time between two requests: the city is on this machine and asks for no more. */
const REQUEST_GAP_MS = 20;

const INPUT_PATHS = { feed: 'feed', noticeList: 'page', board: 'page', hotList: 'api' } as const;

/** What a source of a drill says of itself; the frame turns it into the settings of `ingest`. */
export type DrillSource = ReturnType<typeof drillSources>[number];

/**
 * The sites of the sample city as sources to read.
 *
 * @param urls `urls.sites` of a running sample city
 */
export function drillSources(scenario: Scenario, urls: Readonly<Record<string, string>>) {
  return scenario.sites.flatMap((site) => {
    const url = urls[site.id];
    if (url === undefined) return [];
    return {
      id: `drill-${site.id}`,
      name: site.name,
      kind: site.kind,
      inputPath: INPUT_PATHS[site.kind],
      mediaTier: site.mediaTier,
      outlet: site.outlet,
      outletKind: site.outletKind,
      url,
      reader: READERS[site.kind],
      pollEveryMs: POLL_EVERY_MS,
      requestGapMs: REQUEST_GAP_MS,
      lawfulNote: '演练用的本机网站，内容均为虚构',
      seenAt: url,
    };
  });
}
