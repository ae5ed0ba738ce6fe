import type { Alert, Notice } from '#alert';
import type { MustRespondReason, OpinionEvent } from '#analyze';

/** The words of the screens for the codes of the records (docs/glossary.md). */
export const RESPONSE_VALUE_WORDS: Readonly<Record<OpinionEvent['responseValue'], string>> = {
  must: '必须回应',
  should: '应当回应',
  observe: '跟踪观察',
  none: '无需回应',
};

export const MUST_RESPOND_WORDS: Readonly<Record<MustRespondReason, string>> = {
  misread: '重大政策被误解误读',
  vitalInterest: '涉及公众切身利益',
  moralBottomLine: '冲击社会道德底线',
  emergency: '突发事件',
  upperOrder: '上级要求回应',
  hotTopic: '社会热点',
};

export const GRADE_CHANGE_WORDS: Readonly<
  Record<OpinionEvent['gradeHistory'][number]['kind'], string>
> = {
  proposed: '建议',
  confirmed: '确认',
  raised: '提高为',
  lowerRequested: '申请降为',
  lowered: '降为',
};

export const ALERT_STATE_WORDS: Readonly<Record<Alert['state'], string>> = {
  fired: '待确认',
  acknowledged: '已确认',
  handled: '已处理',
  falseAlarm: '误报',
};

export const ALERT_RULE_WORDS: Readonly<Record<Alert['rule'], string>> = {
  gradeProposal: '定级建议',
  sourceSilent: '信息源',
  countdown: '时限',
  system: '系统',
};

export { CHANNEL_NAMES as CHANNEL_WORDS } from '#alert';

export const NOTICE_STATE_WORDS: Readonly<Record<Notice['state'], string>> = {
  pending: '待发送',
  leased: '发送中',
  sent: '已提交',
  unknown: '结果不明',
  dead: '未送出',
  merged: '已合并',
};
