import type { Documents } from '#core';
import type { TlsWeakness } from './tls-waiver.ts';
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
  /** Weaknesses of encryption that are lived with, on this host and port only, whatever it redirects to. */
  readonly tlsWaiver?: { readonly host: string; readonly weaknesses: readonly TlsWeakness[] };
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
      /** The server is too busy for us (429, 503) or said how long to wait: nobody asks it before that. */
      readonly wantsRest?: boolean;
      /** What had come before it was cut off, for the quarantine. */
      readonly bytes?: Uint8Array;
    };

export type FetchedPage = Extract<FetchResult, { kind: 'ok' }>;
export type FailedFetch = Extract<FetchResult, { kind: 'failed' }>;

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
  /** The source shows these still; unknown ones are left out. Kept to the day. */
  noteShown(sourceId: string, keys: readonly string[], at: Date): Promise<void>;
  /**
   * Forgets what a source has not shown for so long, counted back from what it showed last: a source that was silent,
   * paused or unchanged forgets nothing, and what it shows still is known for ever.
   *
   * @returns how many items
   */
  dropUnshown(keptMs: number): Promise<number>;
}

/** Bytes, and what has to be known to read them again as they were read the first time. */
export interface ReceivedBytes {
  readonly sourceId: string;
  /** By which they are known: the source's address, or an article's as its list gives it. */
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
  /** As the server called them; absent for what came to us by itself. */
  readonly contentType?: string;
  /** Where they came from in the end, after redirects and frames. */
  readonly finalUrl?: string;
}

/** Bytes as received, encrypted at rest, for a limited time; read for repair and proof only. */
export interface RawItemStore {
  /** @returns the id under which they lie; the same bytes of the same address twice are one */
  put(item: ReceivedBytes): Promise<string>;
  /** @returns as `put` does */
  quarantine(item: ReceivedBytes & { readonly reason: string }): Promise<string>;
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
