import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../config/exit-codes.ts';
import {
  addressOf,
  anOfficeFolder,
  runProduct,
  stop,
  type ProductProcess,
} from '../support/product-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** This Node and, where the machine has them, others on the path that are too old for the product. */
function nodes(): { version: string; node: string }[] {
  const others = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/') && !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .filter((path) => existsSync(path))
    .map((node) => ({ node, version: execFileSync(node, ['--version'], { encoding: 'utf8' }) }))
    .filter(({ version }) => Number(/^v(\d+)/.exec(version)?.[1]) < 24);
  const own = { node: process.execPath, version: process.version };
  return [own, ...others.slice(0, 1)].map(({ node, version }) => ({
    node,
    version: version.trim(),
  }));
}

describe.for(nodes())('the launcher under Node $version', ({ node }) => {
  const entry = fileURLToPath(new URL('../../config/huiying.js', import.meta.url));
  const launch = (folder: string, ...args: string[]): ProductProcess =>
    runProduct(folder, args, { node, entry });

  test('hands on the words and the exit codes of what it runs', async () => {
    const help = launch(tempFolder(), '--help');
    const wrong = launch(tempFolder(), 'config', 'chek');
    expect([await help.ended(), await wrong.ended()]).toEqual([EXIT.ok, EXIT.usage]);
    expect(help.stdout()).toMatch(/^Usage: huiying /);
    expect(wrong.stderr()).toContain('Did you mean check?');
  });

  test('starts the product, and ends it when it is ended itself', async () => {
    const product = launch(anOfficeFolder());
    const url = await addressOf(product);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(await stop(product)).toBe(EXIT.ok);
    expect(product.stderr()).toContain('已停止。');
    await expect(fetch(`${url}/livez`)).rejects.toThrow('fetch failed');
  });
});
