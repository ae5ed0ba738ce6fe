import { createHash } from 'node:crypto';

/** The partition of a key, 0 to count - 1: ours to say, so that one send never carries two. */
export function partitionOf(key: string, count: number): number {
  return createHash('sha256').update(key).digest().readUInt32BE() % count;
}
