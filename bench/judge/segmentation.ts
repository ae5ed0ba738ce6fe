import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Segmenter } from '#analyze';
import { loadNodejieba } from '../../analyze/adapters/nodejieba-segmenter.ts';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { toLexicon } from '../../config/to-lexicon.ts';
import type { Failure, Judge } from './part.ts';

const NAME = '分词';
const FILE = 'text/ud-gsdsimp/dev.conllu.gz';
const SHOWN = 5;

interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
}

/** Words of both segmenters against those that people marked: a word is right when both its ends are. */
export const judgeSegmentation: Judge = async (folder) => {
  const path = folder === undefined ? undefined : join(folder, FILE);
  if (path === undefined || !existsSync(path)) return [{ name: NAME, skipped: `没有 ${FILE}` }];
  const sentences = readSentences(gunzipSync(readFileSync(path)).toString());
  const settings = SettingsSchema.parse({});
  const lexicon = toLexicon(settings.office, readPacks(settings).lexicon);
  const segmenters = [await loadNodejieba(lexicon), openNodeRsSegmenter(lexicon)];
  return [
    {
      name: NAME,
      data: `UD Chinese GSDSimp dev，${sentences.length} 句，人工切分（CC BY-SA 4.0）；标准比词典切得细`,
      measures: segmenters
        .flatMap((one) => one ?? [])
        .map((one) => ({
          what: `${one.name}，词的 F1`,
          measured: f1(sentences, one).toFixed(3),
        })),
      failures: segmenters.flatMap((one) => (one ? worst(sentences, one) : [])).slice(0, SHOWN),
    },
  ];
};

/** Source: the CoNLL-U format; a range (1-2) and an empty node (1.1) are no words of the text. */
function readSentences(conllu: string): Sentence[] {
  return conllu
    .trim()
    .split('\n\n')
    .map((block) => {
      const rows = block.split('\n').map((line) => line.split('\t'));
      const words = rows.filter(([id = '']) => /^\d+$/.test(id)).map(([, form = '']) => form);
      return { text: words.join(''), words };
    });
}

/** Where words begin and end, spaces left out: the gold words have none. */
function spansOf(words: readonly string[]): Set<string> {
  const spans = new Set<string>();
  let at = 0;
  for (const word of words) {
    const end = at + word.replaceAll(/\s/g, '').length;
    if (end > at) spans.add(`${at}-${end}`);
    at = end;
  }
  return spans;
}

function compare({ text, words }: Sentence, segmenter: Segmenter) {
  const gold = spansOf(words);
  const found = spansOf(segmenter.cut(text));
  return { gold: gold.size, found: found.size, right: gold.intersection(found).size };
}

function f1(sentences: readonly Sentence[], segmenter: Segmenter): number {
  const sums = sentences
    .map((one) => compare(one, segmenter))
    .reduce((sum, one) => ({
      gold: sum.gold + one.gold,
      found: sum.found + one.found,
      right: sum.right + one.right,
    }));
  return (2 * sums.right) / (sums.gold + sums.found);
}

/** The sentences with the fewest words right. */
function worst(sentences: readonly Sentence[], segmenter: Segmenter): Failure[] {
  return sentences
    .map((one) => {
      const { gold, right } = compare(one, segmenter);
      return { one, ratio: right / gold };
    })
    .sort((a, b) => a.ratio - b.ratio)
    .slice(0, SHOWN)
    .map(({ one }) => ({
      expected: one.words.join(' '),
      got: segmenter.cut(one.text).join(' '),
      text: `${segmenter.name}：${one.text}`,
    }));
}
