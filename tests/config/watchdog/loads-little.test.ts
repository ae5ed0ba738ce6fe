import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const { imports } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  imports: Record<string, string>;
};

/** Files of ours that a file loads when it starts; what an action imports later is not among them. */
function loadedWith(entry: string): string[] {
  const found = new Set<string>();
  const look = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(new URL(path, ROOT), 'utf8');
    for (const [, clause = '', from = ''] of text.matchAll(
      /^(?:import|export)\s+([^;]*?)\s*from '([.#][^']+)';/gms,
    )) {
      const names = clause
        .replaceAll(/[{}]/g, '')
        .split(',')
        .filter((name) => name.trim() !== '');
      const isType = clause.startsWith('type ') || names.every((name) => /^\s*type\s/.test(name));
      if (isType) continue;
      const target = from.startsWith('#')
        ? new URL(imports[from] ?? '', ROOT)
        : new URL(from, new URL(path, ROOT));
      look(fileURLToPath(target).slice(fileURLToPath(ROOT).length));
    }
  };
  look(entry);
  return [...found];
}

const HEAVY = /^(?:ingest|analyze|respond|dashboards\/(?:server|web|briefings))\//;

test('the command line loads no part of the product before a command is chosen', () => {
  expect(loadedWith('config/main.ts').filter((path) => HEAVY.test(path))).toEqual([]);
  expect(loadedWith('config/main.ts')).not.toContain('config/compose.ts');
});

test('the watchdog loads nothing that posts are read or judged with', () => {
  const loaded = loadedWith('config/watchdog/watchdog.ts');
  expect(loaded).toContain('alert/adapters/channels/email.ts');
  expect(loaded.filter((path) => HEAVY.test(path))).toEqual([]);
});

test('the look finds what serving loads, so that it could find it elsewhere', () => {
  expect(loadedWith('config/serve.ts').filter((path) => HEAVY.test(path)).length).toBeGreaterThan(
    100,
  );
});
