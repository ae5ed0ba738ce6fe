import { describe, expect, test } from 'vitest';
import { ResponsibilityRuleSchema } from '#analyze';
import { findUnit, type UnitQuestion } from '../../../analyze/proposals/find-unit.ts';
import { NOON } from '../../support/posts.ts';

const aRule = (id: string, more: Record<string, unknown>) =>
  ResponsibilityRuleSchema.parse({
    id,
    leadUnit: id,
    basis: '样例清单第 1 条',
    validFrom: '2025-01-01',
    ...more,
  });
const RULES = [
  aRule('水务局', { topicCode: 'construction', words: ['停水', '爆管'] }),
  aRule('住建局', { topicCode: 'construction' }),
  aRule('新区住建局', { topicCode: 'construction', regionCode: '990105' }),
  aRule('新区管委会', { regionCode: '990105' }),
  aRule('市城管局', { regionCode: '990100' }),
  aRule('旧交通局', { topicCode: 'transport', validTo: '2025-12-31' }),
];
const asked = (more: Partial<UnitQuestion>): UnitQuestion => ({
  regionCodes: [],
  text: '',
  at: NOON,
  ...more,
});

test.for([
  {
    matter: 'a matter named in so many words goes to who answers for it',
    question: { topicCode: 'construction', text: '凌晨爆管停水' },
    lead: '水务局',
  },
  {
    matter: 'a topic goes to its department',
    question: { topicCode: 'construction', text: '电梯坏了' },
    lead: '住建局',
  },
  {
    matter: 'topic and region together win over the topic alone',
    question: { topicCode: 'construction', regionCodes: ['990105001'], text: '电梯坏了' },
    lead: '新区住建局',
  },
  {
    matter:
      'on the ground of an incident the territory comes before the department of another topic',
    question: { topicCode: 'health', regionCodes: ['990105001'], focusCode: 'emergency' },
    lead: '新区管委会',
  },
  {
    matter: 'a rule whose time is over names nobody',
    question: { topicCode: 'transport' },
    lead: undefined,
  },
] as const)('$matter', ({ question, lead }) => {
  const found = findUnit(RULES, asked(question));
  expect(found.leadUnit).toBe(lead);
  expect(found.reasons[0]).toMatch(lead ? /样例清单/ : /没有规则适用/);
});

describe('who stands beside the lead', () => {
  test('every other unit whose rule fits assists, the lead itself never', () => {
    const question = asked({ topicCode: 'construction', regionCodes: ['990105'], text: '停水' });
    const { assistUnits, leadUnit } = findUnit(RULES, question);
    expect(leadUnit).toBe('水务局');
    expect(assistUnits).toEqual(['新区住建局', '住建局', '新区管委会', '市城管局']);
  });

  test('two units with one claim need a coordinator', () => {
    const rivals = [aRule('甲局', { topicCode: 'health' }), aRule('乙局', { topicCode: 'health' })];
    expect(findUnit(rivals, asked({ topicCode: 'health' })).needsCoordinator).toBe(true);
    expect(findUnit(rivals.slice(1), asked({ topicCode: 'health' })).needsCoordinator).toBe(false);
  });

  test('a rule that names nothing is no rule', () => {
    expect(() => aRule('谁', {})).toThrow('至少');
  });
});
