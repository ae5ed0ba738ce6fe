import { readFileSync, writeFileSync } from 'node:fs';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import type { Example, ModelKind } from '../../analyze/proposals/model-version.ts';
import { trainVersion } from '../../analyze/proposals/train-version.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';

/** Makes the models that ship from the open labelled texts: `npx node bench/judge/train-proposals.ts`. */
const FIXTURES: readonly (readonly [ModelKind, string])[] = [
  ['topic', 'messages'],
  ['sentiment', 'sentiment'],
  ['contentClass', 'content-class'],
];
const packs = readPacks(SettingsSchema.parse({}));
const segmenter = await openSegmenter();
const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

for (const [kind, name] of FIXTURES) {
  const rows = readFileSync(at(`tests/fixtures/judge/${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const shipped = rows
    .map((row) => JSON.parse(row) as Record<string, string>)
    .filter((row) => row['split'] === 'open' && row[kind])
    .map((row): Example => ({ text: row['text'] ?? '', label: row[kind] ?? '' }));
  const began = performance.now();
  const { run, model } = trainVersion({ kind, shipped, corrected: [] }, { packs, segmenter });
  const ms = Math.round(performance.now() - began);
  const body = { kind, run, model: model.toFile() };
  const file = `config/packs/models/${kind}.json`;
  const text = `${JSON.stringify(body, null, 2)}\n`;
  writeFileSync(at(file), text);
  const lines = shipped.map((row) => JSON.stringify(row)).join('\n');
  writeFileSync(at(`config/packs/models/${kind}.examples.jsonl`), `${lines}\n`);
  process.stderr.write(
    `${file}: ${text.length} 字节，交叉验证宏 F1 ${run.shippedF1}，含验证共 ${ms} 毫秒\n`,
  );
}
