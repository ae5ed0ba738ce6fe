import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 of text or bytes, hex. */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A deterministic id: the same parts give the same id, so repeating a write is harmless. */
export function idOf(...parts: readonly string[]): string {
  return digestOf(parts.join('\u001f')).slice(0, 24);
}

/** A fresh random id, for things that exist because a person acted. */
export function newId(): string {
  return randomBytes(12).toString('hex');
}
