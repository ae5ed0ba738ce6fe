export const HOUR_MS = 3_600_000;
const SHIFT_MS = 8 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

const shifted = (ms: number): string => new Date(ms + SHIFT_MS).toISOString();

/** 今天 08:42, 昨天 23:10, 11-20 08:42, 2025-11-20 08:42; Beijing time always. */
export function momentText(iso: string, nowMs: number): string {
  const text = shifted(Date.parse(iso));
  const day = text.slice(0, 10);
  const clock = text.slice(11, 16);
  if (day === shifted(nowMs).slice(0, 10)) return `今天 ${clock}`;
  if (day === shifted(nowMs - DAY_MS).slice(0, 10)) return `昨天 ${clock}`;
  return day.slice(0, 4) === shifted(nowMs).slice(0, 4)
    ? `${day.slice(5)} ${clock}`
    : `${day} ${clock}`;
}

/** To the second, for a title: 2026-11-24 08:42:05 */
export const exactText = (iso: string): string =>
  shifted(Date.parse(iso)).slice(0, 19).replace('T', ' ');

/** 1:05:09 left, or how long over: digits that run. */
export function digitsText(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
}

/** 41分钟, 3小时28分, 2天4小时 */
export function durationText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return `${Math.floor(Math.abs(ms) / 1000)}秒`;
  if (minutes < 60) return `${minutes}分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours}小时` : `${hours}小时${minutes % 60}分`;
  return `${Math.floor(hours / 24)}天${hours % 24}小时`;
}

/** 1,234 and 1.2万 */
export function countText(count: number): string {
  return count < 10_000
    ? count.toLocaleString('zh-CN')
    : `${(count / 10_000).toFixed(1).replace(/\.0$/, '')}万`;
}
