import { HOUR_MS } from '#core';
import { SITE_KINDS } from './kinds.ts';
import { faultOf, startFaultServer } from './server.ts';
import { openSite, type Site } from './site.ts';

export interface FaultCity {
  readonly sites: readonly Site[];
  /** Names of this machine that the fetcher may read. */
  readonly allowHosts: readonly string[];
  /** Where the city's names lead. */
  readonly resolve: (hostname: string) => Promise<{ address: string; family: number }[]>;
  /** Whether who asks at this address now would wait for ever. */
  readonly keepsWaiting: (url: string) => boolean;
  close(): Promise<void>;
}

/** The whole city is out, from 14:00 to 14:40. */
export const OUTAGE_HOURS = [14, 14 + 40 / 60] as const;

/** Opens a city of so many sites on loopback, each with its own day; `now` is the city's time too. */
export async function openFaultCity(options: {
  readonly size: number;
  readonly startsAt: Date;
  readonly now: () => Date;
}): Promise<FaultCity> {
  const { size, startsAt, now } = options;
  const sites = new Map<string, Site>();
  const hourOf = (): number => (now().getTime() - startsAt.getTime()) / HOUR_MS;
  const server = await startFaultServer({
    siteOf: (host) => sites.get(host.replace(/^new-/, '')),
    now,
    hourOf,
    isOut: () => hourOf() >= OUTAGE_HOURS[0] && hourOf() < OUTAGE_HOURS[1],
  });
  for (const kind of SITE_KINDS) {
    const count = Math.max(1, Math.round((kind.count * size) / 120));
    for (let nth = 0; nth < count; nth += 1) {
      const site = openSite(kind, sites.size, startsAt, server);
      sites.set(site.host, site);
    }
  }
  const hosts = [...sites.keys()];
  return {
    sites: [...sites.values()],
    allowHosts: hosts.flatMap((host) => [host, `new-${host}`]),
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    keepsWaiting: (url) => {
      const { hostname, pathname } = new URL(url);
      const site = sites.get(hostname);
      const fault = site && faultOf(site, pathname, hourOf());
      return fault === 'hang' || fault === 'drip';
    },
    close: server.close,
  };
}
