export { acknowledgeAlert, restAlert, withAcknowledgement, withRest } from './acknowledge-alert.ts';
export * from './acknowledge-token.ts';
export * from './alert.ts';
export {
  askForTime,
  answerTime,
  mayAdjust,
  storeAnswer,
  storeRequest,
  storeWaiver,
  waive,
  type AdjustmentAnswer,
  type AdjustmentRequest,
} from './adjust-countdown.ts';
export { armCountdowns, type ArmingRules } from './arm-countdowns.ts';
export {
  causesOpenTo,
  owesCause,
  storeCause,
  wasMissed,
  withCause,
  type CauseRecord,
} from './breach-cause.ts';
export { isOpen } from './countdown-state.ts';
export { faultsOfLocal, withLocalRules } from './local-countdowns.ts';
export { rulesInForce } from './rule-in-force.ts';
export * from './countdown-breach.ts';
export * from './countdown.ts';
export {
  CountdownPackSchema,
  LocalCountdownsSchema,
  parseCountdownPack,
  type CountdownPack,
  type CountdownRule,
} from './countdown-pack.ts';
export { afterSending, decideAfterSending } from './after-sending.ts';
export { classifyAnswer, type FarAnswer } from './answer-class.ts';
export { CHANNEL_NAMES } from './channel-names.ts';
export {
  ChannelPackSchema,
  parseChannelPack,
  routeRuleOf,
  type ChannelPack,
  type Limit,
} from './channel-pack.ts';
export { dueOfAct } from './due-of-act.ts';
export { escapeHtml, render, type NoticeText } from './notice-text.ts';
export { gateOf, newRoute, routeAfter, type ChannelRoute } from './channel-route.ts';
export { deliverNotices, deliverOn, LEASE_MS, type DeliveryDeps } from './deliver.ts';
export type { AlertingDeps } from './deps.ts';
export { unknownPlaceholders } from './fill-template.ts';
export { valueAt } from './gateway-answer.ts';
export { hasAnswered, signatureOf } from './joint-notice.ts';
export { isDutyOver } from './is-duty-over.ts';
export { describeReach } from './describe-reach.ts';
export {
  ladderStep,
  LadderPackSchema,
  parseLadderPack,
  policyFor,
  rolesCalled,
  type LadderPack,
} from './ladder-pack.ts';
export { alertId, openAlert, raiseAlert } from './open-alert.ts';
export { applyAct, passMilestones } from './pass-milestones.ts';
export { checkRoster, gapsInWords, stretchesOf, type DutyGap } from './duty/check-roster.ts';
export * from './duty/duty-roster.ts';
export {
  beginningOf,
  createDutyTable,
  planOn,
  type DutyTable,
  type Shift,
} from './duty/duty-table.ts';
export {
  leaveOn,
  onDutyAt,
  onDutyByHand,
  seatOf,
  type DutyLayer,
  type OnDuty,
  type SeatDuty,
} from './duty/on-duty.ts';
export {
  fileZeroReport,
  NOTHING_HAPPENED,
  type DutyDay,
  type DutyDayStore,
} from './duty/duty-day.ts';
export type { DutyRoundsDeps } from './duty/duty-notices.ts';
export { DutyPackSchema, type DutyPack } from './duty/duty-pack.ts';
export { makeDutyRounds } from './duty/duty-rounds.ts';
export {
  addLeave,
  addOverride,
  mayKeepRoster,
  setPlan,
  withdrawChange,
  type RosterDeps,
  type RosterStore,
} from './duty/edit-roster.ts';
export * from './duty/hand-over.ts';
export { createDutyReader, type DutyReader } from './duty/read-duty.ts';
export { answerSwap, askSwap } from './duty/swap-duty.ts';
export { describeRosterGaps } from './duty/tell-gaps.ts';
export { keepDailyMessage } from './duty/keep-daily-message.ts';
export * from './ports.ts';
export {
  DUTY_ACT_WORDS,
  mayRecordActs,
  newDutyRecord,
  recordDutyAct,
  type DutyRecord,
  type DutyRecordAct,
} from './record-duty-act.ts';
export { createRoster } from './roster.ts';
export { mergeNotices } from './merge-notices.ts';
export { createNoticeIntake } from './notice-intake.ts';
export { planSending } from './plan-sending.ts';
export { createDutyAudit, type DutyAudit } from './audit-duties.ts';
export { SelfWatchPackSchema, type SelfWatchPack } from './self-watch-pack.ts';
export { roomUnder, type Room } from './send-limits.ts';
export { signDingTalk, signFeishu } from './sign-robot.ts';
export { createActsStage, createAlerting, createBreachStage } from './stage.ts';
export { newPace, paceMessages, type Pace } from './storm.ts';
export { codeInReply, replyCodeOf } from './sms-reply.ts';
export { testNotice } from './channel-test.ts';
export { takeSmsReceipt } from './take-sms-receipt.ts';
export { noteAcknowledged, takeSmsReply, type SmsReplyResult } from './take-sms-reply.ts';
export { startByAct } from './start-by-act.ts';
export { addressOn, startLadder, stepLadder } from './step-ladder.ts';
export { noticeEffect } from './to-notice.ts';
export { createCountdownTick, tickCountdowns, tickLadders } from './tick.ts';
export { createTrials, type Trials } from './run-trials.ts';
export { tellOperators, type SystemTrouble } from './system-alerts.ts';
export { createLoopback, createTrialStage, TRIALS_TOPIC, type Trial } from './trial.ts';
export { watchStorm } from './watch-storm.ts';
export { judgeClock, type ClockState } from './clock-guard.ts';
export { createSourceAlerting, sourceAlertId } from './source-alerts.ts';
export { decideFallback, isGroupKind, noticeOn, secondWay } from './ways.ts';
