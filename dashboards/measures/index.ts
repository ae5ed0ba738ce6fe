export { buildMeasures } from './build-measures.ts';
export { collectMeasures, type MeasureDeps, type MeasureStores } from './collect-measures.ts';
export type { Measure } from './measure.ts';
export { MeasurePackSchema, type MeasurePack, type MeasureRules } from './measure-pack.ts';
export { standingOf } from './duties.ts';
export { linesOf } from './lines.ts';
export { measuresCsv } from './measures-csv.ts';
export { groupInWords, resultInWords } from './result-words.ts';
export {
  isIn,
  type MeasureRecords,
  type Period,
  type PlannedSource,
  type SentReport,
} from './records.ts';
