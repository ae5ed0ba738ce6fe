import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';

export interface Loop {
  /** Runs the step soon, without waiting for the interval. */
  wake(): void;
  /** Waits for the step in hand, then stops for good. */
  close(): Promise<void>;
}

/**
 * Runs `step` at least every `everyMs` of real time and at once when woken; steps never overlap.
 * A polling backstop: a lost wake-up costs one interval, never a duty (design: no wake-up is trusted).
 */
export function startLoop(options: {
  readonly everyMs: number;
  readonly step: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}): Loop {
  const { everyMs, step, onError } = options;
  const stop = new AbortController();
  let woken = new AbortController();

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      woken = new AbortController();
      try {
        await step();
      } catch (error) {
        onError(error);
      }
      // Steps that wake each other without end must not keep timers, sockets and screens from their turn.
      await breathe();
      const signal = AbortSignal.any([stop.signal, woken.signal]);
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    wake: () => woken.abort(),
    close: async () => {
      stop.abort();
      await running;
    },
  };
}
