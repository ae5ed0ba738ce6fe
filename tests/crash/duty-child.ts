import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { CalendarPackSchema, createCalendar, relayEffects, runStage, startLoop } from '#core';
import { openDatabase, SqliteAuditTrail, SqliteLog, SqliteSetAsideStore } from '#core/sqlite';
import {
  BREACHES_TOPIC,
  createBreachStage,
  createCountdownTick,
  createDutyAudit,
  createNoticeIntake,
  deliverOn,
  NOTICES_TOPIC,
  parseChannelPack,
  parseCountdownPack,
  parseLadderPack,
  SelfWatchPackSchema,
  type AlertingDeps,
  type Channel,
  type ChannelKind,
  type Notice,
  type Outbox,
} from '#alert';
import { EmailChannel } from '../../alert/adapters/channels/email.ts';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteBreachRegister } from '../../alert/adapters/sqlite-breach-register.ts';
import { SqliteChannelRoutes, SqlitePaces } from '../../alert/adapters/sqlite-channel-routes.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { SqliteOutbox } from '../../alert/adapters/sqlite-outbox.ts';
import { SqliteSendLedger } from '../../alert/adapters/sqlite-send-ledger.ts';
import { aDuty, OFFICER, type DutyOrder } from './duty-order.ts';

/** The parts that keep duties, in a process of their own: real stores, tick, relay, intake and senders. */
const order = JSON.parse(process.argv[2] ?? '') as DutyOrder;
const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../config/packs/${name}.yaml`, import.meta.url), 'utf8'));
const now = (): Date => new Date(Date.now() + order.aheadMs);
const onError = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
const die = (): void => void process.kill(process.pid, 'SIGKILL');
let callsLeft = order.dieAtCall;
/** Ends this process without a word at the n-th time that it comes past the point named. */
const passes = (point: DutyOrder['point']): void => {
  if (point === order.point && (callsLeft -= 1) === 0) die();
};

const database = openDatabase(join(order.folder, 'records.db'));
const countdowns = new SqliteCountdownStore(database);
const alerts = new SqliteAlertStore(database);
const log = new SqliteLog(database, { onError });
const channelPack = parseChannelPack(read('channels'));
const deps: AlertingDeps = {
  alerts,
  countdowns,
  roster: { onCall: async () => [OFFICER] },
  channels: new Set<ChannelKind>(['email']),
  countdownPack: parseCountdownPack(read('countdowns')),
  ladderPack: parseLadderPack(read('ladders')),
  calendar: createCalendar(CalendarPackSchema.parse(read('calendar/national'))),
  now,
  linkFor: ({ alertId, personId }) => `https://huiying.crash.test/a/${alertId}.${personId}`,
};
const replaceAll = countdowns.replaceAll.bind(countdowns);
countdowns.replaceAll = async (all) => {
  passes('beforeCommit');
  const stale = await replaceAll(all);
  passes('afterCommit');
  return stale;
};

const stored = new SqliteOutbox(database);
const outbox: Outbox = stored;
if (order.control === 'noLease') {
  // The known-bad control: whoever asks may send, also what another is sending.
  const lease = outbox.lease.bind(outbox);
  outbox.lease = async (notices, by, until) => {
    await lease(notices, by, until);
    return notices;
  };
}
const replace = outbox.replace.bind(outbox);
outbox.replace = async (notice) => {
  if (notice.state === 'sent') passes('beforeComplete');
  await replace(notice);
};
const smtp = new URL(order.smtpUrl);
const mail = new EmailChannel({
  host: smtp.hostname,
  port: Number(smtp.port),
  security: 'none',
  from: 'huiying@crash.test',
});
const slowly = async (notice: Notice) => {
  // Mostly as near as a server in town, now and then as far as a bad line: a kill must find some under way.
  await pause(Math.random() * (Math.random() < 0.05 ? 300 : 40));
  const result = await mail.send(notice);
  passes('afterSocketWrite');
  // The server's answer is on its way: the mail is out and no receipt says so yet.
  await pause(Math.random() * 60);
  return result;
};
const channel: Channel = {
  kind: 'email',
  close: async () => await mail.close(),
  async send(notice) {
    if (order.control !== 'marksFirst') return await slowly(notice);
    void slowly(notice);
    return { result: 'ok', detail: '（对照组）先记后发' };
  },
};

const channels = new Set<ChannelKind>(['email']);
const setAside = new SqliteSetAsideStore(database);
const stageDeps = { setAside, now, onFailure: onError };
const intake = createNoticeIntake({ outbox, pack: channelPack, channels, realNow: now });
await log.follow(NOTICES_TOPIC, 'outbox', runStage(intake, stageDeps).handle);
const breaches = createBreachStage(new SqliteBreachRegister(database));
await log.follow(BREACHES_TOPIC, 'breaches', runStage(breaches, stageDeps).handle);

const everyMs = 20;
/** A minute of the product, in a life of less than a second. */
const AUDIT_EVERY_MS = 200;
const loop = (step: () => Promise<unknown>) =>
  startLoop({ everyMs, onError, step: async () => void (await step()) });
const tick = createCountdownTick(deps, {
  realNow: now,
  monotonicMs: () => performance.now(),
  audit: new SqliteAuditTrail(database),
  isDrill: true,
});
let begun = 0;
/** The storm: what has been ordered by now is made; one that stands already is left as it is. */
loop(async () => {
  for (; begun < order.duties; begun += 1) {
    const duty = aDuty(begun, order);
    if (duty.start.at > now()) return;
    await countdowns.create(duty);
  }
});
loop(tick);
loop(async () => await relayEffects(countdowns, log));
loop(async () => await relayEffects(alerts, log));
if (order.control !== 'noAuditor') {
  const audit = createDutyAudit({
    alerting: deps,
    records: [countdowns, alerts, stored],
    log,
    outbox: stored,
    noticeGroup: 'outbox',
    trail: new SqliteAuditTrail(database),
    pack: SelfWatchPackSchema.parse(read('self-watch')).audit,
    realNow: now,
    isDrill: true,
  });
  startLoop({ everyMs: AUDIT_EVERY_MS, onError, step: async () => void (await audit()) });
}
for (let sender = 0; sender < order.senders; sender += 1) {
  const delivery = {
    outbox,
    pack: channelPack,
    channels: new Map([['email' as const, channel]]),
    realNow: now,
    routes: new SqliteChannelRoutes(database),
    ledger: new SqliteSendLedger(database),
    paces: new SqlitePaces(database),
    isOver: async () => false,
    administrators: async () => [],
    channelsPage: () => '',
    holder: `${process.pid}-${sender}`,
    random: Math.random,
  };
  loop(async () => await deliverOn('email', delivery));
}
process.stdout.write('ready\n');
