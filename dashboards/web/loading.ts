import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiFailure } from './api.ts';
import { me } from './session.ts';

export interface Loading<T> {
  readonly data: ShallowRef<T | undefined>;
  readonly failure: ShallowRef<ApiFailure | undefined>;
  readonly isSlow: Ref<boolean>;
  load(): Promise<void>;
}

/** Asks for something and keeps the last answer while it asks again. */
export function useLoading<T>(ask: () => Promise<T>): Loading<T> {
  const data = shallowRef<T>();
  const failure = shallowRef<ApiFailure>();
  const isSlow = ref(false);
  const load = async (): Promise<void> => {
    const timer = setTimeout(() => {
      isSlow.value = data.value === undefined;
    }, 300);
    try {
      data.value = await ask();
      failure.value = undefined;
    } catch (error) {
      failure.value = toFailure(error);
      if (failure.value.status === 401) {
        // The shell watches this and leads to signing in.
        me.value = undefined;
      }
    } finally {
      clearTimeout(timer);
      isSlow.value = false;
    }
  };
  return { data, failure, isSlow, load };
}

/** What went wrong, in words; an answer that breaks the contract is a fault of ours and says so. */
export function toFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  console.error(error);
  return new ApiFailure({ title: '页面与服务器的版本不一致，请刷新页面' });
}
