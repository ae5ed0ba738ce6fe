/** What an evaluation scores, 0 to 5 each. */
export const EVALUATION_SIDES = [
  ['timeliness', '及时性'],
  ['targeting', '针对性'],
  ['effect', '有效性'],
  ['consistency', '一致性'],
  ['factsSolved', '实情解决'],
] as const;
export type EvaluationSide = (typeof EVALUATION_SIDES)[number][0];

/** 分类处置 */
export const DISPOSITION_NAMES = {
  suggestion: '建设性意见建议',
  hardship: '群众反映的实际困难',
  majorProblem: '群众反映的重大问题',
  misunderstanding: '公众不了解情况、存在模糊认识',
  wrongView: '错误看法',
  falseInfo: '虚假和不实信息',
} as const;
