export {
  CorrectableSchema,
  makeCorrection,
  mayCorrect,
  toExamples,
  type CorrectAct,
  type Correctable,
  type Correction,
  type CorrectionStore,
} from './correction.ts';
export * from './model-version.ts';
export { createPostProposer } from './propose-for-post.ts';
export * from './proposal-packs.ts';
export { sumUpEvent, type FieldProposal } from './sum-up-event.ts';
export { trainVersion } from './train-version.ts';
