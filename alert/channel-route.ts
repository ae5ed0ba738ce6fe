import { z } from 'zod';
import { ChannelKindSchema, NoticeSchema, type ChannelKind } from './alert.ts';
import { routeRuleOf, type ChannelPack } from './channel-pack.ts';
import type { SendResult } from './ports.ts';

/** How one way out is doing; kept, so that a restart does not forget that it is closed. */
export const ChannelRouteSchema = z.object({
  id: ChannelKindSchema,
  revision: z.int(),
  effects: z.array(z.never()),
  failuresInRow: z.int(),
  /** Nothing goes out before; absent while it works. */
  closedUntil: z.coerce.date().optional(),
  closedFor: z.enum(['rate', 'failures']).optional(),
  lastOkAt: z.coerce.date().optional(),
  lastFailure: z
    .object({
      at: z.coerce.date(),
      result: NoticeSchema.shape.attempts.element.shape.result,
      detail: z.string(),
    })
    .optional(),
});
export type ChannelRoute = Readonly<z.infer<typeof ChannelRouteSchema>>;

export const newRoute = (kind: ChannelKind): ChannelRoute => ({
  id: kind,
  revision: 1,
  effects: [],
  failuresInRow: 0,
});

/** A success is written down again only after so long: it is there for people to read. */
const OK_NOTED_EVERY_MS = 5_000;

/**
 * The route after one answer; undefined where it stays as it is. Too fast closes it at once, for as long as
 * the far side's rule says; several failures in a row open the breaker. A refused message says nothing
 * against the route.
 */
export function routeAfter(
  route: ChannelRoute,
  sent: SendResult,
  pack: ChannelPack,
  now: Date,
): ChannelRoute | undefined {
  const { closedUntil: _until, closedFor: _for, ...open } = route;
  if (sent.result === 'ok') {
    const isKnown =
      route.failuresInRow === 0 &&
      !route.closedUntil &&
      now.getTime() - (route.lastOkAt?.getTime() ?? 0) < OK_NOTED_EVERY_MS;
    return isKnown ? undefined : { ...open, failuresInRow: 0, lastOkAt: now };
  }
  const failed = { ...route, lastFailure: { at: now, ...sent } };
  if (sent.result === 'content') return failed;
  if (sent.result === 'rate') {
    const closedUntil = new Date(now.getTime() + routeRuleOf(pack, route.id).closeOnRateMs);
    return { ...failed, closedUntil, closedFor: 'rate' };
  }
  const failuresInRow = route.failuresInRow + 1;
  if (failuresInRow < pack.breaker.openAfterFailures) return { ...failed, failuresInRow };
  const closedUntil = new Date(now.getTime() + pack.breaker.openForMs);
  return { ...failed, failuresInRow, closedUntil, closedFor: 'failures' };
}

export type Gate =
  | { readonly kind: 'open'; readonly reason: 'works' }
  /** It was closed for failures: one message finds out whether it works again. */
  | { readonly kind: 'trial'; readonly reason: 'afterFailures' }
  | { readonly kind: 'closed'; readonly reason: 'rate' | 'failures'; readonly until: Date };

/** Whether messages go out on a route now. */
export function gateOf(route: ChannelRoute | undefined, now: Date): Gate {
  if (!route?.closedUntil || !route.closedFor) return { kind: 'open', reason: 'works' };
  const { closedUntil: until, closedFor: reason } = route;
  if (until > now) return { kind: 'closed', reason, until };
  return reason === 'failures'
    ? { kind: 'trial', reason: 'afterFailures' }
    : { kind: 'open', reason: 'works' };
}
