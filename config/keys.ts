import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys the product makes for itself at its first start; readable by its own user only. */
export interface Keys {
  /** For raw bytes at rest, 32 bytes. */
  readonly rawItems: Buffer;
  /** For the links in messages, 32 bytes. */
  readonly links: Buffer;
  /** For the secrets of second factors at rest, 32 bytes. */
  readonly secondFactors: Buffer;
}

/** @returns the key kept in `folder` under this name, made when it is not there yet */
function keyOf(folder: string, name: string): Buffer {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}

export function openKeys(folder: string): Keys {
  return {
    rawItems: keyOf(folder, 'raw-items.key'),
    links: keyOf(folder, 'links.key'),
    secondFactors: keyOf(folder, 'second-factors.key'),
  };
}
