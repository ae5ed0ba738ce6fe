import type { Documents } from '#core';
import type { PressConference } from './conferences/conference.ts';
import type { HandlingOrder } from './orders/order.ts';
import type { Release, ReleaseRegisterEntry } from './releases/release.ts';
import type { PageSnapshot } from './snapshots/page-snapshot.ts';
import type { SupervisionOrder } from './supervision/supervision-order.ts';
import type { ReviewPack } from './review-pack.ts';

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface ReleaseStore extends Documents<Release> {
  listByEvent(eventId: string): Promise<readonly Release[]>;
  /** Somebody who is to sign them is to be told by then; earliest first. */
  listWaiting(until: Date, limit: number): Promise<readonly Release[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface ConferenceStore extends Documents<PressConference> {
  listByEvent(eventId: string): Promise<readonly PressConference[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface OrderStore extends Documents<HandlingOrder> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly HandlingOrder[]>;
  listNewest(limit: number): Promise<readonly HandlingOrder[]>;
  /** Nobody has signed or returned them, and their limit for it is here; earliest limit first. */
  listUnsigned(until: Date, limit: number): Promise<readonly HandlingOrder[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface SupervisionStore extends Documents<SupervisionOrder> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly SupervisionOrder[]>;
  listNewest(limit: number): Promise<readonly SupervisionOrder[]>;
  /** The ladder climbs on them by then; earliest first. */
  listDue(until: Date, limit: number): Promise<readonly SupervisionOrder[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface SnapshotStore extends Documents<PageSnapshot> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly PageSnapshot[]>;
  /** Of these register entries, those that have one; in no order. */
  listByIds(ids: readonly string[]): Promise<readonly PageSnapshot[]>;
  /** To be looked at by then; earliest first. */
  listDue(until: Date, limit: number): Promise<readonly PageSnapshot[]>;
}

/** Pages as they came, under the digest of their bytes; kept as long as the register. */
export interface PageBytesStore {
  /** The same bytes twice are one. @returns their digest */
  put(bytes: Uint8Array, at: Date): Promise<string>;
  /** Undefined when there are none. */
  read(digest: string): Promise<Uint8Array | undefined>;
}

/** An entry where it stands in the register's chain. */
export interface PlacedEntry {
  /** From 1. */
  readonly position: number;
  readonly chainDigest: string;
  readonly entry: ReleaseRegisterEntry;
}

/** 发布登记簿: append-only, chained. Adapters pass tests/contracts/chain.contract.ts. */
export interface ReleaseRegister {
  /** Writes an entry at the end; an id already there is left as it is. */
  append(entry: ReleaseRegisterEntry): Promise<void>;
  listByEvent(eventId: string): Promise<readonly ReleaseRegisterEntry[]>;
  listNewest(limit: number): Promise<readonly ReleaseRegisterEntry[]>;
  /** With their places in the chain and its digests; newest first, of all or of one event. */
  listPlaced(limit: number, eventId?: string): Promise<readonly PlacedEntry[]>;
  findBreak(): Promise<number | undefined>;
}

/** What the acts on a release are given. */
export interface RespondDeps {
  readonly releases: ReleaseStore;
  readonly pack: ReviewPack;
}

/** What the record of a conference is given. */
export interface ConferenceDeps {
  readonly conferences: ConferenceStore;
  readonly pack: ReviewPack;
}
