import type { Segmenter } from '../ports.ts';
import type { LexiconWord } from '../text/lexicon.ts';
import { loadNodejieba } from './nodejieba-segmenter.ts';

/**
 * nodejieba by default, @node-rs/jieba where it cannot load; the start line and `doctor` say which.
 *
 * @param lexicon words of the trade, the place and the office, for either
 */
export async function openSegmenter(lexicon: readonly LexiconWord[] = []): Promise<Segmenter> {
  const preferred = await loadNodejieba(lexicon);
  if (preferred) return preferred;
  const { openNodeRsSegmenter } = await import('./node-rs-segmenter.ts');
  return openNodeRsSegmenter(lexicon);
}
