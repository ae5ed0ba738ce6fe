import type { Now } from '#core';
import type { Fetcher, FetchRequest, FetchResult } from './ports.ts';
import type { Source } from './source.ts';
import { waiverInForce } from './tls-waiver.ts';

/** What is asked of the fetcher for a source's page or article: the waiver goes along for the source's own host only. */
export function toRequest(source: Source, url: string, now: Date): FetchRequest {
  const waiver = waiverInForce(source.tlsWaiver, now);
  const { requestGapMs } = source;
  if (!waiver) return { url, requestGapMs };
  const { weaknesses } = waiver;
  return { url, requestGapMs, tlsWaiver: { host: new URL(source.url).host, weaknesses } };
}

/** Asks for a source's pages, whatever we hold of them already. */
export const askFor =
  (
    source: Source,
    { fetcher, now }: { readonly fetcher: Pick<Fetcher, 'get'>; readonly now: Now },
  ) =>
  async (url: string): Promise<FetchResult> =>
    await fetcher.get(toRequest(source, url, now()));
