import { amend, beijingDay, beijingMinute, durationInWords, type Person } from '#core';
import { render, type NoticeText } from '../notice-text.ts';
import type { Outbox } from '../ports.ts';
import type { SelfWatchPack } from '../self-watch-pack.ts';
import type { SystemTrouble } from '../system-alerts.ts';
import { ensureDutyDay, type DutyDay } from './duty-day.ts';
import { dutyNotices, type DutyRoundsDeps } from './duty-notices.ts';
import type { OnDuty } from './on-duty.ts';

export interface DailyMessageDeps {
  readonly rounds: DutyRoundsDeps;
  readonly outbox: Pick<Outbox, 'findById'>;
  readonly daily: SelfWatchPack['daily'];
  readonly tell: (trouble: SystemTrouble) => Promise<void>;
}

type Daily = NonNullable<DutyDay['daily']>;

/**
 * 每日报到: once a Beijing day a real message to those on duty, and a look whether each was handed over. Who gets it
 * every day notices the day on which it stays away. @returns how much changed
 */
export async function keepDailyMessage(deps: DailyMessageDeps): Promise<number> {
  const { rounds, daily } = deps;
  const now = rounds.now();
  const day = beijingDay(now);
  if (now < new Date(`${day}T${daily.at}:00+08:00`)) return 0;
  const found = (await rounds.dutyDays.findById(day))?.daily;
  if (!found) return await send(day, deps, now);
  const isOpen = now.getTime() - found.at.getTime() < daily.arrivesWithinMs;
  return found.checkedAt || isOpen ? 0 : await check(day, found, deps, now);
}

async function send(day: string, deps: DailyMessageDeps, now: Date): Promise<number> {
  const { rounds } = deps;
  const people = await onDuty(await rounds.reader.onDuty(now), rounds);
  const told = people.map((person) => ({
    person,
    effects: dutyNotices(`daily ${day}`, day, person, textFor(person, day, deps, now), rounds),
  }));
  await ensureDutyDay(rounds.dutyDays, day);
  await amend(rounds.dutyDays, day, (found) => {
    if (found.daily) return undefined;
    const receivers = told.map(({ person, effects }) => ({
      name: person.name,
      noticeIds: effects.map(({ id }) => id),
    }));
    const effects = [...found.effects, ...told.flatMap((one) => one.effects)];
    return { ...found, daily: { at: now, receivers }, effects };
  });
  return 1;
}

/** Told before it is written down: a crash in between tells twice. */
async function check(
  day: string,
  { receivers }: Daily,
  { rounds, outbox, daily, tell }: DailyMessageDeps,
  now: Date,
): Promise<number> {
  const missing: string[] = [];
  for (const { name, noticeIds } of receivers) {
    const notices = await Promise.all(noticeIds.map(async (id) => await outbox.findById(id)));
    if (notices.some((one) => one?.state === 'sent' || one?.state === 'merged')) continue;
    const why = notices.flatMap((one) => one?.attempts.at(-1)?.detail ?? []);
    const none = noticeIds.length === 0 ? '没有可用的联系方式' : '没有发出';
    missing.push(`${name}（${why.length > 0 ? why.join('；') : none}）`);
  }
  if (receivers.length === 0) missing.push('没有人值班');
  if (missing.length > 0) {
    const reason = `每日报到 ${durationInWords(daily.arrivesWithinMs)}后还没有送到：${missing.join('、')}`;
    await tell({ part: 'dailyMessage', title: '每日报到没有送到', reason, isDrill: false });
  }
  await amend(rounds.dutyDays, day, (found) =>
    found.daily && !found.daily.checkedAt
      ? { ...found, daily: { ...found.daily, checkedAt: now } }
      : undefined,
  );
  return 1;
}

/** Both officers and the leader in charge, each once. */
async function onDuty(
  { first, second, leader }: OnDuty,
  { people }: DutyRoundsDeps,
): Promise<readonly Person[]> {
  const all = await people.listAll();
  const ids = new Set([...first, ...second, ...leader].map(({ personId }) => personId));
  return [...ids].flatMap((personId) => all.find(({ id }) => id === personId) ?? []);
}

function textFor(
  person: Person,
  day: string,
  { rounds, daily }: DailyMessageDeps,
  now: Date,
): NoticeText {
  return render({
    isDrill: rounds.isDrill,
    subject: `【每日报到】通知能送到您这里 ${day.slice(5)}`,
    ask: `${person.name}：您在值班。这条消息每天 ${daily.at} 发一次，不用处理；哪天没有收到，请告诉系统管理员。`,
    lines: [`发出：${beijingMinute(now)}`],
    link: rounds.pageUrl('/'),
    button: '打开工作台',
    shortCode: `报到#${day}`,
  });
}
