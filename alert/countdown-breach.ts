import { z } from 'zod';
import { idOf, type Effect } from '#core';
import type { Countdown } from './countdown.ts';

/** Topic of breaches on their way into the chain. */
export const BREACHES_TOPIC = 'countdown-breaches';

/** 超时: the record that a due time passed unmet. Written once, never changed or removed. */
export const CountdownBreachSchema = z.object({
  id: z.string(),
  countdownId: z.string(),
  eventId: z.string().optional(),
  /** Whose duty it was, where it was one unit's. */
  unit: z.string().optional(),
  title: z.string(),
  code: z.string(),
  name: z.string(),
  ruleVersion: z.string(),
  startAt: z.coerce.date(),
  dueAt: z.coerce.date(),
  /** When it was noticed. */
  recordedAt: z.coerce.date(),
  isBornBreached: z.boolean(),
  isDrill: z.boolean(),
});
export type CountdownBreach = Readonly<z.infer<typeof CountdownBreachSchema>>;

/**
 * The countdown with the record of its breach, where this change is the one that breached it: both are
 * one write, so neither can be without the other.
 */
export function withBreachRecord(
  before: Countdown | undefined,
  after: Countdown,
  now: Date,
): Countdown {
  if (before?.breachedAt || !after.breachedAt) return after;
  const breach: CountdownBreach = {
    id: idOf('breach', after.id),
    countdownId: after.id,
    ...(after.eventId && { eventId: after.eventId }),
    ...(after.unit && { unit: after.unit }),
    title: after.eventTitle,
    code: after.code,
    name: after.name,
    ruleVersion: after.ruleVersion,
    startAt: after.start.at,
    dueAt: after.statutoryDueAt,
    recordedAt: now,
    isBornBreached: after.isBornBreached,
    isDrill: after.isDrill,
  };
  const effect: Effect = {
    topic: BREACHES_TOPIC,
    id: breach.id,
    key: after.eventId ?? after.id,
    body: breach,
  };
  return { ...after, effects: [...after.effects, effect] };
}
