import type { ChannelKind } from './alert.ts';

/** The channels as people call them. */
export const CHANNEL_NAMES: Readonly<Record<ChannelKind, string>> = {
  email: '邮件',
  wecom: '企业微信',
  dingtalk: '钉钉',
  feishu: '飞书',
  govIm: '政务即时通讯',
  sms: '短信',
  voice: '语音电话',
  webhook: '网络回调',
  screen: '屏幕',
  loopback: '本机回环',
};
