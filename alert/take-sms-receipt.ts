import { amend } from '#core';
import type { Notice } from './alert.ts';
import { addFallback, type FallbackDeps } from './add-fallback.ts';

/**
 * Takes a gateway's word on what became of a message it had taken: 已送达, or not, in which case the
 * receiver's next channel is added at once. A word that comes twice or for no message of ours changes nothing.
 *
 * @returns whether there was such a message
 */
export async function takeSmsReceipt(
  deps: FallbackDeps,
  receipt: { readonly noticeId: string; readonly isDelivered: boolean; readonly at: Date },
): Promise<boolean> {
  const { noticeId, isDelivered, at } = receipt;
  const found = await deps.outbox.findById(noticeId);
  if (found?.channel !== 'sms') return false;
  const noted = await amend(deps.outbox, noticeId, (notice): Notice | undefined => {
    if (notice.deliveredAt || notice.state !== 'sent') return undefined;
    if (isDelivered) return { ...notice, deliveredAt: at };
    const attempt = { at, result: 'content', detail: '运营商报告没有送达' } as const;
    return { ...notice, state: 'dead', attempts: [...notice.attempts, attempt] };
  });
  if (noted.state === 'dead') await addFallback(noted, deps, false, at);
  return true;
}
