export { FUNNEL_COLUMNS, toFunnel, type Funnel, type FunnelColumn } from './funnel.ts';
export { createPoller, type Poller } from './polling/poller.ts';
export { newState, pollSource, type PollDeps } from './polling/poll-source.ts';
export * from './ports.ts';
export * from './post.ts';
export {
  isPolled,
  outletOf,
  SourceSchema,
  type PolledSource,
  type Source,
  type TableColumns,
} from './source.ts';
export * from './source-state.ts';
export * from './polling/source-trouble.ts';
export { WEAKNESS_WORDS, waiverInForce, waiverInWords } from './tls-waiver.ts';
export { worstDiscoveryMs } from './polling/worst-discovery.ts';
export type { Pseudonym } from './to-post.ts';
export * from './polling/pause-source.ts';
export { RhythmPackSchema, type RhythmPack } from './polling/rhythm.ts';
export { previewSource, toPreviewItem, type Preview, type PreviewItem } from './preview-source.ts';
export { parseTable, readTable, toItems, type ParsedTable } from './intake/parse-table.ts';
export { readArchive, type Archive } from './intake/read-archive.ts';
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
export { personalParts } from './text/mask.ts';
export { discoverReaders, type Discovered } from './pages/discover-readers.ts';
export { readPublicPage, type PublicPage } from './pages/read-public-page.ts';
