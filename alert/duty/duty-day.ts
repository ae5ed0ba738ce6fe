import { z } from 'zod';
import {
  actorOf,
  ActorSchema,
  amend,
  auditEffect,
  EffectSchema,
  Refused,
  type Documents,
  type Person,
} from '#core';

/** What a duty office owes on one Beijing day, and what it was told: gaps ahead, and the zero report. */
export const DutyDaySchema = z.object({
  /** `yyyy-MM-dd`. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  /** The gaps that were told on this day; absent while none were. */
  told: z.object({ at: z.coerce.date(), lines: z.array(z.string()) }).optional(),
  /** 每日报到: the real message of the day, to those who were on duty. */
  daily: z
    .object({
      at: z.coerce.date(),
      receivers: z.array(z.object({ name: z.string(), noticeIds: z.array(z.string()) })),
      /** When it was looked whether each had been handed over; absent until then. */
      checkedAt: z.coerce.date().optional(),
    })
    .optional(),
  /** 零报告: due in a special period even if nothing happened. */
  report: z
    .object({
      period: z.string(),
      dueAt: z.coerce.date(),
      remindedAt: z.array(z.coerce.date()),
      filed: z.object({ by: ActorSchema, at: z.coerce.date(), text: z.string() }).optional(),
    })
    .optional(),
});
export type DutyDay = Readonly<z.infer<typeof DutyDaySchema>>;

/** Adapters pass tests/contracts/documents.contract.ts and their own queries'. */
export interface DutyDayStore extends Documents<DutyDay> {
  /** Newest first. */
  listNewest(limit: number): Promise<readonly DutyDay[]>;
  /** Days whose report is owed, oldest first. */
  listOwed(): Promise<readonly DutyDay[]>;
}

/** A day begins with nothing owed and nothing told. */
export async function ensureDutyDay(store: DutyDayStore, day: string): Promise<void> {
  await store.create({ id: day, revision: 1, effects: [] });
}

/** What a report says when nothing happened. */
export const NOTHING_HAPPENED = '零报告：本日无异常情况。';

/**
 * Files the report of a day; late is said to be late.
 *
 * @throws {Refused} when none is due on that day, or it is filed already
 */
export async function fileZeroReport(
  store: DutyDayStore,
  act: { day: string; actor: Person; at: Date; text: string },
): Promise<DutyDay> {
  const { actor, at, text } = act;
  return await amend(store, act.day, (found) => {
    const { report } = found;
    if (!report)
      throw new Refused('NO_REPORT_DUE', '这一天不在特殊时期，没有零报告要交', 'invalid');
    if (report.filed) throw new Refused('REPORT_FILED', `已由${report.filed.by.name}报告`);
    const filed = { by: actorOf(actor), at, text: text.trim() || NOTHING_HAPPENED };
    const late = at > report.dueAt ? '（逾期）' : '';
    const audit = auditEffect({
      at,
      actor: filed.by,
      act: `零报告${late}`,
      target: `dutyDay:${found.id}`,
      detail: filed.text,
    });
    return { ...found, report: { ...report, filed }, effects: [...found.effects, audit] };
  });
}
