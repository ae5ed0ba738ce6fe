import { actorOf, amend, auditEffect, hasRole, Refused, ROLE_WORDS, type Person } from '#core';
import type { Countdown } from './countdown.ts';
import type { CountdownPack } from './countdown-pack.ts';
import { withNote } from './countdown-state.ts';
import type { CountdownStore } from './ports.ts';

type Causes = Pick<CountdownPack, 'causes'>;

export interface CauseRecord {
  readonly actor: Person;
  readonly at: Date;
  /** One of the pack's reasons. */
  readonly reason: string;
  /** What happened, in the person's own words. */
  readonly words: string;
}

/** Whether its due time passed unmet, here and not on the event that it was carried from. */
export const wasMissed = ({ breachedAt, continuedUnder, isTrial }: Countdown): boolean =>
  breachedAt !== undefined && continuedUnder === undefined && isTrial !== true;

/** Whether an event with this countdown cannot be closed before somebody says why it was missed. */
export const owesCause = (countdown: Countdown, { causes }: Causes): boolean =>
  wasMissed(countdown) &&
  causes.neededFor.includes(countdown.code) &&
  (countdown.causes ?? []).length === 0;

/** Reasons this person may choose from; none where no due time was missed or the role is another. */
export const causesOpenTo = (
  countdown: Countdown,
  person: Person,
  { causes }: Causes,
): CountdownPack['causes']['reasons'] =>
  wasMissed(countdown) && hasRole(person, ...causes.recorders) ? causes.reasons : [];

/**
 * 超时原因: stands beside the breach, which stays as it is.
 *
 * @throws {Refused} when the role, the breach, a reason of the pack or words are missing
 */
export function withCause(countdown: Countdown, record: CauseRecord, pack: Causes): Countdown {
  const { actor, at, reason, words } = record;
  const { recorders, reasons, leastCharacters } = pack.causes;
  if (!hasRole(actor, ...recorders)) {
    const roles = recorders.map((role) => ROLE_WORDS[role]).join('、');
    throw new Refused('ROLE_NEEDED', `写明超时原因须是：${roles}`, 'forbidden');
  }
  if (!wasMissed(countdown)) throw new Refused('NOT_BREACHED', '这项时限没有超时');
  const reasonName = reasons.find(({ code }) => code === reason)?.name;
  if (!reasonName) throw new Refused('CAUSE_UNKNOWN', `没有这一种超时原因：${reason}`, 'invalid');
  if (Array.from(words.trim()).length < leastCharacters) {
    throw new Refused('CAUSE_TOO_SHORT', `情况说明至少写${leastCharacters}个字`, 'invalid');
  }
  const cause = { reason, reasonName, words: words.trim(), by: actorOf(actor), at };
  const { id, eventId, name } = countdown;
  const audit = auditEffect({
    at,
    actor: actorOf(actor),
    act: `写明超时原因：${name}`,
    target: `countdown:${id}`,
    ...(eventId && { eventId }),
    detail: `${reasonName}：${cause.words}`,
  });
  const noted = withNote(countdown, at, `${actor.name}写明超时原因：${reasonName}`);
  const causes = [...(countdown.causes ?? []), cause];
  return { ...noted, causes, effects: [...noted.effects, audit] };
}

/** Stores the cause of a missed due time. @throws {Refused | NotFound} */
export const storeCause = async (
  { countdowns, pack }: { readonly countdowns: CountdownStore; readonly pack: Causes },
  { countdownId, ...record }: CauseRecord & { readonly countdownId: string },
): Promise<Countdown> =>
  await amend(countdowns, countdownId, (found) => withCause(found, record, pack));
