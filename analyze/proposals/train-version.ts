import { digestOf } from '#core';
import type { Segmenter } from '../ports.ts';
import { createLabelJudge, cutText, type Cut, type JudgePacks } from './judge-text.ts';
import type { LinearModel } from './linear-model.ts';
import { macroF1, type Judged } from './macro-f1.ts';
import type { Example, ModelKind, OpenModel, TrainingRun } from './model-version.ts';
import { trainLinear } from './train-linear.ts';

/** Chosen by five-fold cross-validation on the open examples (bench/judge/proposals.ts). */
export const TRAINING_PLAN = { epochs: 10, rate: 0.1, decay: 0.001, seed: 1 } as const;
const FOLDS = 5;
/** A person's correction counts as much as three shipped examples: it is about this office's own texts. */
const CORRECTION_WEIGHT = 3;

interface Row extends Cut {
  readonly label: string;
  readonly weight: number;
}

export interface TrainingSet {
  readonly kind: ModelKind;
  readonly shipped: readonly Example[];
  readonly corrected: readonly Example[];
  /** The version in force, to be compared with. */
  readonly before?: OpenModel;
}

export interface TrainerRules {
  readonly packs: JudgePacks;
  readonly segmenter: Segmenter;
}

/** Trains a model from everything labelled and says how good it is, by cross-validation on each part of it. */
export function trainVersion(
  { kind, shipped, corrected, before }: TrainingSet,
  { packs, segmenter }: TrainerRules,
): { readonly run: TrainingRun; readonly model: LinearModel } {
  const judge = createLabelJudge(packs);
  const toRow =
    (weight: number) =>
    ({ text, label }: Example): Row => ({ ...cutText(segmenter, text), label, weight });
  const base = shipped.map(toRow(1));
  const own = corrected.map(toRow(CORRECTION_WEIGHT));
  const rows = [...base, ...own];
  const judged = crossValidate(rows, (cut, model) => judge(kind, cut, { id: '', model }).value);
  const ownJudged = judged.slice(base.length);
  return {
    model: trainLinear(rows, TRAINING_PLAN),
    run: {
      ...TRAINING_PLAN,
      examples: shipped.length,
      corrections: corrected.length,
      digest: digestOf(JSON.stringify([shipped, corrected])),
      segmenter: segmenter.name,
      shippedF1: macroF1(judged.slice(0, base.length)),
      ...(own.length > 0 && { officeF1: macroF1(ownJudged) }),
      ...(before &&
        own.length > 0 && {
          before: before.id,
          officeF1Before: macroF1(
            own.map((row) => ({ label: row.label, got: judge(kind, row, before).value })),
          ),
        }),
    },
  };
}

/** Every row judged by a model that never saw it. */
function crossValidate(
  rows: readonly Row[],
  judge: (cut: Cut, model: LinearModel) => string | undefined,
): Judged[] {
  const judged: Judged[] = rows.map(({ label }) => ({ label, got: undefined }));
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const seen = rows.filter((_, index) => index % FOLDS !== fold);
    const model = trainLinear(seen, TRAINING_PLAN);
    for (const [index, row] of rows.entries()) {
      if (index % FOLDS === fold) judged[index] = { label: row.label, got: judge(row, model) };
    }
  }
  return judged;
}
