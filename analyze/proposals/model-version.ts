import { z } from 'zod';
import { ActorSchema, EffectSchema, type Documents } from '#core';
import { LinearModel, LinearModelFileSchema } from './linear-model.ts';

/** What is learnt from labelled texts; each has a model of its own. */
export const ModelKindSchema = z.enum(['topic', 'sentiment', 'contentClass']);
export type ModelKind = z.infer<typeof ModelKindSchema>;

/** One labelled text that ships; `label` is a value of the kind. */
export const ExampleSchema = z.strictObject({ text: z.string(), label: z.string() });
export type Example = Readonly<z.infer<typeof ExampleSchema>>;

/** How the examples become weights, and what came of it: the run that made a model. */
export const TrainingRunSchema = z.object({
  epochs: z.int(),
  rate: z.number(),
  decay: z.number(),
  seed: z.int(),
  examples: z.int(),
  corrections: z.int(),
  /** Digest of everything it was trained on, in order. */
  digest: z.string(),
  segmenter: z.string(),
  /** Macro-F1 in five-fold cross-validation over the shipped examples, words and model together; 0 to 1. */
  shippedF1: z.number(),
  /** The same over the office's corrections; absent without any. */
  officeF1: z.number().optional(),
  /** The version then in force, and its F1 over the same corrections (it may have learnt from the older of them). */
  before: z.string().optional(),
  officeF1Before: z.number().optional(),
});
export type TrainingRun = Readonly<z.infer<typeof TrainingRunSchema>>;

/** A model as it ships. */
export const ModelFileSchema = z.strictObject({
  kind: ModelKindSchema,
  run: TrainingRunSchema,
  model: LinearModelFileSchema,
});
export type ModelFile = Readonly<z.infer<typeof ModelFileSchema>>;

/** One version of an office's model; the one put in force last is in force. Versions are never removed. */
export const ModelVersionSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  kind: ModelKindSchema,
  /** 1 is the one that ships. */
  number: z.int().min(1),
  madeAt: z.coerce.date(),
  madeBy: ActorSchema,
  inForceAt: z.coerce.date().optional(),
  run: TrainingRunSchema,
  model: LinearModelFileSchema,
});
export type ModelVersion = Readonly<z.infer<typeof ModelVersionSchema>>;

/** Adapters pass tests/contracts/model-store.contract.ts. */
export interface ModelStore extends Documents<ModelVersion> {
  /** Every version of a kind, the first first. */
  listByKind(kind: ModelKind): Promise<readonly ModelVersion[]>;
}

export const versionId = (kind: ModelKind, number: number): string => `${kind}@${number}`;

/** A model ready to score, under the name that stands in each proposal. */
export interface OpenModel {
  readonly id: string;
  readonly model: LinearModel;
}
export type OpenModels = Readonly<Record<ModelKind, OpenModel>>;

/** The version in force: the one put in force last; undefined while none ever was. */
export function inForce(versions: readonly ModelVersion[]): ModelVersion | undefined {
  const used = versions.filter(({ inForceAt }) => inForceAt !== undefined);
  return used.reduce<ModelVersion | undefined>(
    (last, one) => ((one.inForceAt ?? 0) >= (last?.inForceAt ?? 0) ? one : last),
    undefined,
  );
}

export const openModel = (id: string, file: ModelVersion['model']): OpenModel => ({
  id,
  model: LinearModel.read(file),
});
