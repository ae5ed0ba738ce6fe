import { openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../config/exit-codes.ts';
import { addressOf, anOfficeFolder, runProduct, stop } from '../support/product-process.ts';

const PAGE_BYTES = 4_096;

test('records with a damaged last page are refused in words, and left as they are', async () => {
  const folder = anOfficeFolder();
  const first = runProduct(folder, []);
  await addressOf(first);
  // The control: whole records, stopped and started again, are no trouble.
  expect(await stop(first)).toBe(EXIT.ok);
  const path = join(folder, 'data/records.db');
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(PAGE_BYTES, 0x5a), 0, PAGE_BYTES, statSync(path).size - PAGE_BYTES);
  const before = readFileSync(path);

  const second = runProduct(folder, []);
  await second.says(
    /records\.db 已损坏（[^）]+）。没有启动，文件没有动过：先整个复制保存，再从备份恢复/,
  );
  expect(await second.ended()).toBe(EXIT.failed);
  expect(readFileSync(path).equals(before)).toBe(true);
});
