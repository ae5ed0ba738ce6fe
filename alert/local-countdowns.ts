import type { CountdownPack, CountdownRule, Lengths, LocalCountdowns } from './countdown-pack.ts';
import { ruleKey } from './rule-in-force.ts';

/**
 * The shipped rules with the office's own behind them: each takes the place of the shipped one of its code
 * and part from its first day on. Earlier days keep the rule they had.
 */
export function withLocalRules(pack: CountdownPack, local: LocalCountdowns): CountdownPack {
  return { ...pack, rules: [...pack.rules, ...local.rules] };
}

/** What is wrong with an office's own rules, in words: a statutory limit may only become tighter. */
export function faultsOfLocal(pack: CountdownPack, local: LocalCountdowns): readonly string[] {
  return local.rules.flatMap((own) => {
    const shipped = pack.rules.filter((one) => ruleKey(one) === ruleKey(own) && one.isStatutory);
    return shipped.flatMap((one) => loosenings(one, own).map((what) => `${own.name}：${what}`));
  });
}

function loosenings(shipped: CountdownRule, own: CountdownRule): string[] {
  const faults: string[] = [];
  if (!own.isStatutory) faults.push('国办规定或上级要求的时限不能改成内部时限');
  if (own.appliesTo !== shipped.appliesTo || own.startsFrom !== shipped.startsFrom) {
    faults.push('不能改变适用范围和起算');
  }
  if (own.calendar !== shipped.calendar && own.calendar === 'workingDays') {
    faults.push('不能把小时改成工作日');
  }
  const isSameCalendar = own.calendar === shipped.calendar;
  if (isSameCalendar && isLonger(lengthsOf(own), lengthsOf(shipped))) faults.push('时长只能更短');
  if (own.satisfiedBy.some((act) => !shipped.satisfiedBy.includes(act))) {
    faults.push('不能放宽由什么满足');
  }
  if (own.cancelledBy.some((act) => !shipped.cancelledBy.includes(act))) {
    faults.push('不能增加终止的情形');
  }
  if (own.isCancelledByLowering && !shipped.isCancelledByLowering) {
    faults.push('不能因降级而终止');
  }
  if (own.takesOwnDate && !shipped.takesOwnDate) faults.push('不能改按另写的时间');
  return faults;
}

const lengthsOf = (rule: CountdownRule): Lengths => rule.durationMs ?? rule.workingDays ?? {};

/** A kind of matter that the shipped rule gives a time may neither get more nor lose its limit. */
function isLonger(own: Lengths, shipped: Lengths): boolean {
  return [...Object.entries(shipped), ...Object.entries(own)].some(([key, length]) => {
    const allowed = Object.entries(shipped).find(([name]) => name === key)?.[1] ?? shipped.default;
    const given = Object.entries(own).find(([name]) => name === key)?.[1] ?? own.default;
    return length !== undefined && allowed !== undefined && (given ?? Infinity) > allowed;
  });
}
