import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { createChangeFeed } from '#server';
import { openEmbedded, type Backend } from './backends/embedded.ts';
import type { Settings } from './settings.ts';

/**
 * Opens the stores for one command, while the product is stopped, and closes them whatever comes of it.
 *
 * @throws {StoreInUse} while the product runs
 */
export async function withBackend<T>(
  { storage }: Pick<Settings, 'storage'>,
  work: (backend: Backend) => Promise<T>,
): Promise<T> {
  const realNow = (): Date => new Date();
  const backend = openEmbedded(storage.folder, {
    segmenter: await openSegmenter(),
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
