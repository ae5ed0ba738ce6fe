import type { Actor } from '#core';
import { SUPERVISION_LEVEL_NAMES, SUPERVISION_STATE_NAMES, type SupervisionOrder } from '#respond';
import type { SupervisionView } from '#contract';
import { iso } from './iso.ts';

const byWhom = ({ at, by }: { readonly at: Date; readonly by: Actor }) => ({
  at: iso(at),
  by: by.name,
});

/** @param may steps that the person who asks may take now */
export function toSupervisionView(
  order: SupervisionOrder,
  may: readonly string[],
): SupervisionView {
  const { id, eventId, isDrill, title, trigger, reason, unit, level, state } = order;
  const { nextUrgeAt, reply, verified } = order;
  return {
    id,
    ...(eventId && { eventId }),
    isDrill,
    title,
    trigger,
    reason,
    unit,
    opened: byWhom(order.opened),
    level,
    levelName: SUPERVISION_LEVEL_NAMES[level],
    ...(nextUrgeAt && { nextUrgeAt: iso(nextUrgeAt) }),
    state,
    stateName: SUPERVISION_STATE_NAMES[state],
    urges: order.urges.map((one) => ({
      ...byWhom(one),
      levelName: SUPERVISION_LEVEL_NAMES[one.level],
      text: one.text,
      told: [...one.told],
    })),
    ...(reply && {
      reply: {
        ...byWhom(reply),
        unit: reply.unit,
        cause: reply.cause,
        measures: reply.measures,
      },
    }),
    ...(verified && { verified: byWhom(verified) }),
    may: [...may],
  };
}
