import { beijingDay } from '#core';
import type { FocusCode, TopicCode } from './proposal.ts';
import type { ResponsibilityRule } from './proposal-packs.ts';

/** What is known of a matter when its unit is looked for. */
export interface UnitQuestion {
  readonly topicCode?: TopicCode | undefined;
  readonly regionCodes: readonly string[];
  /** Normalised, whole. */
  readonly text: string;
  readonly focusCode?: FocusCode | undefined;
  readonly at: Date;
}

export interface UnitProposal {
  /** Absent: no rule fits. */
  readonly leadUnit?: string;
  readonly assistUnits: readonly string[];
  /** Two units have the same claim: a coordinator names the lead. */
  readonly needsCoordinator: boolean;
  /** One line for each rule that was weighed, the deciding one first. */
  readonly reasons: readonly string[];
}

/** What a match of each kind counts; named words over topic with region, over topic, over region. */
const WEIGHT = { words: 100, topic: 20, region: 10, regionOfIncident: 25 } as const;

/**
 * Finds who leads and who assists. A rule fits when all that it names fits; on the ground of an incident the
 * territorial unit comes before the department.
 */
export function findUnit(
  rules: readonly ResponsibilityRule[],
  question: UnitQuestion,
): UnitProposal {
  const claims = rules
    .flatMap((rule) => {
      const claim = weigh(rule, question);
      return claim ? [{ rule, ...claim }] : [];
    })
    .sort((a, b) => b.weight - a.weight);
  const [first] = claims;
  if (!first) return { assistUnits: [], needsCoordinator: false, reasons: ['没有规则适用'] };
  const rivals = claims.filter(
    ({ weight, rule }) => weight === first.weight && rule.leadUnit !== first.rule.leadUnit,
  );
  const others = claims.slice(1).map(({ rule }) => rule.leadUnit);
  const assistUnits = [...new Set([...first.rule.assistUnits, ...others])].filter(
    (unit) => unit !== first.rule.leadUnit,
  );
  return {
    leadUnit: first.rule.leadUnit,
    assistUnits,
    needsCoordinator: rivals.length > 0,
    reasons: claims.map(({ rule, why }) => `${rule.leadUnit}：${why}（${rule.basis}）`),
  };
}

function weigh(
  rule: ResponsibilityRule,
  { topicCode, regionCodes, text, focusCode, at }: UnitQuestion,
): { readonly weight: number; readonly why: string } | undefined {
  const day = beijingDay(at);
  if (day < rule.validFrom || (rule.validTo && day > rule.validTo)) return undefined;
  const why: string[] = [];
  let weight = rule.priority;
  if (rule.words.length > 0) {
    const said = rule.words.filter((word) => text.includes(word));
    if (said.length === 0) return undefined;
    weight += WEIGHT.words + said.length;
    why.push(`提到${said.join('、')}`);
  }
  // Words that name a matter stand for its topic.
  if (rule.topicCode && rule.words.length === 0) {
    if (rule.topicCode !== topicCode) return undefined;
    weight += WEIGHT.topic;
    why.push('主管该类事项');
  }
  const { regionCode } = rule;
  if (regionCode) {
    const within = regionCode.replace(/00$/, '');
    if (!regionCodes.some((code) => code.startsWith(within))) return undefined;
    weight += focusCode === 'emergency' ? WEIGHT.regionOfIncident : WEIGHT.region;
    why.push('事发在其辖区');
  }
  return { weight, why: why.join('，') };
}
