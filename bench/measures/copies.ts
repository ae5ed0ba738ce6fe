import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CopyIndex } from '../../analyze/copies/copy-index.ts';
import { createCopyProbeReader } from '../../analyze/copies/copy-probe.ts';
import { normaliseText } from '../../analyze/text/normalise-text.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { handOver, median, type Figure } from '../figure.ts';
import { COPY_EDITS } from '../support/copy-edits.ts';
import { makePost, rareWord, seeded } from '../support/texts.ts';

/** Copies looked up in a window that is full already: how fast, and what the window weighs. */
const [count = '20000'] = process.argv.slice(2);
const WINDOW = Number(count);
const ROUNDS = 5;
const ROUND = 4_000;
/** Share of posts that repeat another one. */
const REPEATING = 1 / 3;

const rule = readPacks(SettingsSchema.parse({})).grouping.copies;
const read = createCopyProbeReader(rule);
const at = new Date();
const random = seeded(3);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Words of the dictionary after a sentence or two that many others begin with. */
function makeText(characters: number): string {
  let text = makePost(random, 0, at).text.slice(0, characters / 6);
  while (text.length < characters) text += `${rareWord(random)}${random() < 0.15 ? '，' : ''}`;
  return normaliseText(text);
}

function makeTexts(characters: number, many: number): string[] {
  const texts: string[] = [];
  while (texts.length < many) {
    const other = texts[Math.floor(random() * texts.length)] ?? '';
    const edit = COPY_EDITS[Math.floor(random() * COPY_EDITS.length)];
    const isRepeating = texts.length > 0 && random() < REPEATING;
    texts.push(
      isRepeating && edit ? edit.edit(other, { other: '', random }) : makeText(characters),
    );
  }
  return texts;
}

/** Looks a text up and keeps it when it is new; true when it is a copy. */
function take(index: CopyIndex, text: string, number: number): boolean {
  const probe = read(text);
  const sourceId = `source-${number % 500}`;
  const found = index.find(probe, sourceId);
  if (!found || found.decision.relation === 'update') {
    index.add({ ...probe, id: `${number}`.padStart(24, '0'), sourceId, firstSeenAt: at });
    return false;
  }
  return true;
}

/** Time of the processor, so that a busy machine does not count. */
const workedMs = (): number => process.cpuUsage().user / 1_000;

const weight = (): number => {
  // Buffers are given back after the objects that held them.
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

function measureFor(name: string, characters: number): Figure[] {
  const before = weight();
  const index = new CopyIndex(rule);
  let kept = 0;
  for (let number = 0; number < WINDOW; number += 1) {
    if (!take(index, makeText(characters), number)) kept += 1;
  }
  const bytes = Math.round((weight() - before) / kept);

  const rates: { readonly whole: number; readonly reading: number }[] = [];
  let copies = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const texts = makeTexts(characters, ROUND);
    const startedMs = workedMs();
    for (const text of texts) read(text);
    const readMs = workedMs();
    copies = texts.filter((text, nth) => take(index, text, WINDOW + round * ROUND + nth)).length;
    const wholeMs = workedMs() - readMs;
    // The first round only warms up.
    if (round > 0) rates.push({ whole: ROUND / wholeMs, reading: ROUND / (readMs - startedMs) });
  }
  if (copies < (ROUND * REPEATING) / 2) throw new Error(`only ${copies} copies found`);
  const perSecond = Math.round(1_000 * median(rates.map(({ whole }) => whole)));
  const reading = Math.round(1_000 * median(rates.map(({ reading }) => reading)));
  return [
    {
      what: `查同文（${name}）：取指纹并在窗口中查找`,
      asked: '≥ 25000 条/秒',
      measured: `${perSecond} 条/秒`,
      isMet: perSecond >= 25_000,
      how: `窗口中已有 ${kept} 条，每条 ${characters} 字，三分之一是改动过的同文；按处理器时间，${ROUNDS} 次取中位数；只取指纹、数字与地名 ${reading} 条/秒`,
    },
    {
      what: `同文窗口每条占用的内存（${name}）`,
      asked: '≤ 3000 字节',
      measured: `${bytes} 字节`,
      isMet: bytes <= 3_000,
      how: '含指纹本身；100 万条即此数的一百万倍',
    },
  ];
}

handOver([...measureFor('短文', 120), ...measureFor('长文', 500)]);
