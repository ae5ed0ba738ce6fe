import { toFunnel, toPreviewItem, type Reparsed } from '#ingest';
import type { ReparsedView } from '#contract';
import { toPreviewItemView } from './to-preview-view.ts';

/** The rest is counted, not shown. */
const SHOWN = 10;

/** What came out of a quarantined item, for the screen: plain text, and links only where they lead to the web. */
export function toReparsedView({ raw, problem, found, ended, waiting }: Reparsed): ReparsedView {
  return {
    id: raw.id,
    ...(problem !== undefined && { problem }),
    funnel: toFunnel(ended),
    waiting,
    items: found
      .slice(0, SHOWN)
      .map(({ item, judged }) => toPreviewItemView(toPreviewItem(item, judged, raw.at))),
  };
}
