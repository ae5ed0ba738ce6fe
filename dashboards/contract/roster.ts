import { z } from 'zod';
import { Moment } from './common.ts';

const Day = z.iso.date();
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:30');
export const SeatView = z.enum(['first', 'second', 'leader']);
export type SeatView = z.infer<typeof SeatView>;
export const DayKindView = z.enum(['workday', 'rest', 'holiday']);

const RotationBody = z.object({
  people: z.array(z.string()).min(1, '轮流名单不能为空'),
  turnDays: z.int().min(1).max(31).default(1),
});

export const ShiftBody = z.object({
  id: z.string().min(1),
  name: z.string().trim().min(1, '班次要有名称').max(20),
  days: z.array(DayKindView).min(1, '至少选一种日子'),
  from: WallTime,
  to: WallTime,
  seats: z.object({
    first: RotationBody,
    second: RotationBody.optional(),
    leader: RotationBody.optional(),
  }),
});
export type ShiftBody = z.infer<typeof ShiftBody>;

/** PUT /api/v1/roster: the shifts from a day on, and whom to call when a seat is empty. */
export const RosterBody = z.object({
  from: Day,
  shifts: z.array(ShiftBody).min(1, '至少一个班次'),
  fallback: z.array(z.string()).min(1, '后备名单不能为空'),
});
export type RosterBody = z.infer<typeof RosterBody>;

const Reason = z.string().trim().min(2, '请写明原因').max(200);

/** POST /api/v1/roster/overrides */
export const OverrideBody = z.object({
  seat: SeatView,
  personId: z.string().min(1),
  from: Moment,
  to: Moment,
  reason: Reason,
});
export type OverrideBody = z.infer<typeof OverrideBody>;

/** POST /api/v1/roster/leaves */
export const LeaveBody = z.object({
  personId: z.string().min(1),
  from: Day,
  to: Day,
  replacementId: z.string().optional(),
  reason: Reason,
});
export type LeaveBody = z.infer<typeof LeaveBody>;

export const SlotBody = z.object({ day: Day, shiftId: z.string(), seat: SeatView });
export type SlotBody = z.infer<typeof SlotBody>;

/** POST /api/v1/roster/swaps */
export const SwapBody = z.object({ mine: SlotBody, theirs: SlotBody, reason: Reason });
export type SwapBody = z.infer<typeof SwapBody>;

/** POST /api/v1/roster/swaps/:swapId/answer */
export const SwapAnswerBody = z.object({ isAccepted: z.boolean() });

/** GET /api/v1/roster?month= */
export const RosterQuery = z.object({
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
    .optional(),
});

/** One person in one seat, and why. */
const SeatDutyView = z.object({
  seat: SeatView,
  seatName: z.string(),
  personId: z.string().optional(),
  /** Absent when the seat is empty. */
  name: z.string().optional(),
  reason: z.string(),
  layer: z.enum(['override', 'swap', 'leave', 'rotation', 'fallback', 'manual']).optional(),
});

const RosterDayView = z.object({
  day: Day,
  /** Absent when nobody has announced what kind of day it is. */
  kind: DayKindView.optional(),
  /** 工作日, 休息日, 节假日, or 安排未定. */
  kindName: z.string(),
  holiday: z.string().optional(),
  shifts: z.array(
    z.object({
      shiftId: z.string(),
      name: z.string(),
      start: Moment,
      end: Moment,
      seats: z.array(SeatDutyView),
    }),
  ),
  /** What is wrong on this day, in words; empty when all is well. */
  gaps: z.array(z.string()),
});
export type RosterDayView = z.infer<typeof RosterDayView>;

export const RosterView = z.object({
  month: z.string(),
  today: Day,
  hasRoster: z.boolean(),
  mayKeep: z.boolean(),
  days: z.array(RosterDayView),
  /** The shifts in force or coming, to begin an edit from. */
  plan: RosterBody.optional(),
  /** The plan that is being waited for begins on this day. */
  nextPlanFrom: Day.optional(),
  changes: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['override', 'leave']),
      text: z.string(),
      mayWithdraw: z.boolean(),
    }),
  ),
  swaps: z.array(z.object({ id: z.string(), text: z.string(), mayAnswer: z.boolean() })),
  /** Gaps of the days ahead, in words. */
  gaps: z.array(z.string()),
  checkAheadDays: z.int(),
  people: z.array(
    z.object({ id: z.string(), name: z.string(), maySit: z.boolean(), mayLead: z.boolean() }),
  ),
  /** 零报告 of special periods, newest first. */
  reports: z.array(
    z.object({
      day: Day,
      period: z.string(),
      dueAt: Moment,
      filed: z.object({ by: z.string(), at: Moment, text: z.string() }).optional(),
    }),
  ),
});
export type RosterView = z.infer<typeof RosterView>;

/** POST /api/v1/zero-reports/:day; empty text says that nothing happened. */
export const ZeroReportBody = z.object({ text: z.string().trim().max(2_000).default('') });
export const ZeroReportParams = z.object({ day: Day });

/** GET /api/v1/hand-overs, newest first. */
export const HandOverRow = z.object({
  id: z.string(),
  changeAt: Moment,
  outgoing: z.array(z.string()),
  incoming: z.array(z.string()),
  open: z.int(),
  note: z.string(),
  submittedAt: Moment.optional(),
  signed: z.object({ by: z.string(), at: Moment }).optional(),
  /** The page of it, for this person. */
  url: z.string(),
});
export type HandOverRow = z.infer<typeof HandOverRow>;
