/** The month before or after, `yyyy-MM`. */
export function monthAfter(month: string, by: 1 | -1): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Empty cells before the first of a month in a week that begins on Monday, 0 to 6. */
export function cellsBefore(month: string): number {
  return (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** 2026年3月 */
export const monthText = (month: string): string =>
  `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

/** The last day of a month, `yyyy-MM-dd`. */
export const lastDayOf = (month: string): string =>
  new Date(Date.parse(`${monthAfter(month, 1)}-01T00:00:00Z`) - 86_400_000)
    .toISOString()
    .slice(0, 10);
