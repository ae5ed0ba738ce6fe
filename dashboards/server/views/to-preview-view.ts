import type { PreviewView } from '#contract';
import type { Preview, PreviewItem } from '#ingest';

/** A preview for the screen: plain text, and links only where they lead to the web. */
export function toPreviewView({ problem, encoding, items, unparsable }: Preview): PreviewView {
  const words = problem?.kind === 'notUnderstood' ? '读到了，但无法理解' : '没有读到';
  return {
    ...(problem && { problem: `${words}：${problem.message}` }),
    ...(encoding !== undefined && { encoding }),
    items: items.map(toPreviewItemView),
    unparsable,
  };
}

/** One item: plain text, and its link only where it leads to the web. */
export function toPreviewItemView(item: PreviewItem): PreviewView['items'][number] {
  const { title, url, text, published, publishedAt, column, problem } = item;
  return {
    title,
    ...(/^https?:\/\//i.test(url) && { url }),
    text,
    published,
    ...(publishedAt && { publishedAt: publishedAt.toISOString() }),
    column,
    ...(problem !== undefined && { problem }),
  };
}
