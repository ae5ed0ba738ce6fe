import { shallowRef } from 'vue';
import type { DrillView, MeView } from '../contract/index.ts';
import { api, ApiFailure } from './api.ts';
import { setServerTime } from './clock.ts';

/** Who is signed in; undefined when nobody is. */
export const me = shallowRef<MeView>();
/** The drill this is, when it is one. */
export const drill = shallowRef<DrillView>();

export async function loadMe(): Promise<void> {
  await loadDrill();
  try {
    me.value = await api.me();
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    me.value = undefined;
  }
}

/** A 404 says that this is no drill; anything else leaves what was known. */
export async function loadDrill(): Promise<void> {
  try {
    showDrill(await api.drill());
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) drill.value = undefined;
  }
}

export function showDrill(view: DrillView): void {
  drill.value = view;
  setServerTime(view.now, view.isPaused ? 0 : view.speed);
}
