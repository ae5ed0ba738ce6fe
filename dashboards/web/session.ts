import { shallowRef } from 'vue';
import type { DrillView, MeView } from '../contract/index.ts';
import { api, ApiFailure } from './api.ts';
import { setServerTime } from './clock.ts';

/** Who is signed in; undefined when nobody is. */
export const me = shallowRef<MeView>();
/** Why the sign-in page is shown to somebody who was signed in, in words. */
export const signedOutBecause = shallowRef('');
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

export async function signOut(): Promise<void> {
  // Gone here whatever the server says: the next request finds out.
  await api.signOut().catch(() => undefined);
  me.value = undefined;
}

/**
 * What went wrong, in words. Who is no longer signed in is led to the sign-in page; an answer that breaks the
 * contract is a fault of ours and says so.
 */
export function toFailure(error: unknown): ApiFailure {
  if (!(error instanceof ApiFailure)) {
    console.error(error);
    return new ApiFailure({ title: '页面与服务器的版本不一致，请刷新页面' });
  }
  if (error.status === 401 && me.value) {
    signedOutBecause.value = error.message;
    // An idle session may still read, so the sign-in page would lead straight back.
    void signOut();
  }
  return error;
}
