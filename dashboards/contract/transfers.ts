import { z } from 'zod';
import { Moment } from './common.ts';
import { CountdownView } from './events.ts';

const Words = z.string().trim().min(1).max(2_000);
const Day = z.iso.date();

/** POST /api/v1/transfers: a matter that another body handed to this office. */
export const RegisterTransferBody = z.object({
  /** The body, never a private person. */
  fromBody: z.string().trim().min(1).max(100),
  theirNo: z.string().trim().max(100).default(''),
  receivedAt: Moment,
  requirement: Words,
  /** The reply's date as the paper has it; absent: by working days. */
  dueAt: Moment.optional(),
  eventId: z.string().max(100).optional(),
  /** A finding on the event's record that told of this paper before. */
  findingId: z.string().max(100).optional(),
});
export type RegisterTransferBody = z.input<typeof RegisterTransferBody>;

/** POST /api/v1/transfers/:transferId/steps */
export const TransferStepBody = z.discriminatedUnion('step', [
  z.object({ step: z.literal('assign'), unit: z.string().trim().min(1).max(100) }),
  z.object({
    step: z.literal('reply'),
    /** When the sender had it; absent: just now. */
    repliedAt: Moment.optional(),
    text: Words,
    ref: z.string().trim().max(300).default(''),
    /** Why it is entered late (补录). */
    lateReason: z.string().trim().max(500).optional(),
  }),
  z.object({ step: z.literal('close') }),
  z.object({ step: z.literal('note'), text: Words }),
]);
export type TransferStepBody = z.input<typeof TransferStepBody>;

export const TransferParams = z.object({ transferId: z.string().min(1).max(100) });

/** Which of them: not replied to, overdue of these, replied to. */
export const TransferShowsView = z.enum(['open', 'overdue', 'replied']);
/** GET /api/v1/transfers and transfers.csv; days of receipt in Beijing, both ends counted. */
export const TransfersQuery = z.object({
  shows: TransferShowsView.optional(),
  from: Day.optional(),
  to: Day.optional(),
  /** The unit that has it in hand, or the body that sent it. */
  unit: z.string().trim().max(100).optional(),
});
export type TransfersQuery = z.infer<typeof TransfersQuery>;

const ByWhom = { at: Moment, by: z.string() };

export const TransferView = z.object({
  id: z.string(),
  eventId: z.string().optional(),
  eventTitle: z.string().optional(),
  isDrill: z.boolean(),
  fromBody: z.string(),
  theirNo: z.string(),
  receivedAt: Moment,
  requirement: z.string(),
  /** When the reply is due; absent until its countdown runs. */
  dueAt: Moment.optional(),
  /** The paper names no date: by working days. */
  isDueByRule: z.boolean(),
  isOverdue: z.boolean(),
  /** The countdown of its reply, with what the person who asks may do about it; absent until it runs. */
  duty: CountdownView.optional(),
  /** Of the duty, where it ended otherwise: 豁免, … */
  dutyEnded: z.string().optional(),
  state: z.string(),
  stateName: z.string(),
  registered: z.object(ByWhom),
  assigned: z.array(z.object({ ...ByWhom, unit: z.string(), told: z.array(z.string()) })),
  reply: z
    .object({
      ...ByWhom,
      enteredAt: Moment,
      text: z.string(),
      ref: z.string(),
      lateReason: z.string().optional(),
      /** From receipt to the reply; ms. */
      tookMs: z.number(),
      isLate: z.boolean(),
    })
    .optional(),
  closed: z.object(ByWhom).optional(),
  history: z.array(z.object({ ...ByWhom, what: z.string() })),
  /** Steps that the person who asks may take now. */
  may: z.array(z.string()),
});
export type TransferView = z.infer<typeof TransferView>;

/** GET /api/v1/transfers */
export const TransfersView = z.object({
  transfers: z.array(TransferView),
  mayRegister: z.boolean(),
  /** Units known here, by name; any other may be written. */
  units: z.array(z.string()),
});
export type TransfersView = z.infer<typeof TransfersView>;

/** GET /api/v1/events/:eventId/transfers */
export const EventTransfersView = z.object({
  transfers: z.array(TransferView),
  /** 上级转办 on the event's record that no entry stands for yet. */
  findings: z.array(z.object({ id: z.string(), at: Moment, words: z.string() })),
  mayRegister: z.boolean(),
});
export type EventTransfersView = z.infer<typeof EventTransfersView>;
