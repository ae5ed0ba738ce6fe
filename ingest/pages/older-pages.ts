import type { ParsedFeed } from '../feeds/parse-feed.ts';
import type { PollDeps } from '../polling/poll-source.ts';
import { readFetched } from './read-fetched.ts';
import { olderPageUrl, readPage } from './read-page.ts';
import type { PolledSource } from '../source.ts';
import { askFor } from '../to-request.ts';
import type { SourceState } from '../source-state.ts';

interface ReadList {
  readonly text: string;
  readonly url: string;
  readonly page: ParsedFeed;
}

/**
 * When all that a list shows is new, what left it since the last look stands on its older pages: they are
 * read up to the first row that is known, or as many as the source allows. A page that cannot be read ends
 * it; the possible gap then stays marked.
 */
export async function withOlderPages(
  first: ReadList,
  source: PolledSource,
  { lastOkAt }: SourceState,
  deps: Pick<PollDeps, 'fetcher' | 'states' | 'now'>,
): Promise<ParsedFeed> {
  const { reader, id } = source;
  const ask = askFor(source, deps);
  let { text, url, page } = first;
  // At the first look everything is new, and nothing was missed.
  if (!lastOkAt) return page;
  let { items, unparsable } = page;
  for (let pagesRead = 1; ; pagesRead += 1) {
    const known = await deps.states.findSeen(
      id,
      page.items.map(({ key }) => key),
    );
    const older = known.size === 0 ? olderPageUrl(text, reader, url, pagesRead) : undefined;
    if (older === undefined) break;
    const fetched = await ask(older);
    if (fetched.kind !== 'ok') break;
    const reading = await readFetched(fetched, (shown, from) => readPage(shown, reader, from), ask);
    if (reading.kind !== 'read') break;
    ({ text, value: page } = reading);
    url = reading.page.finalUrl;
    items = [...items, ...page.items];
    unparsable += page.unparsable;
  }
  return { items, unparsable };
}
