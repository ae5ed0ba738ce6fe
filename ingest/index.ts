export { FUNNEL_COLUMNS, toFunnel, type Funnel, type FunnelColumn } from './funnel.ts';
export { createPoller, type Poller } from './poller.ts';
export { pollSource, type PollDeps } from './poll-source.ts';
export * from './ports.ts';
export * from './post.ts';
export { outletOf, SourceSchema, type Source } from './source.ts';
export * from './source-state.ts';
export type { Pseudonym } from './to-post.ts';
