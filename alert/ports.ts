import type { Documents, Person, Role } from '#core';
import type { Alert, ChannelKind, Notice } from './alert.ts';
import type { Limit } from './channel-pack.ts';
import type { ChannelRoute } from './channel-route.ts';
import type { Countdown } from './countdown.ts';
import type { Room } from './send-limits.ts';
import type { Pace } from './storm.ts';
import type { CountdownBreach } from './countdown-breach.ts';
import type { Seat } from './duty/duty-roster.ts';
import type { DutyRecord } from './record-duty-act.ts';

/** Adapters pass tests/contracts/documents.contract.ts and their own queries'. */
export interface AlertStore extends Documents<Alert> {
  listByEvent(eventId: string): Promise<readonly Alert[]>;
  /** Newest first; open ones before the others. */
  listNewest(limit: number): Promise<readonly Alert[]>;
  /** Fired alerts whose ladder's next step is due. */
  findLadderDue(now: Date, limit: number): Promise<readonly Alert[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts and their own queries'. */
export interface CountdownStore extends Documents<Countdown> {
  /** Those of an event; or of a target, where it belongs to none. */
  listByEvent(eventId: string): Promise<readonly Countdown[]>;
  /** Open ones (provisional, running, breached and unmet), earliest due first. */
  listOpen(): Promise<readonly Countdown[]>;
  /** Breached ones that are met or ended, newest breach first. */
  listEndedLate(limit: number): Promise<readonly Countdown[]>;
  /**
   * Stores many changes at once, each as `replace` does.
   *
   * @returns ids of those that another writer changed first; they are left as they are
   */
  replaceAll(countdowns: readonly Countdown[]): Promise<readonly string[]>;
  /** Open countdowns with a milestone that should have fired by now. */
  findDue(now: Date, limit: number): Promise<readonly Countdown[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface DutyRecordStore extends Documents<DutyRecord> {
  /** Newest act first. */
  listByEvent(eventId: string): Promise<readonly DutyRecord[]>;
}

/** 超时: append-only, chained. Adapters pass tests/contracts/chain.contract.ts. */
export interface BreachRegister {
  /** Writes a breach at the end; an id already there is left as it is. */
  append(breach: CountdownBreach): Promise<void>;
  listByEvent(eventId: string): Promise<readonly CountdownBreach[]>;
  listNewest(limit: number): Promise<readonly CountdownBreach[]>;
  findBreak(): Promise<number | undefined>;
}

/** The outbox. Lease, send, complete; an expired lease comes back: at least once. */
export interface Outbox extends Documents<Notice> {
  /**
   * A channel's notices that are due, gravest first: those that wait and those whose lease ran out.
   *
   * @param which `grave` is priority 0, `other` the rest
   */
  listDue(
    channel: ChannelKind,
    realNow: Date,
    limit: number,
    which?: 'grave' | 'other',
  ): Promise<readonly Notice[]>;
  /** Takes notices as they were read, each under a lease. @returns those won: a lost race is no error */
  lease(notices: readonly Notice[], by: string, until: Date): Promise<readonly Notice[]>;
  /** Stores notices one revision above the stored ones. @returns those stored: a lost race is no error */
  replaceMany(notices: readonly Notice[]): Promise<readonly Notice[]>;
  listByAlert(alertId: string): Promise<readonly Notice[]>;
  listByEvent(eventId: string): Promise<readonly Notice[]>;
  listNewest(limit: number): Promise<readonly Notice[]>;
  /** Newest first. */
  listByChannel(channel: ChannelKind, limit: number): Promise<readonly Notice[]>;
  /** Notices of a channel that are still to be sent. */
  countUnsent(channel: ChannelKind): Promise<number>;
  /** Creation time of the oldest notice still to be sent. */
  oldestUnsentAt(): Promise<Date | undefined>;
}

/** How each way out is doing. */
export type ChannelRouteStore = Documents<ChannelRoute>;

/** How fast each receiver was written to. */
export type PaceStore = Documents<Pace>;

/** One send, as the limits count it. */
export interface SendToCount {
  readonly route: ChannelKind;
  /** Empty for a group. */
  readonly personId: string;
  readonly isGrave: boolean;
}

/** Counts what was sent, and keeps the count over a restart. */
export interface SendLedger {
  /** What the limits still leave; those of single persons only where one is named. */
  room(route: ChannelKind, limits: readonly Limit[], now: Date, personId?: string): Promise<Room>;
  /** Counts a send before it is made, unless a limit forbids it: then nothing is counted, and it says until when. */
  take(
    send: SendToCount,
    limits: readonly Limit[],
    now: Date,
  ): Promise<{ readonly fullUntil?: Date }>;
}

/** What a far side made of a message. */
export interface SendResult {
  readonly result: Notice['attempts'][number]['result'];
  readonly detail: string;
}

/** A way to reach people. Every adapter passes tests/contracts/channel.contract.ts. */
export interface Channel {
  readonly kind: ChannelKind;
  /** Never throws: a failure is a result. No secret shows in `detail`. */
  send(notice: Notice): Promise<SendResult>;
  close(): Promise<void>;
}

/** Who is called for a role at this moment. */
export interface Roster {
  /** Duty officers and the leader in charge come from the roster; other roles from the people who hold them. */
  onCall(role: Role, seat: Seat, now: Date): Promise<readonly Person[]>;
}
