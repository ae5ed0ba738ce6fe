import { readFileSync } from 'node:fs';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExampleSchema, ModelFileSchema, ModelKindSchema } from '#analyze';
import { openSegmenter } from '../../../analyze/adapters/open-segmenter.ts';
import { featureAt, hashFeatures } from '../../../analyze/proposals/hash-features.ts';
import { cutText } from '../../../analyze/proposals/judge-text.ts';
import { LinearModel } from '../../../analyze/proposals/linear-model.ts';
import { TRAINING_PLAN } from '../../../analyze/proposals/train-version.ts';
import { trainLinear } from '../../../analyze/proposals/train-linear.ts';

const EXAMPLES = [
  { tokens: ['公交', '晚点'], label: 'transport' },
  { tokens: ['公交', '拥挤'], label: 'transport' },
  { tokens: ['医生', '耐心'], label: 'health' },
  { tokens: ['医生', '缺席'], label: 'health' },
];
const model = trainLinear(EXAMPLES, TRAINING_PLAN);
const hashed = (tokens: readonly string[]) => ({ tokens, places: hashFeatures(tokens) });
const bestOf = (one: LinearModel, tokens: readonly string[]): string | undefined => {
  const scores = [...one.score(tokens)];
  return one.labels[scores.indexOf(Math.max(...scores))];
};

describe('a linear model', () => {
  test('tells texts it has not seen by the words they share with those it has', () => {
    expect(bestOf(model, ['公交', '改线'])).toBe('transport');
    expect(bestOf(model, ['医生', '下班'])).toBe('health');
  });

  test('says which words spoke for a label, and that no word did', () => {
    expect(model.because(hashed(['公交', '改线']), 'transport', 3)[0]?.words).toBe('公交');
    expect(model.because(hashed(['改线']), 'transport', 3)).toEqual([]);
    expect(model.because(hashed(['公交']), 'health', 3)).toEqual([]);
  });

  test('comes out the same, bit for bit, from the same examples, and back from its file', () => {
    expect(trainLinear(EXAMPLES, TRAINING_PLAN).toFile()).toEqual(model.toFile());
    expect(LinearModel.read(model.toFile()).score(['公交'])).toEqual(model.score(['公交']));
  });

  test('refuses one label, and a file whose parts do not fit', () => {
    expect(() => trainLinear(EXAMPLES.slice(0, 2), TRAINING_PLAN)).toThrow(RangeError);
    expect(() => LinearModel.read({ ...model.toFile(), bias: [0] })).toThrow('线性模型');
    expect(() => LinearModel.read({ ...model.toFile(), places: 'AAAA' })).toThrow('线性模型');
  });

  test('has a feature for each word and each pair of neighbours, whatever they are', () => {
    const tokens = array(string({ unit: constantFrom('停', '水', 'a', '！'), maxLength: 3 }));
    assert(
      property(tokens, (words) => {
        const places = hashFeatures(words);
        expect(places).toHaveLength(Math.max(0, 2 * words.length - 1));
        if (words.length < 2) return;
        expect(featureAt(words, words.length)).toBe(`${words[0]}${words[1]}`);
      }),
    );
  });
});

const segmenter = await openSegmenter();
const shipped = (name: string): string =>
  readFileSync(new URL(`../../../config/packs/models/${name}`, import.meta.url), 'utf8');

describe.for(ModelKindSchema.options)('the %s model that ships', (kind) => {
  const examples = shipped(`${kind}.examples.jsonl`)
    .trim()
    .split('\n')
    .map((line) => ExampleSchema.parse(JSON.parse(line)));
  const file = ModelFileSchema.parse(JSON.parse(shipped(`${kind}.json`)));

  // Another segmenter cuts other words and gives other weights.
  test.skipIf(segmenter.name !== file.run.segmenter)('is what its examples give', () => {
    const rows = examples.map(({ text, label }) => ({ ...cutText(segmenter, text), label }));
    expect(trainLinear(rows, TRAINING_PLAN).toFile()).toEqual(file.model);
    expect(file.run.examples).toBe(examples.length);
  });

  test('is no larger than 120 KB', () => {
    expect(shipped(`${kind}.json`).length).toBeLessThan(120_000);
  });

  test('was trained on open texts only', () => {
    const name = { topic: 'messages', sentiment: 'sentiment', contentClass: 'content-class' }[kind];
    const rows = readFileSync(
      new URL(`../../fixtures/judge/${name}.jsonl`, import.meta.url),
      'utf8',
    )
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { text: string; split: string });
    const open = new Set(rows.filter(({ split }) => split === 'open').map(({ text }) => text));
    expect(examples.filter(({ text }) => !open.has(text))).toEqual([]);
  });
});
