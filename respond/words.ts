import { ROLE_WORDS, type Role } from '#core';
import type { TextHitKind } from './releases/check-text.ts';
import type { PressConference } from './conferences/conference.ts';
import type { ConferenceStep } from './conferences/plan-conference.ts';
import type { OrderState, OrderTrack } from './orders/order.ts';
import type { OrderStep } from './orders/order-steps.ts';
import type { SupervisionLevel, SupervisionState } from './supervision/supervision-order.ts';
import type { SupervisionStep } from './supervision/supervision-steps.ts';
import type { RegisterEntryKind, Release, ReleaseChannel, ReviewStep } from './releases/release.ts';
import type { RumorState, RumorVerdict } from './rumors/rumor-case.ts';
import type { RumorStep } from './rumors/rumor-steps.ts';
import type { TransferState } from './transfers/transfer-record.ts';
import type { TransferStep } from './transfers/transfer-steps.ts';
import type { PageSnapshot } from './snapshots/page-snapshot.ts';

/** The Chinese of the codes, as the glossary has it. */
export const RELEASE_STATE_NAMES: Readonly<Record<Release['state'], string>> = {
  draft: '草稿',
  inReview: '待审批',
  rejected: '退回修改',
  approved: '已批准',
  published: '已发布',
  corrected: '已更正',
  withdrawn: '已撤回',
};

export const RELEASE_KIND_NAMES: Readonly<Record<Release['kind'], string>> = {
  firstRelease: '首次发布',
  followUp: '后续发布',
  final: '最终发布',
  clarification: '澄清',
  policyRelease: '政策发布',
  interpretation: '政策解读',
  replyPublic: '公开答复',
};

export const DISCLOSURE_NAMES: Readonly<Record<Release['disclosureType'], string>> = {
  proactive: '主动公开',
  onRequest: '依申请公开',
  none: '不予公开',
};

export const REVIEW_STEP_NAMES: Readonly<Record<ReviewStep, string>> = {
  unitHead: '单位负责人审核',
  content: '内容审核',
  secrecy: '保密审查',
  legal: '合法性审核',
  leader: '领导签发',
};

export const RELEASE_CHANNEL_NAMES: Readonly<Record<ReleaseChannel, string>> = {
  govSite: '政府网站',
  weibo: '政务微博',
  wechat: '政务微信',
  app: '移动客户端',
  pressConference: '新闻发布会',
  newspaper: '报纸',
  broadcast: '广播电视',
  other: '其他',
};

export const REGISTER_ENTRY_NAMES: Readonly<Record<RegisterEntryKind, string>> = {
  publication: '发布',
  correction: '更正',
  withdrawal: '撤回',
};

export const SNAPSHOT_STATE_NAMES: Readonly<Record<PageSnapshot['state'], string>> = {
  awaited: '等待读取',
  kept: '已存快照',
  unreachable: '读不到',
};

export const CONFERENCE_STATE_NAMES: Readonly<Record<PressConference['state'], string>> = {
  planned: '已拟方案',
  announced: '已预告',
  held: '已举行',
  recorded: '已留痕',
  cancelled: '已取消',
};

export const CONFERENCE_STEP_NAMES: Readonly<Record<ConferenceStep, string>> = {
  revise: '修改方案',
  approve: '审批方案',
  announce: '发布预告',
  hold: '登记举行',
  cancel: '取消',
};

export const CONFERENCE_MODE_NAMES: Readonly<Record<PressConference['mode'], string>> = {
  onSite: '现场',
  online: '线上',
  written: '书面',
};

export const ORDER_TRACK_NAMES: Readonly<Record<OrderTrack, string>> = {
  fact: '事实处置',
  response: '回应',
};

export const ORDER_STATE_NAMES: Readonly<Record<OrderState, string>> = {
  issued: '待签收',
  accepted: '已签收',
  returned: '已退回',
  working: '办理中',
  submitted: '已提交',
  sentBack: '退回补办',
  verified: '已核实',
  done: '已办结',
};

export const ORDER_STEP_NAMES: Readonly<Record<OrderStep, string>> = {
  accept: '签收',
  return: '退回',
  reassign: '重新指派',
  progress: '登记进展',
  submit: '提交结果',
  sendBack: '退回补办',
  verify: '核实',
  finish: '办结',
};

export const SUPERVISION_LEVEL_NAMES: Readonly<Record<SupervisionLevel, string>> = {
  notice: '提醒',
  urge: '催办',
  formal: '督办',
  bulletinProposal: '通报批评或者约谈的建议',
};

export const SUPERVISION_STATE_NAMES: Readonly<Record<SupervisionState, string>> = {
  open: '已开',
  urged: '已催办',
  replied: '已答复',
  verified: '已核实',
  closed: '已销号',
};

export const SUPERVISION_STEP_NAMES: Readonly<Record<SupervisionStep, string>> = {
  urge: '催办',
  reply: '答复',
  verify: '核实',
  close: '销号',
};

export const RUMOR_STATE_NAMES: Readonly<Record<RumorState, string>> = {
  claimed: '待核查',
  verifying: '核查中',
  confirmedFalse: '不实，待澄清',
  misleading: '部分不实，待澄清',
  unverified: '无法证实',
  confirmedTrue: '属实',
  clarifying: '澄清稿审查中',
  clarified: '已澄清',
  tracking: '跟踪中',
  closed: '已结束',
};

export const RUMOR_VERDICT_NAMES: Readonly<Record<RumorVerdict, string>> = {
  false: '不实',
  misleading: '部分不实',
  unverified: '无法证实',
  true: '属实',
};

export const RUMOR_STEP_NAMES: Readonly<Record<RumorStep, string>> = {
  start: '开始核查',
  addPosts: '补充公开信息',
  addEvidence: '补充证据',
  judge: '认定',
  clarify: '拟澄清稿',
  track: '转入跟踪',
  close: '结束核查',
  reverify: '重新核查',
};

export const TRANSFER_STATE_NAMES: Readonly<Record<TransferState, string>> = {
  received: '已收到',
  inHand: '办理中',
  replied: '已反馈',
  closed: '已办结',
};

export const TRANSFER_STEP_NAMES: Readonly<Record<TransferStep, string>> = {
  assign: '交承办单位',
  reply: '登记反馈',
  close: '办结',
  note: '补充说明',
};

/** 分管领导或者主要负责人. */
export const rolesInWords = (roles: readonly Role[]): string =>
  roles.map((role) => ROLE_WORDS[role]).join('或者');

export const TEXT_HIT_NAMES: Readonly<Record<TextHitKind, string>> = {
  negative: '负面清单',
  personal: '个人信息',
  name: '私人姓名',
  figure: '数字与记录不同',
  sum: '合计不符',
  perfunctory: '空话套话',
};
