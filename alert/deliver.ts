import { amend, SECOND_MS, StaleWrite, type Now, type Person } from '#core';
import { addFallback, type FallbackDeps } from './add-fallback.ts';
import { afterSending, decideAfterSending } from './after-sending.ts';
import { ChannelKindSchema, type ChannelKind, type Notice } from './alert.ts';
import { routeRuleOf } from './channel-pack.ts';
import { gateOf, newRoute, routeAfter, type Gate } from './channel-route.ts';
import { troubleNotices } from './channel-trouble.ts';
import { mergeNotices } from './merge-notices.ts';
import { paceIdOf, planSending, type Plan } from './plan-sending.ts';
import type { Channel, ChannelRouteStore, PaceStore, SendLedger, SendResult } from './ports.ts';
import { newPace, paceAfter, type Pace } from './storm.ts';
import { otherWays } from './ways.ts';

export interface DeliveryDeps extends FallbackDeps {
  readonly channels: ReadonlyMap<ChannelKind, Channel>;
  readonly routes: ChannelRouteStore;
  readonly ledger: SendLedger;
  readonly paces: PaceStore;
  /** Real time: leases and back-off are about the world, not about a drill. */
  readonly realNow: Now;
  /** This process; a lease names its holder. */
  readonly holder: string;
  /** 0 to 1, for the spread of retries. */
  readonly random: () => number;
  /** Whether the duty that a notice is for has ended. */
  readonly isOver: (notice: Notice) => Promise<boolean>;
  /** Who mends the settings. */
  readonly administrators: () => Promise<readonly Person[]>;
  /** Address of the page that shows how the channels are. */
  readonly channelsPage: () => string;
  readonly onSent?: (notice: Notice, result: SendResult) => void;
}

export const LEASE_MS = 30 * SECOND_MS;
/** Under way at once; a batch ends well within its lease. */
const MOST_AT_ONCE = 6;
/** So long a call goes on with what it planned; then it looks again, for something graver may have come. */
const PLAN_HOLDS_MS = SECOND_MS;
const MOST_PLANNED = 500;
/** A message that names all that was gathered needs all of it. */
const MOST_MERGED = 20_000;

/**
 * Sends what is due on every channel: lease, send, record the receipt, in that order. A crash in between
 * sends again; nothing is lost. @returns how many were tried or moved
 */
export async function deliverNotices(deps: DeliveryDeps): Promise<number> {
  // Also channels that are not set up: what waits for one is shown, not kept for ever.
  const tried = await Promise.all(
    ChannelKindSchema.options.map(async (kind) => await deliverOn(kind, deps)),
  );
  return tried.reduce((sum, one) => sum + one, 0);
}

/** The same for one channel; each with a loop of its own holds up no other. */
export async function deliverOn(kind: ChannelKind, deps: DeliveryDeps): Promise<number> {
  const now = deps.realNow();
  const found = await listDue(kind, deps, now, MOST_PLANNED);
  if (found.length === 0) return 0;
  const gate = gateOf(await deps.routes.findById(kind), now);
  let due: Notice[] = [];
  for (const one of found) due.push(await addFallback(one, deps, gate.kind === 'closed', now));
  if (gate.kind !== 'open') return await behindGate(due, gate, deps);

  let plan = await planOf(kind, due, deps, now);
  if (plan.merge.length > 0 && due.length >= MOST_PLANNED) {
    due = await listDue(kind, deps, now, MOST_MERGED);
    plan = await planOf(kind, due, deps, now);
  }
  const moved = await move(kind, plan, deps, now);
  return moved + (await sendAll(plan.send, deps));
}

async function listDue(
  kind: ChannelKind,
  { outbox }: DeliveryDeps,
  now: Date,
  most: number,
): Promise<Notice[]> {
  const grave = await outbox.listDue(kind, now, most, 'grave');
  const other = await outbox.listDue(kind, now, most, 'other');
  return [...grave, ...other];
}

async function planOf(
  kind: ChannelKind,
  due: readonly Notice[],
  { ledger, paces, pack }: DeliveryDeps,
  now: Date,
): Promise<Plan> {
  const room = await ledger.room(kind, routeRuleOf(pack, kind).limits, now);
  const known = new Map<string, Pace>();
  for (const id of new Set(due.map(paceIdOf))) {
    const pace = await paces.findById(id);
    if (pace) known.set(id, pace);
  }
  return planSending({ kind, due, room, paces: known, storm: pack.storm, now });
}

/** A route that is closed lets nothing out but what has no other way; one on trial, one message. */
async function behindGate(
  due: readonly Notice[],
  gate: Exclude<Gate, { kind: 'open' }>,
  deps: DeliveryDeps,
): Promise<number> {
  if (gate.kind === 'trial') return await sendAll(due.slice(0, 1), deps);
  const setUp = new Set(deps.channels.keys());
  const mustGo = due.filter(
    (notice) =>
      gate.reason === 'failures' &&
      notice.priority === 0 &&
      otherWays(notice, deps.pack, setUp).length === 0,
  );
  const goes = new Set(mustGo.map(({ id }) => id));
  await postpone(
    due.filter(({ id }) => !goes.has(id)).map((notice) => ({ notice, until: gate.until })),
    deps,
  );
  return await sendAll(mustGo, deps);
}

/** Writes down what waits and what was merged. @returns how many changed */
async function move(kind: ChannelKind, plan: Plan, deps: DeliveryDeps, now: Date): Promise<number> {
  const { outbox, paces, pack } = deps;
  for (const pace of plan.paces)
    await savePace(paces, pace.id, (found) => ({ ...found, digest: pace.digest }));
  await postpone(plan.wait, deps);
  let merged = 0;
  for (const group of plan.merge) {
    const { mostBytes } = routeRuleOf(pack, kind);
    // The digest stands before what it names is marked: a crash in between names it twice, and loses nothing.
    for (const one of mergeNotices(group, mostBytes, now)) {
      await outbox.create(one.digest);
      merged += (await outbox.replaceMany(one.merged)).length;
    }
  }
  return plan.wait.length + merged;
}

async function postpone(
  waiting: readonly { readonly notice: Notice; readonly until: Date }[],
  { outbox }: DeliveryDeps,
): Promise<void> {
  await outbox.replaceMany(
    waiting.map(({ notice: { leaseBy: _by, leaseUntil: _until, ...notice }, until }) => ({
      ...notice,
      revision: notice.revision + 1,
      state: notice.state === 'unknown' ? 'unknown' : 'pending',
      nextAt: until,
    })),
  );
}

async function savePace(paces: PaceStore, id: string, change: (pace: Pace) => Pace): Promise<void> {
  if (await paces.create(change(newPace(id)))) return;
  await amend(paces, id, change);
}

/** A few at a time, each under its own lease. @returns how many were tried */
async function sendAll(notices: readonly Notice[], deps: DeliveryDeps): Promise<number> {
  const startedMs = deps.realNow().getTime();
  let tried = 0;
  for (let from = 0; from < notices.length; from += MOST_AT_ONCE) {
    const now = deps.realNow();
    if (now.getTime() - startedMs > PLAN_HOLDS_MS) break;
    const batch = notices.slice(from, from + MOST_AT_ONCE);
    const until = new Date(now.getTime() + LEASE_MS);
    const leased = await deps.outbox.lease(batch, deps.holder, until);
    await notePaces(leased, deps, now);
    await Promise.all(leased.map(async (notice) => await send(notice, deps)));
    tried += leased.length;
  }
  return tried;
}

async function notePaces(
  notices: readonly Notice[],
  { paces, pack }: DeliveryDeps,
  now: Date,
): Promise<void> {
  const counted = notices.filter(({ priority, isTest }) => priority > 0 && !isTest);
  for (const [id, { length }] of Map.groupBy(counted, paceIdOf)) {
    await savePace(paces, id, (pace) => paceAfter(pace, length, pack.storm, now));
  }
}

async function send(notice: Notice, deps: DeliveryDeps): Promise<void> {
  const { outbox, ledger, pack, realNow } = deps;
  const { limits } = routeRuleOf(pack, notice.channel);
  const { personId } = notice.receiver;
  const isGrave = notice.priority === 0;
  const taken = await ledger.take({ route: notice.channel, personId, isGrave }, limits, realNow());
  if (taken.fullUntil) {
    const full = { notice, until: taken.fullUntil };
    await postpone([full], deps);
    const waiting = await outbox.findById(notice.id);
    if (waiting) await addFallback(waiting, deps, true, realNow());
    return;
  }
  const channel = deps.channels.get(notice.channel);
  const result: SendResult = channel
    ? await channel.send(markedAsRepeat(notice))
    : { result: 'config', detail: '这个通道没有配置' };
  await record(notice, result, deps);
  deps.onSent?.(notice, result);
}

async function record(notice: Notice, result: SendResult, deps: DeliveryDeps): Promise<void> {
  const { outbox, pack, holder, realNow } = deps;
  const now = realNow();
  const isOver = result.result === 'ok' ? false : await deps.isOver(notice);
  const around = { isOver, now, random: deps.random() };
  const decision = decideAfterSending(notice, result, pack, around);
  try {
    const recorded = await amend(outbox, notice.id, (found) =>
      // A lease that ran out was taken over; the new holder records what comes of it.
      found.state === 'leased' && found.leaseBy === holder
        ? afterSending(found, result, decision, now)
        : undefined,
    );
    if (deps.channels.has(notice.channel)) await noteOnRoute(notice.channel, result, deps, now);
    await addFallback(recorded, deps, false, now);
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error;
  }
}

async function noteOnRoute(
  kind: ChannelKind,
  result: SendResult,
  deps: DeliveryDeps,
  now: Date,
): Promise<void> {
  const { routes, pack, outbox } = deps;
  await routes.create(newRoute(kind));
  const route = await amend(routes, kind, (found) => routeAfter(found, result, pack, now));
  // A refused setting and an open breaker both wait for a person.
  if (result.result !== 'config' && route.closedFor !== 'failures') return;
  const setUp = new Set(deps.channels.keys());
  const people = await deps.administrators();
  for (const told of troubleNotices(route, people, pack, setUp, deps.channelsPage(), now)) {
    await outbox.create(told);
  }
}

/** A try whose end nobody knows may have arrived; the next one says so. */
function markedAsRepeat(notice: Notice): Notice {
  const isRepeat = notice.attempts.some(({ result }) => result === 'unknown');
  return isRepeat ? { ...notice, subject: `【可能重复】${notice.subject}` } : notice;
}
