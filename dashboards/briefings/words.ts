import { beijingDay, beijingMinute, durationInWords, MINUTE_MS } from '#core';
import { isOpen, type Countdown } from '#alert';

/** 2026年3月2日, as papers write a day. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** 3月2日12:00, Beijing time. */
export function momentInWords(at: Date): string {
  const [, month, date] = beijingDay(at).split('-').map(Number);
  return `${month}月${date}日${beijingMinute(at).slice(11)}`;
}

/** 一、二、… 十、十一、 */
export function ordinal(number: number): string {
  const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  const ten = Math.floor(number / 10);
  return `${ten > 1 ? digits[ten] : ''}${ten > 0 ? '十' : ''}${digits[number % 10]}`;
}

export const UNKNOWN = '未知';

const ENDED: Readonly<Partial<Record<Countdown['state'], string>>> = {
  satisfied: '按时完成',
  satisfiedLate: '超时后完成',
  cancelled: '已取消',
  waived: '已豁免',
};

/** How a duty stands, in one clause. */
export function countdownInWords(countdown: Countdown, at: Date): string {
  const { name, statutoryDueAt, satisfiedAt, state } = countdown;
  const due = `${name}（${momentInWords(statutoryDueAt)}到期）`;
  const ended = ENDED[state];
  if (!isOpen(countdown)) {
    const done = satisfiedAt ? `，${momentInWords(satisfiedAt)}办结` : '';
    return `${due}${ended ?? '已并入另一事件'}${done}`;
  }
  const leftMs = statutoryDueAt.getTime() - at.getTime();
  if (leftMs > 0) return `${due}还剩${durationInWords(leftMs)}`;
  const over = leftMs > -MINUTE_MS ? '已到期' : `已超时${durationInWords(leftMs)}`;
  return `${due}${over}，未完成`;
}
