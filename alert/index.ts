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
export { armCountdowns } from './arm-countdowns.ts';
export { isOpen } from './countdown-state.ts';
export { faultsOfLocal, withLocalRules } from './local-countdowns.ts';
export { ruleOf, rulesInForce } from './rule-in-force.ts';
export * from './countdown-breach.ts';
export * from './countdown.ts';
export {
  CountdownPackSchema,
  LocalCountdownsSchema,
  parseCountdownPack,
  type CountdownPack,
  type CountdownRule,
} from './countdown-pack.ts';
export { afterSending, deliverNotices, deliverOn, LEASE_MS, type DeliveryDeps } from './deliver.ts';
export type { AlertingDeps } from './deps.ts';
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
export { createActsStage, createAlerting, createBreachStage, createNoticeIntake } from './stage.ts';
export { startByAct } from './start-by-act.ts';
export { startLadder, stepLadder } from './step-ladder.ts';
export { createCountdownTick, tickCountdowns, tickLadders } from './tick.ts';
export { judgeClock, type ClockState } from './clock-guard.ts';
export { createSourceAlerting } from './source-alerts.ts';
