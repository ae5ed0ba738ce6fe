import { readFileSync } from 'node:fs';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { cutText } from '../../analyze/proposals/judge-text.ts';
import { LinearModel } from '../../analyze/proposals/linear-model.ts';
import { trainLinear } from '../../analyze/proposals/train-linear.ts';
import { TRAINING_PLAN } from '../../analyze/proposals/train-version.ts';
import { shippedExamples, shippedModel } from '../../config/proposal-models.ts';
import { handOver, median } from '../figure.ts';

/** How fast the linear model scores words given to it, and how long an office waits for a new one. */
const ROUNDS = 9;
const LEAST_MS = 400;

const segmenter = await openSegmenter();
const file = new URL('../../tests/fixtures/judge/sentiment.jsonl', import.meta.url);
const posts = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => cutText(segmenter, (JSON.parse(line) as { text: string }).text).tokens);
const model = LinearModel.read(shippedModel('sentiment').model);

const rates = Array.from({ length: ROUNDS }, () => {
  const began = performance.now();
  let scored = 0;
  while (performance.now() - began < LEAST_MS) {
    for (const tokens of posts) model.score(tokens);
    scored += posts.length;
  }
  return (1000 * scored) / (performance.now() - began);
});
const rate = Math.round(median(rates));

const rows = shippedExamples('topic').map(({ text, label }) => ({
  ...cutText(segmenter, text),
  label,
}));
const trainings = Array.from({ length: ROUNDS }, () => {
  const began = performance.now();
  trainLinear(rows, TRAINING_PLAN);
  return performance.now() - began;
});
const trainMs = Math.round(median(trainings));
const tokens = Math.round(posts.reduce((sum, one) => sum + one.length, 0) / posts.length);

handOver([
  {
    what: '线性模型判情感，词已切好，每核',
    asked: '≥ 100000 条/秒',
    measured: `${rate} 条/秒`,
    isMet: rate >= 100_000,
    how: `${posts.length} 条短文，平均 ${tokens} 个词和字，${ROUNDS} 次取中位数`,
  },
  {
    what: '按样本重新训练一个模型（七类，含量化）',
    asked: '< 1 秒',
    measured: `${trainMs} 毫秒`,
    isMet: trainMs < 1000,
    how: `${rows.length} 条样本，${TRAINING_PLAN.epochs} 遍，${ROUNDS} 次取中位数`,
  },
]);
