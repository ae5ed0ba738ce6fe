import { setTimeout as pause } from 'node:timers/promises';
import { getDomain } from 'tldts';

/**
 * One request at a time to a host, and a gap between two to one registrable domain.
 * Waiting is real time: manners are owed to the world, not to a drill.
 */
export class Pace {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #nextAt = new Map<string, number>();
  readonly #nowMs: () => number;
  readonly #stop = new AbortController();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Runs `work` when it is this domain's turn. */
  async run<T>(url: URL, gapMs: number, work: () => Promise<T>): Promise<T> {
    const key = getDomain(url.hostname) ?? url.host;
    const before = this.#tails.get(key) ?? Promise.resolve();
    const turn = Promise.withResolvers<void>();
    this.#tails.set(key, turn.promise);
    await before;
    try {
      const waitMs = (this.#nextAt.get(key) ?? 0) - this.#nowMs();
      if (waitMs > 0) await pause(waitMs, undefined, { signal: this.#stop.signal });
      return await work();
    } finally {
      this.#nextAt.set(key, this.#nowMs() + gapMs);
      if (this.#tails.get(key) === turn.promise) this.#tails.delete(key);
      turn.resolve();
    }
  }

  close(): void {
    this.#stop.abort();
  }
}
