import { expect, test } from 'vitest';
import { FUZZ_CONTROLS } from '../../bench/soak/fuzz/controls.ts';
import { runWorker } from '../../bench/soak/fuzz/run-worker.ts';
import { FUZZ_TARGETS } from '../../bench/soak/fuzz/targets.ts';

const ORDER = {
  firstSeed: 20_260_302,
  inputs: 200,
  slowestMs: 1_000,
  mostBytes: 500_000_000,
  mostFaults: 1,
  hangsAfterMs: 4_000,
};

test.for([
  ['throws', /^threw TypeError: planted/],
  ['slow', /^took \d{4,} ms|^hangs/],
  ['hangs', /^hangs: no end after 4 s/],
  ['grows', /^holds \d+ MB after \d+ inputs/],
] as const)(
  'a parser that %s is caught, with the seed that shows it again',
  { timeout: 60_000 },
  async ([target, what]) => {
    const { faults } = await runWorker({ ...ORDER, target });
    expect(faults).toEqual([{ seed: expect.any(Number), what: expect.stringMatching(what) }]);
    if (target !== 'throws') return;
    expect(() => FUZZ_CONTROLS[target]?.take(faults[0]?.seed ?? 0)).toThrow('planted');
  },
);

test(
  'every parser of ours takes a row of broken inputs without a fault',
  { timeout: 120_000 },
  async () => {
    for (const target of Object.keys(FUZZ_TARGETS)) {
      const inputs = target === 'pages' || target === 'feeds' ? 15 : ORDER.inputs;
      const report = await runWorker({ ...ORDER, target, inputs });
      expect([target, report.taken, report.faults]).toEqual([target, inputs, []]);
    }
  },
);

test('of ten million inputs feeds get 200,000 at least, pages 100,000, and none is left over', () => {
  const shares = Object.entries(FUZZ_TARGETS).map(([name, { ofMillion }]) => [
    name,
    ofMillion * 10,
  ]);
  expect(Object.fromEntries(shares)).toMatchObject({
    feeds: expect.toSatisfy((count: number) => count >= 200_000),
    pages: expect.toSatisfy((count: number) => count >= 100_000),
  });
  const all = Object.values(FUZZ_TARGETS).reduce((sum, { ofMillion }) => sum + ofMillion, 0);
  expect(all).toBe(1_000_000);
});
