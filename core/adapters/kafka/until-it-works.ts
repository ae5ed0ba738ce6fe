import { setTimeout as pause } from 'node:timers/promises';
import { isHopeless, LogUnavailable } from './connect.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 3_000;

/**
 * Does `work` again and again until it works or the log is closed.
 *
 * @throws {LogUnavailable} when it is closed; what no second try mends is thrown as it is
 */
export async function untilItWorks<T>(
  what: string,
  work: () => Promise<T>,
  parts: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
): Promise<T> {
  const { signal, onError } = parts;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (signal.aborted) throw new LogUnavailable(`已关闭，没有${what}`);
    try {
      return await work();
    } catch (error) {
      if (isHopeless(error)) throw error;
      onError(new LogUnavailable(`暂时不能${what}`, error));
    }
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
