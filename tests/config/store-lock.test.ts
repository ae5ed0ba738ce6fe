import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '../../config/store-lock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MODULE = new URL('../../config/store-lock.ts', import.meta.url).href;

/** Another process that holds a folder until it is killed. */
async function holdElsewhere(folder: string): Promise<{ kill(): Promise<void> }> {
  const script = `
    import { lockFolder } from ${JSON.stringify(MODULE)};
    lockFolder(${JSON.stringify(folder)});
    console.log('held');
    process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data', { signal: AbortSignal.timeout(10_000) });
  return {
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

const inUse = (folder: string): Error =>
  expect.objectContaining({
    code: 'STORE_IN_USE',
    message: `数据目录 ${folder} 正被另一个回应进程使用；同一目录只能有一个进程`,
  }) as Error;

test('a folder is made when it is not there, for its own user only', () => {
  const folder = join(tempFolder(), 'data', 'huiying');
  const lock = lockFolder(folder);
  onTestFinished(() => lock.close());
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a folder that is held is held for one alone, and free again once it is let go', () => {
  const folder = tempFolder();
  const first = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(inUse(folder));
  first.close();
  const second = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(inUse(folder));
  second.close();
});

test('two folders are held side by side', () => {
  const locks = [lockFolder(tempFolder()), lockFolder(tempFolder())];
  for (const lock of locks) lock.close();
  expect(locks).toHaveLength(2);
});

test('what another process holds is free as soon as that process is gone, however it went', async () => {
  const folder = tempFolder();
  const other = await holdElsewhere(folder);
  expect(() => lockFolder(folder)).toThrow(inUse(folder));
  await other.kill();
  const lock = lockFolder(folder);
  onTestFinished(() => lock.close());
  expect(() => lockFolder(folder)).toThrow(inUse(folder));
});

// Fixed: both ended in a stack trace.
test('a folder that cannot be made, or holds no database, is named with the reason', () => {
  const file = join(tempFolder(), 'a-file');
  writeFileSync(file, '');
  const under = join(file, 'data');
  const unusable = (folder: string): Error =>
    expect.objectContaining({
      code: 'STORE_UNUSABLE',
      message: expect.stringMatching(`^数据目录 ${folder} 不能用：.+`) as string,
    }) as Error;
  expect(() => lockFolder(under)).toThrow(unusable(under));

  const spoilt = tempFolder();
  writeFileSync(
    join(spoilt, 'lock.db'),
    'this is no database, and longer than a header is'.repeat(9),
  );
  expect(() => lockFolder(spoilt)).toThrow(unusable(spoilt));
});
