import type { Segmenter } from '../ports.ts';
import { loadNodejieba } from './nodejieba-segmenter.ts';

/** nodejieba by default, @node-rs/jieba where it cannot load; the start line and `doctor` say which. */
export async function openSegmenter(): Promise<Segmenter> {
  const preferred = await loadNodejieba();
  if (preferred) return preferred;
  const { openNodeRsSegmenter } = await import('./node-rs-segmenter.ts');
  return openNodeRsSegmenter();
}
