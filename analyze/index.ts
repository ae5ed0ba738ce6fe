export {
  answerLowering,
  confirmGrade,
  decideGrade,
  decideLowering,
  mayDecide,
  type GradeDecision,
} from './decide-grade.ts';
export * from './grade-proposal.ts';
export { GradingPackSchema, ruleVersionOf, type GradingPack } from './grading-pack.ts';
export { GroupingPackSchema, type GroupingPack } from './grouping-pack.ts';
export { interactionsAt, LeadSchema, type Lead, type LeadPost } from './lead.ts';
export { type EventRecord, type GradingContext } from './event-meter.ts';
export * from './opinion-event.ts';
export * from './ports.ts';
export { indicatorName, proposeGrade, type GradeMeasures } from './propose-grade.ts';
export { RegionSchema, type Region } from './region.ts';
export { replayGrade, type Replay } from './replay-grade.ts';
export { createAnalysis, type AnalysisDeps, type Rekey } from './stage.ts';
export { recordsOf } from './update-event.ts';
export { WatchSchema, type Watch } from './watch.ts';
