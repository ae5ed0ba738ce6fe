export { BurstMeter, type Measured } from './bursts/burst-meter.ts';
export { heatOf, type Heat } from './bursts/heat.ts';
export { measureVolume, type VolumePoint } from './bursts/measure-volume.ts';
export { BurstPackSchema, type BurstPack } from './bursts/burst-pack.ts';
export {
  answerLowering,
  confirmGrade,
  decideGrade,
  decideLowering,
  mayDecide,
  type GradeDecision,
} from './grade/decide-grade.ts';
export { compareRises, type Rise, type RiseDifference } from './grade/compare-rises.ts';
export * from './grade/grade-proposal.ts';
export { GradingPackSchema, ruleVersionOf, type GradingPack } from './grade/grading-pack.ts';
export { GroupingPackSchema, type GroupingPack } from './events/grouping-pack.ts';
export { interactionsAt, LeadSchema, type Lead, type LeadPost } from './events/lead.ts';
export { type EventRecord, type GradingContext } from './grade/event-meter.ts';
export * from './events/opinion-event.ts';
export {
  FindingKindSchema,
  FindingSchema,
  findingWords,
  type Finding,
  type FindingKind,
} from './grade/finding.ts';
export { MustRespondReasonSchema, type MustRespondReason } from './grade/must-respond-reason.ts';
export {
  RegroupingSchema,
  regroupingEffects,
  type Regrouping,
  type RegroupingStore,
} from './events/regrouping.ts';
export { cohesionOf, growthAlarm } from './events/cohesion.ts';
export { keepStanding } from './events/keep-standing.ts';
export { promisesIn, relatedEvents, type RelatedEvent } from './events/related-events.ts';
export { closeEvent, reopenEvent } from './events/close-event.ts';
export { demandUnmerged } from './events/opinion-event.ts';
export { createRepair } from './events/repair.ts';
export { createRegroupingDesk, mayRegroup } from './events/regrouping-desk.ts';
export { createRegroup, type Regroup, type RegroupDeps } from './events/regroup.ts';
export * from './ports.ts';
export { createPostReader, type ReaderRules, type ReadPost } from './read-post.ts';
export { TermWeights } from './events/term-weights.ts';
export { indicatorName, proposeGrade, type GradeMeasures } from './grade/propose-grade.ts';
export {
  joinLexicons,
  LexiconPackSchema,
  LexiconTermSchema,
  wordsOfPack,
  type LexiconPack,
  type LexiconWord,
} from './text/lexicon.ts';
export { FactsPackSchema, type FactsPack, type SetAsideReason } from './facts/facts-pack.ts';
export {
  parseGazetteer,
  PlacesPackSchema,
  type Gazetteer,
  type PlacesPack,
} from './facts/gazetteer.ts';
export { createPlaceResolver, type ResolvePlaces } from './facts/resolve-places.ts';
export { createFactReader, isRiskEvent, type Facts } from './facts/read-facts.ts';
export { incidentGradeBy } from './grade/incident-grade.ts';
export { normaliseText } from './text/normalise-text.ts';
export { RegionSchema, type Region } from './facts/region.ts';
export {
  mayFind,
  recordFinding,
  type FindingAct,
  type FindingDraft,
} from './grade/record-finding.ts';
export { createRegrading } from './grade/regrading.ts';
export { replayGrade, type Replay } from './grade/replay-grade.ts';
export { spreadPathOf, type SpreadStep } from './copies/spread-path.ts';
export { createAnalysis, type AnalysisDeps, type GroupingShared, type Rekey } from './stage.ts';
export { recordsOf } from './events/update-event.ts';
export { rehearse, type Rehearsal } from './rehearse.ts';
export { toPostText } from './text/post-text.ts';
export { explainWatch } from './watches/explain-watch.ts';
export { listensTo, namesNothing } from './watches/listens-to.ts';
export { WatchSchema, type Watch } from './watches/watch.ts';
export * from './proposals/index.ts';
