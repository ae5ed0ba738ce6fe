import type { DutyRoundsDeps } from './duty-notices.ts';
import { keepHandOver, remindOfHandOvers } from './keep-hand-over.ts';
import { keepZeroReports } from './keep-zero-report.ts';
import { tellGaps } from './tell-gaps.ts';

/** One look at everything a duty office owes: hand-overs, gaps ahead, zero reports. @returns how many changed */
export async function makeDutyRounds(deps: DutyRoundsDeps): Promise<number> {
  const made = [
    await keepHandOver(deps),
    await remindOfHandOvers(deps),
    await tellGaps(deps),
    await keepZeroReports(deps),
  ];
  return made.reduce((sum, one) => sum + one, 0);
}
