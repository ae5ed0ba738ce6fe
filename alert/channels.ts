// The face for who only sends, as the watchdog does: nothing here loads what posts are read or judged with.
export { type ChannelKind, type Notice } from './alert.ts';
export { CHANNEL_NAMES } from './channel-names.ts';
export { ChannelPackSchema, routeRuleOf, type ChannelPack } from './channel-pack.ts';
export { unknownPlaceholders } from './fill-template.ts';
export { escapeHtml } from './notice-text.ts';
export { type Channel, type SendResult } from './ports.ts';
