import { actorOf, amend, beijingMinute, DAY_MS, type Actor, type Effect, type Person } from '#core';
import { render } from '../notice-text.ts';
import { stretchesOf } from './check-roster.ts';
import { draftItems } from './draft-hand-over.ts';
import { dutyNotices, holders, once, type DutyRoundsDeps } from './duty-notices.ts';
import type { DutyPack } from './duty-pack.ts';
import type { DutyTable } from './duty-table.ts';
import { handOverId, isStillDrafted, type HandOver } from './hand-over.ts';
import type { OnDuty } from './on-duty.ts';

/** Drafts the hand-over of the nearest change, and keeps the draft true until the shift has changed. */
export async function keepHandOver(deps: DutyRoundsDeps): Promise<number> {
  const now = deps.now();
  const table = await deps.reader.table();
  if (!table) return 0;
  const all = await deps.people.listAll();
  const change = nearestChange(table, now, deps.pack, all);
  if (!change) return 0;
  const id = handOverId(change.at);
  const found = await deps.handOvers.findById(id);
  const isLastLook = found !== undefined && now >= change.at;
  if (found && !(isStillDrafted(found) && isLastLook)) return 0;
  // Read anew with the items: somebody may have changed shifts since the draft was made.
  const sides = { outgoing: actorsOf(change.before, all), incoming: actorsOf(change.after, all) };
  const items = draftItems(await deps.records(), change.since, now);
  if (!found) {
    const made: HandOver = {
      id,
      revision: 1,
      effects: [],
      changeAt: change.at,
      sinceAt: change.since,
      ...sides,
      isDrill: deps.isDrill,
      items,
      draftedAt: now,
      note: '',
      remindedAt: [],
    };
    const told = [...made.outgoing, ...made.incoming];
    await deps.handOvers.create({
      ...made,
      effects: told.flatMap((to) => handOverNotice(made, to, all, 0, deps)),
    });
    return 1;
  }
  await amend(deps.handOvers, id, (one) =>
    isStillDrafted(one) ? { ...one, ...sides, items, draftedAt: now } : undefined,
  );
  return 1;
}

interface Change {
  readonly at: Date;
  readonly since: Date;
  readonly before: OnDuty;
  readonly after: OnDuty;
}

/** The change of the first seat that is being prepared, or was the last one; within two days back. */
function nearestChange(
  table: DutyTable,
  now: Date,
  pack: DutyPack,
  people: readonly Person[],
): Change | undefined {
  const to = new Date(now.getTime() + pack.handOver.draftBeforeMs + 1);
  const from = new Date(now.getTime() - 2 * DAY_MS);
  const sitting = new Set(people.filter((one) => !one.isDisabled).map(({ id }) => id));
  const stretches = stretchesOf(from, to, table, (id) => sitting.has(id));
  const idsOf = ({ first }: OnDuty): string => first.map(({ personId }) => personId).join();
  let since = from;
  let last: Change | undefined;
  for (const [index, after] of stretches.entries()) {
    const before = stretches[index - 1];
    if (!before || idsOf(before.duty) === idsOf(after.duty)) continue;
    // Before the roster began there was no shift that could hand over.
    if (
      before.duty.first.some(({ layer }) => layer !== 'fallback') &&
      after.duty.first.length > 0
    ) {
      last = { at: after.from, since, before: before.duty, after: after.duty };
    }
    since = after.from;
  }
  return last;
}

/** Hand-overs that nobody signed: the incoming are reminded, and after some reminders others are told. */
export async function remindOfHandOvers(deps: DutyRoundsDeps): Promise<number> {
  const now = deps.now();
  const { remindAfterMs, remindEveryMs, tellAfterReminders, tell } = deps.pack.handOver;
  let changed = 0;
  for (const { id, changeAt, remindedAt } of await deps.handOvers.listUnsigned()) {
    const dueMs =
      remindedAt.at(-1)?.getTime() ?? changeAt.getTime() + remindAfterMs - remindEveryMs;
    // What nobody signed for two days is history: it stays unsigned, and stays on the page as such.
    const isHistory = now.getTime() > changeAt.getTime() + 2 * DAY_MS;
    if (isHistory || now.getTime() < dueMs + remindEveryMs) continue;
    const all = await deps.people.listAll();
    await amend(deps.handOvers, id, (found) => {
      if (found.signed) return undefined;
      const count = found.remindedAt.length + 1;
      const more = count > tellAfterReminders ? holders(all, tell).map(actorOf) : [];
      const effects = once([...found.incoming, ...more]).flatMap((to) =>
        handOverNotice(found, to, all, count, deps),
      );
      return {
        ...found,
        remindedAt: [...found.remindedAt, now],
        effects: [...found.effects, ...effects],
      };
    });
    changed += 1;
  }
  return changed;
}

function handOverNotice(
  found: HandOver,
  to: Actor,
  all: readonly Person[],
  count: number,
  deps: DutyRoundsDeps,
): Effect[] {
  const person = all.find(({ id }) => id === to.personId);
  if (!person) return [];
  const when = beijingMinute(found.changeAt);
  const comesIn = found.incoming.some(({ personId }) => personId === person.id);
  const names = (actors: readonly Actor[]): string => actors.map(({ name }) => name).join('、');
  const open = found.items.filter(({ kind }) => kind !== 'act').length;
  const text = render({
    isDrill: deps.isDrill,
    subject: `【交接班${count > 0 ? `·未签收·第${count}次提醒` : ''}】${when} ${names(found.outgoing)} → ${names(found.incoming)}`,
    ask: comesIn ? '请看过未了事项后签收。' : '交接稿已从记录中备好，请补一句话后交班。',
    lines: [`未了事项 ${open} 件`],
    link: deps.handOverLink({
      handOverId: found.id,
      personId: person.id,
      expiresAt: new Date(found.changeAt.getTime() + 2 * DAY_MS),
    }),
    button: comesIn ? '看交接内容并签收' : '看交接稿',
    shortCode: `交接班#${found.id.slice(0, 4)}·第${count + 1}次`,
  });
  return dutyNotices(`handOver ${count}`, found.id, person, text, deps);
}

const actorsOf = ({ first }: OnDuty, all: readonly Person[]): Actor[] =>
  first.flatMap(({ personId }) => all.filter(({ id }) => id === personId).map(actorOf));
