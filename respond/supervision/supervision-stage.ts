import { amend, type Now, type PersonStore, type Stage } from '#core';
import { GradedEventSchema, type GradedEvent } from '#analyze';
import { CountdownBreachSchema, type CountdownBreach } from '#alert';
import type { OrderStore, SupervisionStore } from '../ports.ts';
import {
  climbed,
  superviseBreach,
  superviseByHand,
  superviseEvent,
  type SupervisionOffice,
} from './open-supervision.ts';
import type { SupervisionOrder } from './supervision-order.ts';

/** What supervising is given. */
export interface SupervisionDeps extends Omit<SupervisionOffice, 'people' | 'ways'> {
  readonly supervisions: SupervisionStore;
  /** The fact order says whose matter an event is. */
  readonly orders: Pick<OrderStore, 'listByEvent'>;
  readonly people: Pick<PersonStore, 'listAll'>;
  readonly now: Now;
}

export const supervisionOffice = async ({
  people,
  ...deps
}: SupervisionDeps): Promise<SupervisionOffice> => ({
  ...deps,
  ways: deps.pack.channels,
  people: await people.listAll(),
});

async function unitOf(eventId: string | undefined, { orders }: SupervisionDeps): Promise<string> {
  if (eventId === undefined) return '';
  const all = await orders.listByEvent(eventId);
  return (all.findLast(({ track }) => track === 'fact') ?? all.at(-1))?.leadUnit ?? '';
}

/** Events that a person confirmed as grave come under supervision. */
export function createEventSupervision(deps: SupervisionDeps): Stage<GradedEvent> {
  return {
    name: 'supervision.events',
    schema: GradedEventSchema,
    async process(batch) {
      const office = await supervisionOffice(deps);
      for (const event of new Map(batch.map((one) => [one.id, one])).values()) {
        const order = superviseEvent(event, await unitOf(event.id, deps), office, deps.now());
        if (order) await deps.supervisions.create(order);
      }
    },
  };
}

/** Every missed limit comes under supervision. */
export function createBreachSupervision(deps: SupervisionDeps): Stage<CountdownBreach> {
  return {
    name: 'supervision.breaches',
    schema: CountdownBreachSchema,
    async process(batch) {
      const office = await supervisionOffice(deps);
      for (const breach of batch) {
        const unit = await unitOf(breach.eventId, deps);
        await deps.supervisions.create(superviseBreach(breach, unit, office, deps.now()));
      }
    },
  };
}

const MOST_AT_ONCE = 100;

/** The ladder climbs where nobody has answered. @returns how many climbed */
export async function tickSupervision(deps: SupervisionDeps): Promise<number> {
  const at = deps.now();
  const due = await deps.supervisions.listDue(at, MOST_AT_ONCE);
  if (due.length === 0) return 0;
  const office = await supervisionOffice(deps);
  for (const { id } of due) {
    await amend(deps.supervisions, id, (order) => climbed(order, office, at));
  }
  return due.length;
}

/** @throws {Refused} */
export async function openSupervision(
  deps: SupervisionDeps,
  request: Parameters<typeof superviseByHand>[0],
): Promise<SupervisionOrder> {
  const order = superviseByHand(request, await supervisionOffice(deps));
  if (await deps.supervisions.create(order)) return order;
  // Sent twice: the first stands.
  return (await deps.supervisions.findById(order.id)) ?? order;
}
