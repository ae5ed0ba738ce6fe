import { expect, onTestFinished, test } from 'vitest';
import { startLoop } from '#core';

/** A step that the test lets go on, one at a time. */
function aStep() {
  const begun: PromiseWithResolvers<void>[] = [];
  const finish: PromiseWithResolvers<void>[] = [];
  const at = (list: PromiseWithResolvers<void>[], number: number) =>
    (list[number] ??= Promise.withResolvers<void>());
  let count = 0;
  let running = 0;
  let mostAtOnce = 0;
  return {
    step: async (): Promise<void> => {
      const number = count;
      count += 1;
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      at(begun, number).resolve();
      await at(finish, number).promise.finally(() => (running -= 1));
    },
    begun: async (number: number) => await at(begun, number).promise,
    finish: (number: number) => at(finish, number).resolve(),
    fail: (number: number) => at(finish, number).reject(new Error('the store is busy')),
    count: () => count,
    mostAtOnce: () => mostAtOnce,
  };
}

const NEVER_MS = 3_600_000;
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

function start(steps: ReturnType<typeof aStep>, everyMs = NEVER_MS) {
  const errors: unknown[] = [];
  const loop = startLoop({ everyMs, step: steps.step, onError: (error) => errors.push(error) });
  return { loop, errors };
}

test('a step runs at once, and again when woken', async () => {
  const steps = aStep();
  const { loop } = start(steps);
  await steps.begun(0);
  steps.finish(0);
  await settle();
  expect(steps.count()).toBe(1);
  loop.wake();
  await steps.begun(1);
  steps.finish(1);
  await loop.close();
});

test('a wake-up during a step is not lost: it runs again, and never beside itself', async () => {
  const steps = aStep();
  const { loop } = start(steps);
  await steps.begun(0);
  loop.wake();
  loop.wake();
  await settle();
  expect(steps.count()).toBe(1);
  steps.finish(0);
  await steps.begun(1);
  steps.finish(1);
  await settle();
  expect(steps.count()).toBe(2);
  expect(steps.mostAtOnce()).toBe(1);
  await loop.close();
});

test('closing waits for the step in hand, and then nothing runs any more', async () => {
  const steps = aStep();
  const { loop } = start(steps);
  await steps.begun(0);
  let isClosed = false;
  const closing = loop.close().then(() => (isClosed = true));
  await settle();
  expect(isClosed).toBe(false);
  steps.finish(0);
  await closing;
  loop.wake();
  await settle();
  expect(steps.count()).toBe(1);
});

test('closing while it waits for its time does not wait with it', async () => {
  const steps = aStep();
  const { loop } = start(steps);
  steps.finish(0);
  await settle();
  await loop.close();
  expect(steps.count()).toBe(1);
});

test('a failure is told and stops nothing', async () => {
  const steps = aStep();
  const { loop, errors } = start(steps);
  onTestFinished(async () => await loop.close());
  steps.fail(0);
  await settle();
  expect(errors).toEqual([new Error('the store is busy')]);
  loop.wake();
  await steps.begun(1);
  steps.finish(1);
});

test('nobody has to wake it: a wake-up that never came costs one interval', async () => {
  const steps = aStep();
  const { loop } = start(steps, 5);
  steps.finish(0);
  await steps.begun(1);
  steps.finish(1);
  await loop.close();
  expect(steps.count()).toBe(2);
});

test('steps that wake each other without end let timers have their turn', async () => {
  let steps = 0;
  const loops: ReturnType<typeof startLoop>[] = [];
  const step = async (): Promise<void> => {
    steps += 1;
    for (const loop of loops) loop.wake();
  };
  const onError = (): void => undefined;
  loops.push(startLoop({ everyMs: NEVER_MS, step, onError }));
  loops.push(startLoop({ everyMs: NEVER_MS, step, onError }));
  loops[0]?.wake();
  // A timer of the product, a socket, a screen: without a turn this test would never end.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(steps).toBeGreaterThan(2);
  await Promise.all(loops.map(async (loop) => await loop.close()));
});
