import { z } from 'zod';
import type { Effect } from './documents.ts';
import { newId } from './ids.ts';
import { ActorSchema, type Actor } from './person.ts';

/** Topic of acts to be written into the append-only record. */
export const AUDIT_TOPIC = 'audit';

/** 审计记录: who did what to which thing, when, with what result. */
export const AuditEntrySchema = z.object({
  id: z.string(),
  at: z.coerce.date(),
  actor: ActorSchema,
  /** What was done, in Chinese: 确认预警, 确认定级, 签署保密审查, … */
  act: z.string(),
  /** The thing acted on: event:…, alert:…, release:…, person:… */
  target: z.string(),
  /** The event it belongs to, so that a timeline can be drawn. */
  eventId: z.string().optional(),
  detail: z.string().default(''),
  result: z.enum(['done', 'refused']).default('done'),
});
export type AuditEntry = Readonly<z.infer<typeof AuditEntrySchema>>;

/** The append-only record. Adapters pass tests/contracts/chain.contract.ts. */
export interface AuditTrail {
  /** Writes an entry at the end of the chain; an id already there is left as it is. */
  append(entry: AuditEntry): Promise<void>;
  listByEvent(eventId: string): Promise<readonly AuditEntry[]>;
  listNewest(limit: number): Promise<readonly AuditEntry[]>;
  /** First position at which the chain of digests does not hold; undefined while it holds. */
  findBreak(): Promise<number | undefined>;
}

/** The act and its record in one write: the entry travels as an effect of the changed document. */
export function auditEffect(act: {
  readonly at: Date;
  readonly actor: Actor;
  readonly act: string;
  readonly target: string;
  readonly eventId?: string;
  readonly detail?: string;
}): Effect {
  const entry = { id: newId(), detail: '', result: 'done', ...act };
  return { topic: AUDIT_TOPIC, id: entry.id, key: act.eventId ?? act.target, body: entry };
}
