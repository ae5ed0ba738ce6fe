import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SettingsSchema } from '../config/settings.ts';

/** A doc names what exists. Each check is shown a known-bad sample first, so that it cannot pass by finding nothing. */
interface Doc {
  readonly path: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const FILES = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));
const FOLDERS = new Set(
  FILES.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  }),
);
const PLACES = [...FILES, ...FOLDERS];
const TOP = new Set(PLACES.map((path) => path.split('/')[0] ?? ''));

const DOCS: Doc[] = FILES.filter((path) => /^(?:[A-Z]+\.md|docs\/.+\.md)$/.test(path)).map(
  (path) => ({ path, text: read(path) }),
);
/** Its code names come from the whole vocabulary, also of what is still to be built. */
const isGlossary = ({ path }: Doc): boolean => path === 'docs/glossary.md';

/** Folders that an operator makes, where a doc says so. */
const NOT_OURS = ['docker/settings'];

const fencesOf = (text: string): string[] =>
  [...text.matchAll(/^ *```[^\n]*\n([^]*?)^ *```/gm)].map(([, code]) => code ?? '');
const spansOf = (text: string): string[] =>
  [...text.replaceAll(/^ *```[^]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, code]) => code ?? '',
  );
const codeOf = (text: string): string[] => [...spansOf(text), ...fencesOf(text)];

/** Files and folders of this repository that a doc names and that are not there. */
function missingPaths({ text }: Doc): string[] {
  const words = codeOf(text).flatMap((code) => code.split(/[\s"'()，：；]+/));
  const named = words.filter((word) => {
    if (!/^[\w@.][\w@./*-]*$/.test(word) || /^\.{1,2}\//.test(word)) return false;
    const isUnderTop = word.includes('/') && TOP.has(word.split('/')[0] ?? '');
    return isUnderTop || /\w\.(?:ts|vue|js|mjs|yaml|md|json|css|html|png)$/.test(word);
  });
  return named.filter((word) => !isThere(word.replace(/\/$/, '')));
}

function isThere(word: string): boolean {
  const pattern = new RegExp(
    `(?:^|/)${word
      .replaceAll(/[.@]/g, String.raw`\$&`)
      .replaceAll('**', '.+')
      .replaceAll(/(?<!\.)\*/g, '[^/]*')}$`,
  );
  if (NOT_OURS.includes(word)) return true;
  return PLACES.some((place) => pattern.test(place));
}

const SCRIPTS = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const missingScripts = ({ text }: Doc): string[] =>
  [...text.matchAll(/\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)/g)]
    .map(([, script, short]) => script ?? short ?? '')
    .filter((script) => !Object.hasOwn(SCRIPTS, script));

/** As GitHub makes them from headings. */
const anchorsOf = (text: string): string[] =>
  [...text.replaceAll(/^ *```[^]*?^ *```/gm, '').matchAll(/^#+ +(.+)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

function deadLinks({ path, text }: Doc): string[] {
  const links = [
    ...text.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g),
    ...text.matchAll(/(?:src|href)="([^"]+)"/g),
  ].map(([, link]) => link ?? '');
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = decodeURI(link).split('#');
    const target = file === '' ? path : join(dirname(path), file);
    if (target !== path && !PLACES.includes(target.replace(/\/$/, ''))) return true;
    return (
      anchor !== undefined && !anchorsOf(target === path ? text : read(target)).includes(anchor)
    );
  });
}

const SOURCE = FILES.filter(
  (path) => !path.endsWith('.md') && /\.(?:ts|vue|js|mjs|yaml|json)$|Dockerfile$/.test(path),
)
  .filter((path) => path !== 'tests/docs.test.ts' && path !== 'package-lock.json')
  .map(read)
  .join('\n');
const KNOWN_NAMES = new Set(SOURCE.match(/[A-Za-z_]\w*/g));

/** Names of code and of the environment that nothing here bears: `createPoller`, `PRESS_24H`, `HUIYING_…`. */
function missingNames(doc: Doc): string[] {
  const names = spansOf(doc.text).filter((code) =>
    /^(?:[a-z]+\d*[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|[A-Z][A-Z\d]*_[A-Z\d_]+)$/.test(code),
  );
  const variables = doc.text.match(/\bHUIYING_[A-Z_]+\b/g) ?? [];
  return [...names, ...variables].filter((name) => !KNOWN_NAMES.has(name));
}

/** Settings written with their path, such as `server.port`. */
function missingSettings({ text }: Doc): string[] {
  const schema = z.toJSONSchema(SettingsSchema, { io: 'input' });
  const isSetting = (path: string): boolean => {
    let at: unknown = schema;
    for (const key of path.split('.')) {
      at = (at as { properties?: Record<string, unknown> } | undefined)?.properties?.[key];
    }
    return at !== undefined;
  };
  return spansOf(text)
    .filter((code) => /^[a-z]+(?:\.[a-zA-Z]+)+$/.test(code))
    .filter((code) => Object.hasOwn(schema.properties ?? {}, code.split('.')[0] ?? ''))
    .filter((code) => !isSetting(code));
}

const MAIN = read('config/main.ts');
const COMMANDS = new Set([...MAIN.matchAll(/\.command\('(\w+)/g)].map(([, name]) => name ?? ''));

/** Commands and options of `huiying` that it does not have. */
function missingCommands({ text }: Doc): string[] {
  const lines = codeOf(text)
    .flatMap((code) => code.split(/\n|&&/))
    .map((line) => line.replace(/#.*$/, ''));
  return lines.flatMap((line) => {
    const called = /(?:^|\s)huiying(\s.*)$/.exec(line)?.[1];
    if (called === undefined) return [];
    const [first] = called.trim().split(/\s+/);
    const options = called.match(/--[a-z][a-z-]*/g) ?? [];
    return [
      ...(first && /^[a-z]+$/.test(first) && !COMMANDS.has(first) ? [first] : []),
      ...options.filter((option) => option !== '--help' && !MAIN.includes(option)),
    ];
  });
}

const aDoc = (text: string): Doc => ({ path: 'docs/sample.md', text });

test('there are docs to look at', () => {
  expect(DOCS.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['docs/architecture.md', 'docs/glossary.md']),
  );
});

describe.for([
  {
    what: 'names no file or folder that is gone',
    find: missingPaths,
    good: '`core/log.ts`, `log.ts`, `tests/contracts/`, `config/packs/*.yaml`, `./data`, `/readyz`',
    bad: 'see `core/gone.ts`, run `npx vitest run tests/nowhere` or\n```sh\nnode bench/gone.ts\n```\n',
    found: ['core/gone.ts', 'tests/nowhere', 'bench/gone.ts'],
  },
  {
    what: 'names no script that npm does not have',
    find: missingScripts,
    good: 'npm start, npm test, `npm run verify`, `npm run`',
    bad: 'first `npm run everything`, then npm run check',
    found: ['everything'],
  },
  {
    what: 'has no link that leads nowhere',
    find: deadLinks,
    good: '# A heading\n[a](architecture.md#the-rooms) [b](../core/log.ts) [c](#a-heading) [d](https://x.test)',
    bad: '[a](gone.md) [b](architecture.md#no-such-heading) <img src="pictures/gone.png">',
    found: ['gone.md', 'architecture.md#no-such-heading', 'pictures/gone.png'],
  },
  {
    what: 'names no code that is gone',
    find: missingNames,
    good: '`createPoller`, `PRESS_24H`, `OpinionEvent`, `HUIYING_SETTINGS`',
    bad: '`createNothing`, `PRESS_99H`, `GoneThing`, `HUIYING_GONE=1 npm start`',
    found: ['createNothing', 'PRESS_99H', 'GoneThing', 'HUIYING_GONE'],
  },
  {
    what: 'names no setting that does not exist',
    find: missingSettings,
    good: '`server.port`, `channels.email.password`, `records.db`',
    bad: '`server.portt`, `channels.fax.number`',
    found: ['server.portt', 'channels.fax.number'],
  },
  {
    what: 'names no command or option that huiying does not have',
    find: missingCommands,
    good: '`npx huiying user add li --name 李四`, `huiying doctor --json`, `huiying --help`',
    bad: '`huiying destroy`\n```sh\nnpx huiying doctor --mend # --json\n```\n',
    found: ['destroy', '--mend'],
  },
])('a doc $what', ({ find, good, bad, found }) => {
  test('and a sample that does is caught', () => {
    expect(find(aDoc(bad))).toEqual(found);
    expect(find(aDoc(good))).toEqual([]);
  });

  const docs = find === missingNames ? DOCS.filter((doc) => !isGlossary(doc)) : DOCS;
  test.for(docs)('$path', (doc) => {
    expect(find(doc)).toEqual([]);
  });
});
