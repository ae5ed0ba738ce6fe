#!/usr/bin/env node
// The launcher: runs the product on Node 24, whatever Node the user has. Plain JavaScript on purpose.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const main = fileURLToPath(new URL('./cli.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  await import(main);
} else {
  const own = ['./node_modules/.bin/node', '../../.bin/node', '../.bin/node']
    .map((path) => fileURLToPath(new URL(`../${path.replace('./', '')}`, import.meta.url)))
    .find((path) => existsSync(path));
  if (!own) {
    console.error(
      `回应需要 Node ${NEEDED} 或更高版本，当前是 ${process.versions.node}；请安装后重试。`,
    );
    process.exit(1);
  }
  const child = spawn(own, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
