/** The time source. Nothing reads the clock but what is given one of these. */
export type Now = () => Date;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** China has had no summer time since 1991, so the Beijing day is a fixed shift of UTC. */
const BEIJING_SHIFT_MS = 8 * HOUR_MS;

/** The calendar day in Asia/Shanghai that holds this moment, as `yyyy-MM-dd`. */
export function beijingDay(at: Date): string {
  return shifted(at).slice(0, 10);
}

/** Beijing wall time as people write it, `yyyy-MM-dd HH:mm`. */
export function beijingMinute(at: Date): string {
  return shifted(at).slice(0, 16).replace('T', ' ');
}

/** The moment at which a Beijing day begins. @throws {RangeError} when `day` is not `yyyy-MM-dd` */
export function startOfBeijingDay(day: string): Date {
  const at = new Date(`${day}T00:00:00+08:00`);
  // The engine reads 30 February as 2 March.
  if (Number.isNaN(at.getTime()) || beijingDay(at) !== day)
    throw new RangeError(`not a day: ${day}`);
  return at;
}

/** A duration in words a duty officer reads at a glance: 41分钟, 3小时28分, 2天4小时. */
export function durationInWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  if (minutes < 60) return `${minutes}分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}小时` : `${hours}小时${minutes % 60}分`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days}天` : `${days}天${hours % 24}小时`;
}

/** Hours since the beginning of the Beijing week, 0 (Sunday 00:00) to 167. */
export function beijingHourOfWeek(at: Date): number {
  const beijing = new Date(at.getTime() + BEIJING_SHIFT_MS);
  return beijing.getUTCDay() * 24 + beijing.getUTCHours();
}

export const laterOf = (a: Date, b: Date): Date => (a >= b ? a : b);
export const earlierOf = (a: Date, b: Date): Date => (a <= b ? a : b);

function shifted(at: Date): string {
  return new Date(at.getTime() + BEIJING_SHIFT_MS).toISOString();
}
