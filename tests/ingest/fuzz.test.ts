import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PolledReaderSchema } from '../../ingest/source.ts';
import { fuzzInput, takeThrough, type FuzzInput } from '../support/fuzz.ts';

/** Some 5 s on one core, and a minute where changes are judged. */
const INPUTS = process.env['CI'] === 'true' ? 10_000 : 800;
const FIRST_SEED = 20_260_302;
const SLOWEST_MS = 1_000;
const MOST_HEAP_BYTES = 300_000_000;
const SEEDS = fileURLToPath(new URL('../fixtures/fuzz-seeds/', import.meta.url));

/** Undefined when all is well; else what was wrong, in one line. */
function fault(input: FuzzInput): string | undefined {
  try {
    const tookMs = quickest(input);
    return tookMs > SLOWEST_MS ? `seed ${input.seed} took ${Math.round(tookMs)} ms` : undefined;
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `seed ${input.seed} threw ${what.split('\n').slice(0, 4).join(' ')}`;
  }
}

/** Time of this thread's own work, ms: what else the machine does is no fault of ours. */
function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** A slow input is taken again: neither is a collection of garbage. */
function quickest(input: FuzzInput): number {
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3 && best > SLOWEST_MS; time += 1) {
    const startedMs = ownMs();
    takeThrough(input);
    best = Math.min(best, ownMs() - startedMs);
  }
  return best;
}

test(
  `${INPUTS} broken inputs end as posts or as foreseen failures, each within a second`,
  {
    timeout: 600_000,
  },
  () => {
    const heapBefore = process.memoryUsage().heapUsed;
    const faults: string[] = [];
    for (let index = 0; index < INPUTS && faults.length < 5; index += 1) {
      const found = fault(fuzzInput(FIRST_SEED + index));
      if (found) faults.push(found);
    }
    expect(faults, 'fuzzInput(seed) of tests/support/fuzz.ts makes the input again').toEqual([]);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(MOST_HEAP_BYTES);
  },
);

test.for(readdirSync(SEEDS))('what once broke something is read: %s', (name) => {
  const bytes = readFileSync(SEEDS + name);
  for (const reader of [{ kind: 'feed' }, { kind: 'listPage', itemSelector: 'li, tr' }]) {
    const input = { seed: 0, bytes, contentType: '', reader: PolledReaderSchema.parse(reader) };
    expect(fault(input)).toBeUndefined();
  }
});
