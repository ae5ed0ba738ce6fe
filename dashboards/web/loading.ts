import { onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { inBackground, type ApiFailure } from './api.ts';
import { toFailure } from './session.ts';

/** An answer within this time shows no sign of waiting at all. */
const SLOW_AFTER_MS = 300;
const VERY_SLOW_AFTER_MS = 5_000;

export interface Loading<T> {
  /** The last answer; it stays while the next is asked for, and when that fails. */
  readonly data: ShallowRef<T | undefined>;
  readonly failure: ShallowRef<ApiFailure | undefined>;
  /** How long the first answer has been waited for. */
  readonly wait: Ref<'none' | 'slow' | 'verySlow'>;
  load(): Promise<void>;
  /** As `load`, but by the machine: it does not keep an idle session open. */
  refresh(): Promise<void>;
  /** No longer waits for the answer under way. */
  cancel(): void;
}

/** Asks for something, keeps the last answer while it asks again, and drops answers that were overtaken. */
export function useLoading<T>(ask: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>();
  const failure = shallowRef<ApiFailure>();
  const wait = ref<'none' | 'slow' | 'verySlow'>('none');
  let asked = 0;
  let timers: ReturnType<typeof setTimeout>[] = [];
  const stopWaiting = (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    wait.value = 'none';
  };

  const run = async (answer: Promise<T>): Promise<void> => {
    asked += 1;
    const mine = asked;
    stopWaiting();
    if (data.value === undefined) {
      timers = [
        setTimeout(() => (wait.value = 'slow'), SLOW_AFTER_MS),
        setTimeout(() => (wait.value = 'verySlow'), VERY_SLOW_AFTER_MS),
      ];
    }
    try {
      const found = await answer;
      if (mine !== asked) return;
      data.value = found;
      failure.value = undefined;
    } catch (error) {
      if (mine === asked) failure.value = toFailure(error);
    } finally {
      if (mine === asked) stopWaiting();
    }
  };
  const cancel = (): void => {
    asked += 1;
    stopWaiting();
  };
  onUnmounted(cancel);
  return {
    data,
    failure,
    wait,
    load: async () => await run(ask()),
    refresh: async () => await run(inBackground(ask)),
    cancel,
  };
}
