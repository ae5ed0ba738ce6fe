import type { DutyNow } from '#core';
import type { ChannelView, QuarantinedView, SourceView, WatchDiscoveryView } from '#contract';

/** A signed-in browser. The cookie holds a secret; only its digest is stored. */
export interface Session {
  readonly digest: string;
  readonly personId: string;
  /** Sent back in a header with every change. */
  readonly csrfToken: string;
  /** Real time, as all of a session: a drill's clock signs nobody out. */
  readonly openedAt: Date;
  readonly lastUsedAt: Date;
}

/** Adapters pass tests/contracts/session-store.contract.ts. */
export interface SessionStore {
  create(session: Session): Promise<void>;
  /** Undefined when there is none. */
  findByDigest(digest: string): Promise<Session | undefined>;
  /** Does nothing when the session is gone. */
  touch(digest: string, usedAt: Date): Promise<void>;
  remove(digest: string): Promise<void>;
  removeOfPerson(personId: string): Promise<void>;
  removeOpenedBefore(at: Date): Promise<void>;
}

/** What is known of failed tries under one name. */
export interface SignInTries {
  readonly count: number;
  readonly lastAt: Date;
}

/** Adapters pass tests/contracts/sign-in-try-store.contract.ts. */
export interface SignInTryStore {
  /**
   * Counts one try in one step and says how many there are with it. Once `most` is passed the count and
   * its time stand still; `forgetAfterMs` after the last counted try counting begins anew.
   */
  countTry(key: string, at: Date, most: number, forgetAfterMs: number): Promise<SignInTries>;
  clear(key: string): Promise<void>;
}

/** Who is on duty. Adapters pass tests/contracts/duty-store.contract.ts. */
export interface DutyStore {
  current(): Promise<DutyNow>;
  save(duty: DutyNow): Promise<void>;
}

export type SourceHealth = Omit<SourceView, 'runs' | 'heartbeat' | 'problems'>;

/** What the screens show of the sources; made from the records of intake where all is put together. */
export interface SourcesView {
  listSources(): Promise<readonly SourceView[]>;
  /** All sources without what happened look by look: what the desk and the measures need, often. */
  listHealth(): Promise<readonly SourceHealth[]>;
  /** How late each watch may hear of something. */
  listWatches(): Promise<readonly WatchDiscoveryView[]>;
  /** Undefined when there is none. */
  findSource(sourceId: string): Promise<SourceView | undefined>;
  /** Since when the internet is out; undefined while somebody answers. */
  outageSince(): Promise<Date | undefined>;
  /** Name of a source by its id, disabled sources included. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** Newest first; what it was and why it was set apart, never its bytes. */
  listQuarantined(limit: number): Promise<readonly QuarantinedView[]>;
}

/** How each way of reaching people is doing, as the channel page shows it. */
export interface ChannelsView {
  /** Those set up first. */
  listChannels(): Promise<readonly ChannelView[]>;
}
