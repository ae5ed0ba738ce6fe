import { addDays, amend, beijingDay, beijingMinute } from '#core';
import { render, type NoticeText } from '../notice-text.ts';
import { ensureDutyDay, type DutyDay } from './duty-day.ts';
import { dutyNotices, holders, type DutyRoundsDeps } from './duty-notices.ts';

/** Zero reports of special periods: owed from the morning on, reminded before they are due and after. */
export async function keepZeroReports(deps: DutyRoundsDeps): Promise<number> {
  const now = deps.now();
  const day = beijingDay(now);
  const { dueAt, remindBeforeMs, remindEveryMs, tell } = deps.pack.zeroReport;
  const period = deps.periods.find(({ from, to }) => from <= day && day <= to);
  let changed = 0;
  if (period && !(await deps.dutyDays.findById(day))?.report) {
    const report = {
      period: period.name,
      dueAt: new Date(`${day}T${dueAt}:00+08:00`),
      remindedAt: [],
    };
    await ensureDutyDay(deps.dutyDays, day);
    await amend(deps.dutyDays, day, (found) => (found.report ? undefined : { ...found, report }));
    changed += 1;
  }
  for (const owed of await deps.dutyDays.listOwed()) {
    const { report } = owed;
    if (!report || now.getTime() < report.dueAt.getTime() - remindBeforeMs) continue;
    // Yesterday's that was never filed stays on the page as missing; it is not sent about for ever.
    if (owed.id < addDays(day, -1)) continue;
    const last = report.remindedAt.at(-1);
    if (last && now.getTime() < last.getTime() + remindEveryMs) continue;
    const isLate = now > report.dueAt;
    const all = await deps.people.listAll();
    const duty = await deps.reader.onDuty(now);
    const seated = [...duty.first, ...duty.leader].flatMap(({ personId }) =>
      all.filter(({ id }) => id === personId),
    );
    const told = [
      ...new Map(
        [...seated, ...(isLate ? holders(all, tell) : [])].map((one) => [one.id, one]),
      ).values(),
    ];
    await amend(deps.dutyDays, owed.id, (found) => {
      if (!found.report || found.report.filed) return undefined;
      const count = found.report.remindedAt.length + 1;
      const text = zeroReportText(found.id, found.report, isLate, count, deps);
      const effects = told.flatMap((person) =>
        dutyNotices(`zero ${found.id} ${count}`, found.id, person, text, deps),
      );
      const remindedAt = [...found.report.remindedAt, now];
      return {
        ...found,
        report: { ...found.report, remindedAt },
        effects: [...found.effects, ...effects],
      };
    });
    changed += 1;
  }
  return changed;
}

function zeroReportText(
  day: string,
  report: NonNullable<DutyDay['report']>,
  isLate: boolean,
  count: number,
  deps: DutyRoundsDeps,
): NoticeText {
  const due = beijingMinute(report.dueAt).slice(11);
  return render({
    isDrill: deps.isDrill,
    subject: `【零报告${isLate ? '·已逾期' : ''}·第${count}次提醒】${report.period} ${day}`,
    ask: `${day} 的值班报告须在 ${due} 前报出，没有情况也要报。`,
    lines: [`特殊时期：${report.period}`],
    link: deps.pageUrl('/roster'),
    button: '去报告',
    shortCode: `零报告#${day}·第${count}次`,
  });
}
