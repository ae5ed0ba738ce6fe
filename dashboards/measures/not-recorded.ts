import type { Measure } from './measure.ts';

/** Measures that no record of the product can tell yet: said so, never 0. */
export const NOT_RECORDED: readonly Measure[] = [
  notRecorded(
    'interpretationOnTime',
    '解读按期率',
    '政策文件发布后3个工作日内发布解读的占多少。',
    '文件和解读材料的发布还没有登记',
  ),
  notRecorded(
    'misreadingsClosed',
    '误读处置率',
    '发现的政策误读中，有后续解读或澄清的占多少。',
    '误读还没有单独登记',
  ),
  notRecorded(
    'intakeOnTime',
    '诉求受理和答复',
    '群众诉求按期受理、按期答复、延期、满意、重复的占比。',
    '群众诉求由热线等系统受理，没有接入',
  ),
  notRecorded('siteAvailability', '网站可用率', '本单位网站探测成功的占多少。', '还没有网站监测'),
  notRecorded(
    'siteUpdates',
    '网站更新',
    '栏目按时更新的占多少，和单项否决的情形。',
    '还没有网站监测',
  ),
  notRecorded(
    'riskForesight',
    '风险预判率',
    '事件中，事前已列为风险点的占多少。',
    '风险点还没有登记',
  ),
  notRecorded('scorecard', '综合评分', '各项指标加权。', '权重由上级考核办法定，还没有设定'),
];

function notRecorded(code: string, name: string, counting: string, reason: string): Measure {
  return {
    code,
    group: '没有记录的',
    name,
    counting,
    notes: [],
    measured: { kind: 'notRecorded', reason },
  };
}
