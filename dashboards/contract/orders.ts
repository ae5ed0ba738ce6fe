import { z } from 'zod';
import { GradeView, Moment } from './common.ts';

const OrderTrackView = z.enum(['fact', 'response']);
const Unit = z.string().trim().min(1).max(100);
const Words = z.string().trim().min(1).max(2_000);
const Units = z.array(Unit).max(20).default([]);

/** POST /api/v1/events/:eventId/orders: one command; at the gravest grades it holds both tracks. */
export const IssueOrdersBody = z.object({
  orders: z
    .array(
      z.object({
        track: OrderTrackView,
        leadUnit: Unit,
        assistUnits: Units,
        task: Words,
        dueAt: Moment.optional(),
        /** The decision of a consultation that it carries out. */
        decisionId: z.string().max(100).optional(),
      }),
    )
    .min(1)
    .max(10),
  /** 发布授权: who may publish; with a response order. */
  publishingUnit: z.string().trim().max(100).optional(),
});
export type IssueOrdersBody = z.input<typeof IssueOrdersBody>;

/** POST /api/v1/orders/:orderId/steps: one step of its life. */
export const OrderStepBody = z.discriminatedUnion('step', [
  z.object({ step: z.literal('accept') }),
  z.object({ step: z.literal('return'), reason: Words, suggestedUnit: Unit }),
  z.object({ step: z.literal('reassign'), leadUnit: Unit, assistUnits: Units, reason: Words }),
  z.object({ step: z.literal('progress'), text: Words }),
  z.object({
    step: z.literal('submit'),
    text: z.string().trim().min(1).max(10_000),
    evidence: z.array(z.url()).max(20).default([]),
  }),
  z.object({ step: z.literal('sendBack'), reason: Words }),
  z.object({ step: z.literal('verify') }),
  z.object({ step: z.literal('finish') }),
]);
export type OrderStepBody = z.input<typeof OrderStepBody>;

export const OrderParams = z.object({ orderId: z.string().min(1).max(100) });

/** Who did it, when. */
const ByWhom = { at: Moment, by: z.string() };

export const OrderView = z.object({
  id: z.string(),
  eventId: z.string(),
  eventTitle: z.string(),
  isDrill: z.boolean(),
  grade: GradeView,
  track: OrderTrackView,
  trackName: z.string(),
  leadUnit: z.string(),
  assistUnits: z.array(z.string()),
  task: z.string(),
  dueAt: Moment.optional(),
  decisionId: z.string().optional(),
  /** 批示 that it carries out, and who registered or routed that for the leader. */
  instructed: z
    .object({ leader: z.string(), reportName: z.string(), through: z.string().optional() })
    .optional(),
  publishingUnit: z.string().optional(),
  issued: z.object(ByWhom),
  acceptDueAt: Moment,
  state: z.string(),
  stateName: z.string(),
  accepted: z.object(ByWhom).optional(),
  /** 逾期签收: nobody answered in time, so it counts as accepted. */
  isAcceptedBySilence: z.boolean(),
  signedLate: z.object(ByWhom).optional(),
  returns: z.array(
    z.object({ ...ByWhom, unit: z.string(), reason: z.string(), suggestedUnit: z.string() }),
  ),
  isFinal: z.boolean(),
  progress: z.array(z.object({ ...ByWhom, unit: z.string(), text: z.string() })),
  result: z.object({ ...ByWhom, text: z.string(), evidence: z.array(z.string()) }).optional(),
  /** Steps that the person who asks may take now. */
  may: z.array(z.string()),
  /** The person who asks belongs to a unit that the order names. */
  isMine: z.boolean(),
});
export type OrderView = z.infer<typeof OrderView>;

/** GET /api/v1/orders and GET /api/v1/events/:eventId/orders */
export const OrdersView = z.object({
  orders: z.array(OrderView),
  /** The next command of the event must hold both tracks and say who publishes. */
  isJoint: z.boolean(),
  /** Units known here, by name; any other may be written. */
  units: z.array(z.string()),
});
export type OrdersView = z.infer<typeof OrdersView>;
