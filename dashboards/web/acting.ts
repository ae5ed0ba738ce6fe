import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { ApiFailure } from './api.ts';
import { toFailure } from './session.ts';

export interface Acting {
  readonly isBusy: Ref<boolean>;
  readonly failure: ShallowRef<ApiFailure | undefined>;
  /** @returns whether it was done; a second call while one runs does nothing */
  run(act: () => Promise<unknown>): Promise<boolean>;
}

/** One act of a person at a time, with what went wrong beside the button that was pressed. */
export function useActing(): Acting {
  const isBusy = ref(false);
  const failure = shallowRef<ApiFailure>();
  return {
    isBusy,
    failure,
    run: async (act) => {
      if (isBusy.value) return false;
      isBusy.value = true;
      try {
        await act();
        failure.value = undefined;
        return true;
      } catch (error) {
        failure.value = toFailure(error);
        return false;
      } finally {
        isBusy.value = false;
      }
    },
  };
}
