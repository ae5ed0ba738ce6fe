import type { Now, Stage } from '#core';
import { NoticeSchema, type ChannelKind, type Notice } from './alert.ts';
import type { ChannelPack } from './channel-pack.ts';
import type { Outbox } from './ports.ts';
import { noticeOn, secondWay } from './ways.ts';

/** Notices enter the outbox once each: the id is the idempotency key. The gravest enter on two channels. */
export function createNoticeIntake(deps: {
  readonly outbox: Outbox;
  readonly pack: ChannelPack;
  /** Channels that are set up here. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly realNow: Now;
}): Stage<Notice> {
  const { outbox, pack, channels, realNow } = deps;
  return {
    name: 'notices',
    schema: NoticeSchema,
    async process(batch) {
      for (const notice of batch) {
        const queuedAt = realNow();
        await outbox.create({ ...notice, queuedAt });
        const { channel } = secondWay(notice, pack, channels);
        if (channel) await outbox.create(noticeOn(notice, channel, queuedAt));
      }
    },
  };
}
