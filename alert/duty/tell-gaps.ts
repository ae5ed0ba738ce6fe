import { amend, beijingDay } from '#core';
import { render } from '../notice-text.ts';
import { checkRoster, gapsInWords } from './check-roster.ts';
import { beginningOf } from './duty-table.ts';
import { ensureDutyDay } from './duty-day.ts';
import { dutyNotices, holders, waysTo, type DutyRoundsDeps } from './duty-notices.ts';

/** Once a day while the roster has gaps, or the calendar lacks a year. */
export async function tellGaps(deps: DutyRoundsDeps): Promise<number> {
  const now = deps.now();
  const day = beijingDay(now);
  const { tellAt, owners } = deps.pack.roster;
  if (now < new Date(`${day}T${tellAt}:00+08:00`)) return 0;
  if ((await deps.dutyDays.findById(day))?.told) return 0;
  const all = await deps.people.listAll();
  const lines = await describeRosterGaps(deps);
  if (lines.length === 0) return 0;
  await ensureDutyDay(deps.dutyDays, day);
  await amend(deps.dutyDays, day, (found) => {
    if (found.told) return undefined;
    const text = render({
      isDrill: deps.isDrill,
      subject: `【值班表】有 ${lines.length} 处要补`,
      ask: '补齐之前每天提醒一次。',
      lines: [...lines],
      link: deps.pageUrl('/roster'),
      button: '打开值班表',
      shortCode: `值班表#${day}`,
    });
    const effects = holders(all, owners).flatMap((person) =>
      dutyNotices(`gaps ${day}`, found.id, person, text, deps),
    );
    return {
      ...found,
      told: { at: now, lines: [...lines] },
      effects: [...found.effects, ...effects],
    };
  });
  return 1;
}

/** What is open in the days ahead, in words: gaps of the roster and years the calendar lacks. */
export async function describeRosterGaps(
  deps: Pick<DutyRoundsDeps, 'reader' | 'people' | 'calendar' | 'pack' | 'channels' | 'now'>,
): Promise<readonly string[]> {
  const now = deps.now();
  const missing = deps.calendar.warningOn(beijingDay(now));
  const table = await deps.reader.table();
  if (!table) return missing ? [missing] : [];
  const all = await deps.people.listAll();
  const named = new Map(all.map((person) => [person.id, person]));
  const begins = beginningOf(table) ?? now;
  const gaps = checkRoster(begins > now ? begins : now, deps.pack.roster.checkAheadDays, table, {
    maySit: (id) => named.get(id)?.isDisabled === false,
    isReachable: (id) => waysTo(named.get(id), deps).length > 0,
  });
  return [
    ...(missing ? [missing] : []),
    ...gapsInWords(gaps, (id) => named.get(id)?.name ?? '已删人员'),
  ];
}
