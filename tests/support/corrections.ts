import type { Correction, ModelVersion } from '#analyze';
import { NOON } from './posts.ts';

const WHO = { personId: 'person-1', name: '沈秋禾' };

export const aCorrection = (more: Partial<Correction> = {}): Correction => ({
  id: 'correction-1',
  revision: 1,
  effects: [],
  eventId: 'event-1',
  field: 'topic',
  value: 'transport',
  proposed: '城乡建设',
  reason: '说的是公交站台',
  by: WHO,
  at: NOON,
  text: '站台的雨棚漏水',
  ...more,
});

export const aModelVersion = (more: Partial<ModelVersion> = {}): ModelVersion => ({
  id: 'topic@1',
  revision: 1,
  effects: [],
  kind: 'topic',
  number: 1,
  madeAt: NOON,
  madeBy: WHO,
  run: {
    epochs: 10,
    rate: 0.1,
    decay: 0.001,
    seed: 1,
    examples: 2,
    corrections: 0,
    digest: 'd',
    segmenter: 'nodejieba',
    shippedF1: 0.9,
  },
  model: { labels: ['a', 'b'], bias: [0, 0.5], step: 0.01, places: 'AAAB', weights: 'AQI=' },
  ...more,
});
