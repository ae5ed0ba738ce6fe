import { amend } from '#core';
import type { ChannelKind, Notice } from './alert.ts';
import type { ChannelPack } from './channel-pack.ts';
import type { Outbox } from './ports.ts';
import { decideFallback, noticeOn, otherWays } from './ways.ts';

export interface FallbackDeps {
  readonly outbox: Outbox;
  readonly pack: ChannelPack;
  readonly channels: ReadonlyMap<ChannelKind, unknown>;
}

/**
 * Adds the receiver's next channel where it is time to. The copy comes first, then the mark on the notice:
 * a crash in between finds the copy there, for its id is the same. @returns the notice as it stands then
 */
export async function addFallback(
  notice: Notice,
  { outbox, pack, channels }: FallbackDeps,
  isRouteClosed: boolean,
  now: Date,
): Promise<Notice> {
  if (decideFallback(notice, pack, isRouteClosed, now).kind === 'stay') return notice;
  let added: ChannelKind | undefined;
  for (const channel of otherWays(notice, pack, new Set(channels.keys()))) {
    if (await outbox.create(noticeOn(notice, channel, now))) {
      added = channel;
      break;
    }
  }
  return await amend(outbox, notice.id, (found) => {
    if (found.fallback) return undefined;
    return { ...found, fallback: { at: now, ...(added && { channel: added }) } };
  });
}
