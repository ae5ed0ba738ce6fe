/** What a site's robots.txt says, by product token: the name of a crawler without its version. */
export interface Robots {
  /** Whether the agent may fetch the address; yes where nothing is said. */
  isAllowed(url: string, agent: string): boolean;
  /** The pause the site asks for between two requests, ms; undefined when it asks for none. */
  crawlDelayMs(agent: string): number | undefined;
}

interface Rule {
  readonly isAllow: boolean;
  readonly pattern: string;
}

interface Group {
  readonly rules: Rule[];
  crawlDelayMs?: number;
}

/** RFC 9309 2.5: at least 500 KiB must be read. */
const MOST_CHARACTERS = 500 * 1_024;
/** A line as it should be, then as some write it: without its colon. */
const LINE = /^([^:]*?)\s*:\s*(.*)$|^(\S+)\s+(\S+)$/;
/** A misspelt order is still meant. */
const KEYS: readonly (readonly [RegExp, 'agent' | 'allow' | 'disallow' | 'delay'])[] = [
  [/^user[\s-]?agent$/i, 'agent'],
  [/^allow$/i, 'allow'],
  [/^(?:dis+al+ow|dis+al+aw|dia?sal+ow)$/i, 'disallow'],
  [/^crawl[\s-]?delay$/i, 'delay'],
];

/**
 * Reads a robots.txt once, by RFC 9309 and, where that is silent, as Google's parser does.
 *
 * The longest matching pattern decides, and allows when two are as long. Groups of one agent are one group; orders
 * before any agent are nobody's; an agent that is named anywhere does not read what is said to all.
 */
export function parseRobots(text: string): Robots {
  const groups = readGroups(text);
  const groupOf = (agent: string): Group | undefined =>
    groups.get(agent.toLowerCase()) ?? groups.get('*');
  return {
    isAllowed(url, agent) {
      const path = pathOf(url);
      return decide(groupOf(agent)?.rules ?? [], path);
    },
    crawlDelayMs: (agent) => groupOf(agent)?.crawlDelayMs,
  };
}

/** The name by which robots.txt knows us: `Huiying` of `Huiying/0.1 (+contact)`. */
export const productToken = (userAgent: string): string =>
  /^[A-Za-z_-]*/.exec(userAgent)?.[0] ?? '';

function readGroups(text: string): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  let current: Group[] = [];
  let isInRules = true;
  for (const line of text
    .slice(0, MOST_CHARACTERS)
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)) {
    const [key, value] = readLine(line);
    if (key === 'agent') {
      // Agents one below the other share what follows; other lines between them change nothing.
      if (isInRules) current = [];
      isInRules = false;
      current.push(groupFor(groups, value));
    } else if (key === 'delay') {
      const seconds = Number(value);
      if (value !== '' && seconds >= 0)
        for (const group of current) group.crawlDelayMs = seconds * 1_000;
    } else if (key) {
      isInRules = true;
      const rule = { isAllow: key === 'allow', pattern: normalised(value) };
      // An empty pattern says nothing.
      if (value !== '') for (const group of current) group.rules.push(rule);
    }
  }
  return groups;
}

function readLine(line: string): readonly [(typeof KEYS)[number][1] | undefined, string] {
  const [, key, value, bareKey, bareValue] = LINE.exec(line.replace(/#.*$/, '').trim()) ?? [];
  const name = (key ?? bareKey ?? '').trim();
  return [KEYS.find(([pattern]) => pattern.test(name))?.[1], (value ?? bareValue ?? '').trim()];
}

function groupFor(groups: Map<string, Group>, agent: string): Group {
  const isAll = /^\*(?:\s|$)/.test(agent);
  const name = isAll ? '*' : productToken(agent).toLowerCase();
  const group = groups.get(name) ?? { rules: [] };
  groups.set(name, group);
  return group;
}

function decide(rules: readonly Rule[], path: string): boolean {
  let longest = -1;
  let isAllowed = true;
  for (const { isAllow, pattern } of rules) {
    if (pattern.length < longest || !matches(pattern, path, isAllow)) continue;
    isAllowed = isAllow || (pattern.length === longest && isAllowed);
    longest = pattern.length;
  }
  return isAllowed;
}

function matches(pattern: string, path: string, isAllow: boolean): boolean {
  if (matchesPath(pattern, path)) return true;
  // Who allows a folder's index.html allows the folder.
  const folder = isAllow ? /^(.*\/)index\.html?$/.exec(pattern)?.[1] : undefined;
  return folder !== undefined && matchesPath(`${folder}$`, path);
}

/** `*` stands for anything, `$` at the end for the end. Without backtracking: patterns are a stranger's. */
function matchesPath(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const [first = '', ...parts] = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = isWhole ? parts.pop() : undefined;
  if (isWhole && last === undefined) return path.length === at;
  for (const part of parts) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return last === undefined || (path.endsWith(last) && path.length - last.length >= at);
}

/** Path and query of an address as written, with percent-encoding in one spelling. */
function pathOf(url: string): string {
  const afterHost = url.replace(/^[a-z][a-z\d+.-]*:/i, '').replace(/^\/\/[^/?#]*/, '');
  const path = afterHost.replace(/#.*$/s, '');
  return upperEscapes(path.startsWith('/') ? path : `/${path}`);
}

/** A pattern in the spelling of addresses: characters beyond ASCII percent-encoded, capitals in escapes. */
const normalised = (pattern: string): string =>
  upperEscapes(
    pattern.replace(/[\u0080-\uffff]+/g, (words) => encodeURIComponent(words.toWellFormed())),
  );

const upperEscapes = (text: string): string =>
  text.replace(/%[\da-f]{2}/gi, (escape) => escape.toUpperCase());
