import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CalendarPackSchema, createCalendar, type Grade, type Person, type Role } from '#core';
import { openDatabase } from '#core/sqlite';
import type { GradeChange, GradedEvent } from '#analyze';
import {
  parseChannelPack,
  parseCountdownPack,
  parseLadderPack,
  type AlertingDeps,
  type Channel,
  type ChannelKind,
  type DeliveryDeps,
  type Notice,
  type Roster,
  type SendResult,
} from '#alert';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteChannelRoutes, SqlitePaces } from '../../alert/adapters/sqlite-channel-routes.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { SqliteOutbox } from '../../alert/adapters/sqlite-outbox.ts';
import { SqliteSendLedger } from '../../alert/adapters/sqlite-send-ledger.ts';

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../config/packs/${name}.yaml`, import.meta.url), 'utf8'));
/** The packs that ship. */
export const countdownPack = parseCountdownPack(read('countdowns'));
/** The calendar that ships. */
export const calendar = createCalendar(CalendarPackSchema.parse(read('calendar/national')));
export const armingRules = { pack: countdownPack, calendar };
export const ladderPack = parseLadderPack(read('ladders'));
export const channelPack = parseChannelPack(read('channels'));

/** The night of the design's example: 02:17 in Beijing. */
export const NIGHT = new Date('2026-03-06T18:17:00Z');
export const after = (minutes: number, from: Date = NIGHT): Date =>
  new Date(from.getTime() + minutes * 60_000);

const MACHINE_ACTOR = { personId: 'machine', name: '系统' };
export const LEADER = { personId: 'p-deputyLeader', name: '纪文澜' };

export function proposedChange(to: Grade, at: Date = NIGHT): GradeChange {
  return { at, actor: MACHINE_ACTOR, kind: 'proposed', to, reason: `建议定为${to}` };
}

/** An event as its grade stands; unconfirmed unless `confirmedGrade` is given with its history. */
export function aGradedEvent(grade: Grade, parts: Partial<GradedEvent> = {}): GradedEvent {
  const known = {
    at: NIGHT,
    recordId: 'post-1',
    reason: '首条信息：某区停水',
    url: 'https://news.example/1',
  };
  const isGrave = grade === 'L1' || grade === 'L2';
  return {
    id: 'event-1',
    revision: 1,
    title: '某区停水',
    state: 'registered',
    isDrill: false,
    watchIds: [],
    regionCodes: [],
    evaluatedAt: NIGHT,
    firstPublicAt: after(-10),
    firstPostId: 'post-1',
    lastPostAt: NIGHT,
    postCount: 3,
    outletCount: 2,
    interactions: 10,
    knownAt: known,
    ...(isGrave && { triggeredAt: { ...known, reason: '建议达到重大' } }),
    figures: [],
    findings: [],
    kept: [],
    proposal: {
      grade,
      sum: 65,
      points: [],
      floors: [],
      sentence: '建议定为重大(65分)：内容14(停水断供)',
      ruleVersion: 'default 1',
      at: NIGHT,
    },
    gradeHistory: [proposedChange(grade)],
    responseValue: 'should',
    mustRespondReasons: [],
    ...parts,
  };
}

export function confirmed(event: GradedEvent, at: Date, to?: Grade): GradedEvent {
  const grade = to ?? event.proposal.grade;
  const change: GradeChange = { at, actor: LEADER, kind: 'confirmed', to: grade, reason: '属实' };
  return {
    ...event,
    revision: event.revision + 1,
    confirmedGrade: grade,
    gradeHistory: [...event.gradeHistory, change],
  };
}

export function lowered(event: GradedEvent, at: Date, to: Grade): GradedEvent {
  const change: GradeChange = { at, actor: LEADER, kind: 'lowered', to, reason: '经核实系误传' };
  return {
    ...event,
    revision: event.revision + 1,
    confirmedGrade: to,
    gradeHistory: [...event.gradeHistory, change],
  };
}

export function aPerson(role: Role, parts: Partial<Person> = {}): Person {
  const id = parts.id ?? `p-${role}`;
  return {
    id,
    revision: 1,
    effects: [],
    name: id,
    signInName: id,
    unit: '',
    roles: [role],
    email: `${id}@office.example`,
    mustChangePassword: false,
    isDisabled: false,
    createdAt: NIGHT,
    ...parts,
  };
}

const FIRST = aPerson('dutyOfficer', { id: 'first' });
const SECOND = aPerson('dutyOfficer', { id: 'second' });

/** Everybody is there but the roles named, and no leader in charge. */
export function rosterWithout(...missing: readonly (Role | 'second' | 'first')[]): Roster {
  return {
    async onCall(role, seat) {
      if (seat === 'leader') return [];
      if (missing.includes(role) || (role === 'dutyOfficer' && missing.includes(seat))) return [];
      if (role === 'dutyOfficer') return [seat === 'first' ? FIRST : SECOND];
      return [aPerson(role)];
    },
  };
}

/** The real stores on a database in memory, and a clock that is set by hand. */
export function openAlertingDeps(parts: Partial<AlertingDeps> = {}) {
  const database = openDatabase(':memory:');
  const clock = { at: NIGHT };
  const deps = {
    alerts: new SqliteAlertStore(database),
    countdowns: new SqliteCountdownStore(database),
    roster: rosterWithout(),
    channels: new Set<ChannelKind>(['email']),
    countdownPack,
    calendar,
    ladderPack,
    now: () => clock.at,
    linkFor: (claim: { alertId: string; personId: string }) =>
      `https://huiying.example/a/${claim.alertId}.${claim.personId}`,
    ...parts,
  };
  return { database, clock, deps, outbox: new SqliteOutbox(database) };
}

export function aNotice(id: string, parts: Partial<Notice> = {}): Notice {
  return {
    id,
    revision: 1,
    effects: [],
    alertId: 'alert-1',
    eventId: 'event-1',
    receiver: { personId: 'first', name: '值班员', address: 'first@office.example' },
    channel: 'email',
    priority: 0,
    shortCode: '舆情#even·第1步·第1次',
    subject: '【橙·重大·待确认】某区停水',
    text: '请确认',
    html: '<p>请确认</p>',
    isDrill: false,
    state: 'pending',
    nextAt: new Date(0),
    createdAt: NIGHT,
    attempts: [],
    ...parts,
  };
}

/** A far side that keeps what it takes and answers as told. */
export class FakeFarSide implements Channel {
  readonly kind: ChannelKind;
  readonly taken: Notice[] = [];
  readonly answers: SendResult['result'][];

  constructor(kind: ChannelKind = 'email', ...answers: SendResult['result'][]) {
    this.kind = kind;
    this.answers = answers;
  }

  async send(notice: Notice): Promise<SendResult> {
    this.taken.push(notice);
    const result = this.answers.shift() ?? 'ok';
    return { result, detail: result };
  }

  async close(): Promise<void> {}
}

/** Sending on real stores in a database of its own, by a clock that is set by hand. */
export function openDelivery(
  channels: readonly Channel[],
  parts: Partial<DeliveryDeps> & { readonly database?: ReturnType<typeof openDatabase> } = {},
) {
  const { database = openDatabase(':memory:'), ...more } = parts;
  const clock = { ms: NIGHT.getTime() };
  const outbox = new SqliteOutbox(database);
  const deps: DeliveryDeps = {
    outbox,
    channels: new Map(channels.map((channel) => [channel.kind, channel])),
    routes: new SqliteChannelRoutes(database),
    ledger: new SqliteSendLedger(database),
    paces: new SqlitePaces(database),
    pack: channelPack,
    realNow: () => new Date(clock.ms),
    holder: 'test',
    random: () => 1,
    isOver: async () => false,
    administrators: async () => [],
    channelsPage: () => 'https://huiying.example/channels',
    ...more,
  };
  return { deps, clock, outbox, database };
}
