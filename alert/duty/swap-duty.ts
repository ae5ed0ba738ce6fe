import { actorOf, amend, newId, Refused, type Person } from '#core';
import { withAudit, type RosterAct, type RosterDeps } from './edit-roster.ts';
import { ROSTER_ID, SEAT_WORDS, type DutyRoster, type DutySlot } from './duty-roster.ts';
import { createDutyTable, type DutyTable } from './duty-table.ts';
import { seatOf } from './on-duty.ts';

/**
 * Asks the holder of another slot to change it for one's own.
 *
 * @throws {Refused} when the slot is not one's own, the other is nobody's, or a shift has begun
 */
export async function askSwap(
  deps: RosterDeps,
  act: RosterAct & { readonly mine: DutySlot; readonly theirs: DutySlot; readonly reason: string },
): Promise<DutyRoster> {
  const { actor, at, mine, theirs, reason } = act;
  const people = await deps.people.listAll();
  return await amend(deps.rosters, ROSTER_ID, (roster) => {
    const table = createDutyTable(roster, deps.calendar);
    if (holderOf(mine, table, at) !== actor.id) {
      throw new Refused('NOT_YOUR_SLOT', '只能用自己还没有开始的班去换', 'forbidden');
    }
    const other = people.find(({ id }) => id === holderOf(theirs, table, at));
    if (!other || other.id === actor.id) {
      throw new Refused('SLOT_WRONG', '要换的班须是别人的、还没有开始的班', 'invalid');
    }
    if ((mine.seat === 'leader') !== (theirs.seat === 'leader')) {
      throw new Refused('SLOT_WRONG', '带班只能换带班', 'invalid');
    }
    const swap = {
      id: newId(),
      mine,
      theirs,
      askedBy: actorOf(actor),
      askedOf: actorOf(other),
      reason,
      askedAt: at,
    };
    const detail = `${inWords(mine)} 换 ${other.name} ${inWords(theirs)}：${reason}`;
    return withAudit({ ...roster, swaps: [...roster.swaps, swap] }, act, '申请换班', detail);
  });
}

/** The other one's answer; only then does anything change. */
export async function answerSwap(
  deps: RosterDeps,
  act: RosterAct & { readonly swapId: string; readonly isAccepted: boolean },
): Promise<DutyRoster> {
  const { actor, at, swapId, isAccepted } = act;
  return await amend(deps.rosters, ROSTER_ID, (roster) => {
    const swap = roster.swaps.find(({ id }) => id === swapId);
    if (!swap || swap.askedOf.personId !== actor.id) {
      throw new Refused('NOT_ASKED', '这次换班没有征求您的同意', 'forbidden');
    }
    if (swap.answer) return undefined;
    const table = createDutyTable(roster, deps.calendar);
    const stillHold =
      holderOf(swap.mine, table, at) === swap.askedBy.personId &&
      holderOf(swap.theirs, table, at) === swap.askedOf.personId;
    if (isAccepted && !stillHold) {
      throw new Refused('SLOT_CHANGED', '班次已经变动或已经开始，不能再换');
    }
    const swaps = roster.swaps.map((one) =>
      one.id === swapId ? { ...one, answer: { isAccepted, at } } : one,
    );
    const detail = `${swap.askedBy.name} ${inWords(swap.mine)} 与 ${inWords(swap.theirs)}`;
    return withAudit({ ...roster, swaps }, act, isAccepted ? '同意换班' : '不同意换班', detail);
  });
}

/** Who holds a slot that has not begun; undefined for one that has, or that nobody holds. */
function holderOf(
  { day, shiftId, seat }: DutySlot,
  table: DutyTable,
  at: Date,
): Person['id'] | undefined {
  const shift = table.shiftsOn(day).find(({ rule }) => rule.id === shiftId);
  return shift && at < shift.start ? seatOf(shift, seat, table)?.personId : undefined;
}

const inWords = ({ day, seat }: DutySlot): string => `${day} ${SEAT_WORDS[seat]}`;
