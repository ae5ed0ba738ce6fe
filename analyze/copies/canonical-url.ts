import type { GroupingPack } from '../events/grouping-pack.ts';

/**
 * An address without what differs between two ways to one page: scheme, `www` and mobile hosts, fragment,
 * tracking parameters, order of parameters, closing slash.
 *
 * @returns undefined when it is no web address, or a front page, which carries many texts
 */
export function canonicalUrl(
  url: string,
  rule: GroupingPack['copies']['address'],
): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, searchParams } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  const path = pathname.replace(/\/+$/, '');
  const parameters = [...searchParams]
    .filter(([name]) => !isTracking(name.toLowerCase(), rule.trackingParameters))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  if (path === '' && parameters.length === 0) return undefined;
  const query = parameters.length > 0 ? `?${parameters.join('&')}` : '';
  return `${plainHost(host, rule.hostPrefixes)}${path}${query}`;
}

/** `utm_*` stands for all that begin so. */
function isTracking(name: string, parameters: readonly string[]): boolean {
  return parameters.some((one) =>
    one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one,
  );
}

/** m.news.cn and www.news.cn are news.cn; of m.cn nothing is left to take away. */
function plainHost(host: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((one) => host.startsWith(one));
  const rest = host.slice(prefix?.length ?? 0);
  return rest.includes('.') ? rest : host;
}
