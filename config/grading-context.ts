import { startOfBeijingDay, DAY_MS } from '#core';
import type { GradingContext, GradingPack } from '#analyze';
import type { Settings } from './settings.ts';

/** What the office has set, as grading needs it; a sensitive period lasts through its last day. */
export function toGradingContext(office: Settings['office'], pack: GradingPack): GradingContext {
  return {
    pack,
    countdownProfile: office.countdownProfile,
    sensitivePeriods: office.sensitivePeriods.map(({ name, from, to }) => ({
      name,
      from: startOfBeijingDay(from),
      to: new Date(startOfBeijingDay(to).getTime() + DAY_MS - 1),
    })),
  };
}
