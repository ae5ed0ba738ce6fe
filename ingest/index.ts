export { FUNNEL_COLUMNS, toFunnel, type Funnel, type FunnelColumn } from './funnel.ts';
export { createPoller, type Poller } from './polling/poller.ts';
export { newState, pollSource, type PollDeps } from './polling/poll-source.ts';
export * from './ports.ts';
export * from './post.ts';
export { isPolled, outletOf, SourceSchema, type PolledSource, type Source } from './source.ts';
export * from './source-state.ts';
export * from './polling/source-trouble.ts';
export { worstDiscoveryMs } from './polling/worst-discovery.ts';
export type { Pseudonym } from './to-post.ts';
export * from './polling/pause-source.ts';
export { previewSource, toPreviewItem, type Preview, type PreviewItem } from './preview-source.ts';
export { parseTable, type ParsedTable } from './intake/parse-table.ts';
export { parsePush, refusePush, signPush } from './intake/push.ts';
export { readDate } from './dates/read-date.ts';
export { receiveItems, type ReceiveDeps } from './intake/receive-items.ts';
export { readQuarantined, type QuarantinedText } from './quarantine/read-quarantined.ts';
export {
  reparseQuarantined,
  type ReparseDeps,
  type Reparsed,
} from './quarantine/reparse-quarantined.ts';
export { replayRawItems, type Replayed } from './replay-raw-items.ts';
export { decodeText } from './text/decode-text.ts';
export { discoverReaders, type Discovered } from './pages/discover-readers.ts';
