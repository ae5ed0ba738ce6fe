import { newId, type Actor } from '#core';
import type { ServerDeps } from './deps.ts';

/** Writes down an act on accounts or duty before it happens: without a record there is no act. */
export async function recordAct(
  deps: Pick<ServerDeps, 'audit' | 'now'>,
  actor: Actor,
  act: { readonly act: string; readonly target: string; readonly detail?: string },
): Promise<void> {
  await deps.audit.append({
    id: newId(),
    at: deps.now(),
    actor,
    detail: '',
    result: 'done',
    ...act,
  });
}
