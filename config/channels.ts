import type { Now } from '#core';
import { routeRuleOf, type Channel, type ChannelKind, type ChannelPack } from '#alert/channels';
import { createDingTalk } from '../alert/adapters/channels/dingtalk.ts';
import { EmailChannel } from '../alert/adapters/channels/email.ts';
import { createFeishu } from '../alert/adapters/channels/feishu.ts';
import { createGateway } from '../alert/adapters/channels/gateway.ts';
import { createPoster } from '../alert/adapters/channels/http-post.ts';
import { createWebhook } from '../alert/adapters/channels/webhook.ts';
import { createWeCom } from '../alert/adapters/channels/wecom.ts';
import type { ChannelsSettings } from './channel-settings.ts';
import { readSecret } from './secrets.ts';

/** One way of reaching people as the settings have it; undefined where it is not set up. */
type Opener = (parts: {
  readonly channels: ChannelsSettings;
  /** @throws {SettingsWrong} when it is not there */
  readonly secret: (reference: string) => string;
  readonly pack: ChannelPack;
  readonly realNow: Now;
}) => Channel | undefined;

const OPENERS: readonly Opener[] = [
  ({ channels: { email }, secret }) =>
    email && new EmailChannel({ ...email, password: email.password && secret(email.password) }),
  ({ channels: { wecom }, secret, ...parts }) =>
    wecom && createWeCom({ key: secret(wecom.key) }, robotParts('wecom', parts)),
  ({ channels: { dingtalk }, secret, ...parts }) =>
    dingtalk &&
    createDingTalk(
      {
        accessToken: secret(dingtalk.accessToken),
        signSecret: dingtalk.signSecret && secret(dingtalk.signSecret),
        keyword: dingtalk.keyword,
      },
      robotParts('dingtalk', parts),
    ),
  ({ channels: { feishu }, secret, ...parts }) =>
    feishu &&
    createFeishu(
      {
        token: secret(feishu.token),
        signSecret: feishu.signSecret && secret(feishu.signSecret),
        keyword: feishu.keyword,
      },
      robotParts('feishu', parts),
    ),
  ({ channels: { govIm }, secret, ...parts }) => {
    if (!govIm) return undefined;
    return govIm.format === 'wecom'
      ? createWeCom(
          { kind: 'govIm', origin: govIm.origin, key: secret(govIm.key) },
          robotParts('govIm', parts),
        )
      : gateway('govIm', govIm, secret, parts);
  },
  ({ channels: { sms }, secret, ...parts }) => sms && gateway('sms', sms, secret, parts),
  ({ channels: { voice }, secret, ...parts }) => voice && gateway('voice', voice, secret, parts),
  ({ channels: { webhook }, secret, realNow }) =>
    webhook &&
    createWebhook(
      { url: webhook.url, secret: secret(webhook.secret) },
      { poster: createPoster(), realNow },
    ),
];

type Around = { readonly pack: ChannelPack; readonly realNow: Now };

const robotParts = (kind: ChannelKind, { pack, realNow }: Around) => ({
  rule: routeRuleOf(pack, kind),
  poster: createPoster(),
  realNow,
});

function gateway(
  kind: 'sms' | 'voice' | 'govIm',
  settings: NonNullable<ChannelsSettings['sms'] | ChannelsSettings['voice']>,
  secret: (reference: string) => string,
  { pack, realNow }: Around,
): Channel {
  return createGateway(
    kind,
    {
      ...settings,
      secret: settings.secret && secret(settings.secret),
      takesReplies: 'replies' in settings && settings.replies !== undefined,
    },
    { poster: createPoster(), mostBytes: routeRuleOf(pack, kind).mostBytes, realNow },
  );
}

/** The channels that the settings set up. @throws {SettingsWrong} when a secret is not there */
export function openChannels(
  { channels }: { readonly channels: ChannelsSettings },
  environment: NodeJS.ProcessEnv,
  around: Around,
): ReadonlyMap<ChannelKind, Channel> {
  const secret = (reference: string): string => readSecret(reference, environment);
  const opened = OPENERS.flatMap((open) => open({ channels, secret, ...around }) ?? []);
  return new Map(opened.map((channel) => [channel.kind, channel]));
}

/** Every secret the channels name, with the channel that needs it. */
export function secretsOf(channels: ChannelsSettings): readonly (readonly [ChannelKind, string])[] {
  const found: (readonly [ChannelKind, string])[] = [];
  const look = (kind: ChannelKind, value: unknown): void => {
    if (typeof value === 'string' && /^(env|file):/.test(value)) found.push([kind, value]);
    if (typeof value === 'object' && value !== null) {
      for (const one of Object.values(value)) look(kind, one);
    }
  };
  for (const [kind, value] of Object.entries(channels)) look(kind as ChannelKind, value);
  return found;
}

/** The channels that the settings name. */
export function channelKinds(channels: ChannelsSettings): (keyof ChannelsSettings & ChannelKind)[] {
  const kinds = Object.keys(channels) as (keyof ChannelsSettings & ChannelKind)[];
  return kinds.filter((kind) => channels[kind] !== undefined);
}
