import { timingSafeEqual } from 'node:crypto';
import { digestOf, messageOf, newId, NotFound, Refused, actorOf, type Now } from '#core';
import {
  acknowledgeAlert,
  hasAnswered,
  isGroupKind,
  noteAcknowledged,
  takeSmsReceipt,
  takeSmsReply,
  testNotice,
  valueAt,
  type Alert,
  type ChannelKind,
  type ChannelPack,
  type LadderPack,
} from '#alert';
import { refusePush } from '#ingest';
import type { Commands, GatewayCall } from '#server';
import type { Backend } from './backends/embedded.ts';
import type { ChannelsSettings } from './channel-settings.ts';
import { readSecret } from './secrets.ts';

type ChannelCommands = Pick<
  Commands,
  'acknowledgeAlert' | 'testChannel' | 'receiveSmsReply' | 'receiveSmsReceipt'
>;

/** What people do with what the channels carry: take an alert on, answer by text message, try a channel. */
export function createChannelCommands(parts: {
  readonly backend: Backend;
  readonly ladderPack: LadderPack;
  readonly pack: ChannelPack;
  readonly channels: ChannelsSettings;
  /** Channels that are set up here. */
  readonly setUp: ReadonlySet<ChannelKind>;
  readonly environment: NodeJS.ProcessEnv;
  readonly channelsPage: () => string;
  readonly now: Now;
  readonly realNow: Now;
}): ChannelCommands {
  const { backend, ladderPack, pack, channels, setUp, environment, channelsPage, now, realNow } =
    parts;
  const { alerts, outbox, people, audit } = backend;

  const acknowledge = async (act: Parameters<Commands['acknowledgeAlert']>[0]): Promise<Alert> => {
    const alert = await acknowledgeAlert({ alerts, ladderPack }, act);
    const { personId } = act.actor;
    if (hasAnswered(alert, personId)) {
      await noteAcknowledged(outbox, { alertId: alert.id, personId, at: act.at, via: act.via });
    }
    return alert;
  };

  return {
    acknowledgeAlert: acknowledge,

    async testChannel({ kind, actor, at }) {
      const known = [...setUp].find((one) => one === kind);
      if (!known) throw new NotFound('通道', kind);
      const notice = testNotice(known, actor, channelsPage(), realNow());
      const needsAddress = known !== 'webhook' && !isGroupKind(known);
      if (needsAddress && notice.receiver.address === '') {
        const what = known === 'email' ? '邮箱' : '手机号';
        throw new Refused('NO_ADDRESS', `您的人员资料里没有${what}，测试没有地方可送`, 'invalid');
      }
      await audit.append({
        id: newId(),
        at,
        actor: actorOf(actor),
        act: '发通道测试',
        target: `channel:${known}`,
        detail: notice.shortCode,
        result: 'done',
      });
      await outbox.create(notice);
      return notice;
    },

    async receiveSmsReply(call) {
      const { replies } = (call.gateway === 'sms' && channels.sms) || {};
      if (!replies) throw new NotFound('短信网关', call.gateway);
      checkSender(call, readSecret(replies.secret, environment), realNow());
      const fields = readFields(call.body);
      const phone = valueAt(fields, replies.phoneField);
      const text = valueAt(fields, replies.textField);
      if (phone === undefined || text === undefined) {
        throw new Refused('REPLY_UNREADABLE', '回复里没有手机号或正文', 'invalid');
      }
      const deps = { alerts, outbox, people: await people.listAll(), acknowledge };
      return await takeSmsReply(deps, { phone, text, at: now() });
    },

    async receiveSmsReceipt(call) {
      const { receipts } = (call.gateway === 'sms' && channels.sms) || {};
      if (!receipts) throw new NotFound('短信网关', call.gateway);
      checkSender(call, readSecret(receipts.secret, environment), realNow());
      const fields = readFields(call.body);
      const noticeId = valueAt(fields, receipts.idField) ?? '';
      const state = valueAt(fields, receipts.stateField) ?? '';
      const isDelivered = receipts.delivered.includes(state);
      if (!isDelivered && !receipts.failed.includes(state)) return false;
      const ways = { outbox, pack, channels: new Map([...setUp].map((kind) => [kind, kind])) };
      return await takeSmsReceipt(ways, { noticeId, isDelivered, at: realNow() });
    },
  };
}

/** Signed as a push is, or with the secret itself, which is all that many gateways can send. @throws {Refused} */
function checkSender(call: GatewayCall, secret: string, realNow: Date): void {
  const { timestamp, signature, body } = call;
  if (timestamp !== undefined && signature !== undefined) {
    const why = refusePush({ timestamp, signature, body }, secret, realNow);
    if (why) throw new Refused('REPLY_REFUSED', `没有接受：${why}`, 'forbidden');
    return;
  }
  // Digests have one length, so the comparison takes one time.
  const isSame = timingSafeEqual(
    Buffer.from(digestOf(call.secret ?? '')),
    Buffer.from(digestOf(secret)),
  );
  if (!isSame) throw new Refused('REPLY_REFUSED', '没有接受：密钥不对', 'forbidden');
}

/** A body as JSON, or as a form where it is none. @throws {Refused} */
function readFields(body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  if (!text.trimStart().startsWith('{')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused('REPLY_UNREADABLE', `内容不是 JSON：${messageOf(error)}`, 'invalid');
  }
}
