import { beijingDay } from '#core';
import type { Countdown } from './countdown.ts';
import type { CountdownPack, CountdownRule } from './countdown-pack.ts';

/** What makes a rule this one and no other, through all its versions. */
export const ruleKey = ({ code, part }: Pick<CountdownRule, 'code' | 'part'>): string =>
  part ? `${code}/${part}` : code;

/** Every rule of the pack once, in the version that holds for a duty starting then; those not yet in force are left out. */
export function rulesInForce(pack: Pick<CountdownPack, 'rules'>, startAt: Date): CountdownRule[] {
  const found = new Map<string, CountdownRule>();
  for (const rule of pack.rules) {
    const before = found.get(ruleKey(rule));
    const isBegun = rule.validFrom <= beijingDay(startAt);
    // Of two from one day the later line holds: a local rule stands behind the shipped ones.
    if (isBegun && (!before || before.validFrom <= rule.validFrom)) found.set(ruleKey(rule), rule);
  }
  return [...found.values()];
}

/** The rule that a countdown was armed by; a later version of it changes nothing for this one. */
export function ruleOf(
  pack: Pick<CountdownPack, 'rules'>,
  countdown: Pick<Countdown, 'code' | 'part' | 'ruleValidFrom' | 'ruleVersion' | 'start'>,
): CountdownRule | undefined {
  const own = pack.rules.filter((rule) => ruleKey(rule) === ruleKey(countdown));
  const ofItsDay = own.filter(({ validFrom }) => validFrom === countdown.ruleValidFrom);
  return (
    ofItsDay.find(({ ruleVersion }) => ruleVersion === countdown.ruleVersion) ??
    ofItsDay.at(-1) ??
    rulesInForce({ rules: own }, countdown.start.at)[0] ??
    own[0]
  );
}
