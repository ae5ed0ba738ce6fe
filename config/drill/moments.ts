import { beijingDay, MINUTE_MS } from '#core';

/** The moment at which a minute of the scenario falls. */
export function momentOf(minute: number, startedAt: Date): Date {
  return new Date(startedAt.getTime() + minute * MINUTE_MS);
}

/** Fills in the days and times a text names: {day}, {day:-1} → 11月24日; {at:95} → 10时05分. */
export function fillTimes(text: string, startedAt: Date): string {
  return text
    .replaceAll(/\{day(?::(-?\d+))?\}/g, (_, days: string | undefined) => {
      const at = momentOf(Number(days ?? 0) * 24 * 60, startedAt);
      const [, month, day] = beijingDay(at).split('-');
      return `${Number(month)}月${Number(day)}日`;
    })
    .replaceAll(/\{at:(-?\d+)\}/g, (_, minute: string) => {
      const time = new Date(momentOf(Number(minute), startedAt).getTime() + 8 * 60 * MINUTE_MS);
      const minutes = String(time.getUTCMinutes()).padStart(2, '0');
      return `${time.getUTCHours()}时${minutes}分`;
    });
}
