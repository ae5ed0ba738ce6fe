export { addPerson, createFirstAdministrator, type NewAccount } from './accounts.ts';
export { createChangeFeed, type ChangeFeed, type ChangeKind } from './change-feed.ts';
export type * from './deps.ts';
export { FieldRefused } from './errors.ts';
export { hashPassword } from './password.ts';
export type { JudgingDesk } from './judging.ts';
export type * from './ports.ts';
export { createServer } from './server.ts';
export { toChannelNoticeView } from './views/to-channel-notice-view.ts';
