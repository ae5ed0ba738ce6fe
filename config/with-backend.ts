import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { createChangeFeed } from '#server';
import { openEmbedded, type Backend } from './backends/embedded.ts';
import { readPacks } from './packs.ts';
import type { Settings } from './settings.ts';
import { toLexicon } from './to-lexicon.ts';

/**
 * Opens the stores for one command, while the product is stopped, and closes them whatever comes of it.
 *
 * @throws {StoreInUse} while the product runs
 */
export async function withBackend<T>(
  settings: Pick<Settings, 'office' | 'rules' | 'storage'>,
  work: (backend: Backend) => Promise<T>,
): Promise<T> {
  const realNow = (): Date => new Date();
  const backend = openEmbedded(settings.storage.folder, {
    segmenter: await openSegmenter(toLexicon(settings.office, readPacks(settings).lexicon)),
    changes: createChangeFeed(realNow()),
    // Nothing reads the log here: only its readers report through this.
    onError: (error) => {
      throw error;
    },
    realNow,
  });
  try {
    return await work(backend);
  } finally {
    backend.close();
  }
}
