import type { Documents } from '#core';
import type { HourCount } from './polling/silence.ts';
import type {
  FetchProblem,
  Quarantined,
  Run,
  SeenItem,
  SourceState,
  StoredRawItem,
} from './source-state.ts';

export interface FetchRequest {
  readonly url: string;
  /** Least time between two requests to the same registrable domain, ms. */
  readonly requestGapMs: number;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export type FetchResult =
  | {
      readonly kind: 'ok';
      readonly bytes: Uint8Array;
      readonly contentType: string;
      readonly finalUrl: string;
      readonly etag?: string | undefined;
      readonly lastModified?: string | undefined;
    }
  | { readonly kind: 'notModified' }
  | {
      readonly kind: 'failed';
      readonly problem: FetchProblem;
      /** In Chinese, for the sources page. */
      readonly message: string;
      readonly retryAfterMs?: number;
      /** What had come before it was cut off, for the quarantine. */
      readonly bytes?: Uint8Array;
    };

/** Fetches politely and safely. Foreseen failures are results. Adapters pass tests/contracts/fetcher.contract.ts. */
export interface Fetcher {
  get(request: FetchRequest): Promise<FetchResult>;
  close(): Promise<void>;
}

/** Adapters pass tests/contracts/documents.contract.ts and tests/ingest/source-state-store.test.ts. */
export interface SourceStateStore extends Documents<SourceState> {
  listAll(): Promise<readonly SourceState[]>;
  /** Keeps a run and adds its new items to the source's hour; safe to repeat. */
  recordRun(run: Run): Promise<void>;
  /** Newest first. */
  listRuns(sourceId: string, limit: number): Promise<readonly Run[]>;
  /** Runs that counted this item as quarantined, oldest first. */
  listRunsHolding(item: Pick<Quarantined, 'id' | 'sourceId' | 'at'>): Promise<readonly Run[]>;
  /** Writes a run's funnel anew; its hour stays as it was, for what came late says nothing of a rhythm. */
  correctRun(run: Run): Promise<void>;
  /** Forgets runs and hours that began before a moment. @returns how many runs */
  dropRunsBefore(at: Date): Promise<number>;
  /** New items by hour since a moment, of the hours in which the source answered; oldest first. */
  hourCounts(sourceId: string, sinceAt: Date): Promise<readonly HourCount[]>;
  /** What is remembered of these keys; unknown ones are left out. */
  findSeen(sourceId: string, keys: readonly string[]): Promise<ReadonlyMap<string, SeenItem>>;
  markSeen(sourceId: string, items: readonly SeenItem[], at: Date): Promise<void>;
}

/** Bytes as received, encrypted at rest, for a limited time; read for repair and proof only. */
export interface RawItemStore {
  /** @returns the id under which they lie; the same bytes of the same address twice are one */
  put(item: { sourceId: string; url: string; bytes: Uint8Array; at: Date }): Promise<string>;
  quarantine(item: {
    sourceId: string;
    url: string;
    bytes: Uint8Array;
    at: Date;
    reason: string;
  }): Promise<string>;
  /** Newest first; of one source when it is named. */
  listQuarantined(limit: number, sourceId?: string): Promise<readonly Quarantined[]>;
  /** Undefined when there is none, or it was understood since. */
  findQuarantined(id: string): Promise<Quarantined | undefined>;
  /** What came from one moment up to another, the quarantined included; oldest first, without its bytes. */
  listBetween(fromAt: Date, toAt: Date): Promise<readonly StoredRawItem[]>;
  /** It was understood after all; its bytes stay for their time. */
  release(id: string): Promise<void>;
  /** Undefined when there is none, or its time is over. */
  read(id: string): Promise<Uint8Array | undefined>;
  /** Nothing of it stays. */
  drop(id: string): Promise<void>;
  /** @returns how many were dropped */
  dropBefore(at: Date): Promise<number>;
}
