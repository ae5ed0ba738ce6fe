import type { Fetcher } from '#ingest';
import { HttpFetcher } from '../ingest/adapters/http-fetcher.ts';
import type { Settings } from './settings.ts';

const VERSION = '0.1';

/** The one fetcher, with the office's own contact in its name: who is read can reach who reads. */
export function openFetcher({ fetching, office }: Settings): Fetcher {
  const { allowHosts, ...limits } = fetching;
  const contact = office.contact ? `; ${office.contact}` : '';
  return new HttpFetcher({
    limits,
    allowHosts,
    userAgent: `Huiying/${VERSION} (+public service listening${contact})`,
    nowMs: Date.now,
  });
}
