import { onTestFinished } from 'vitest';
import { newId } from '#core';
import { connectElastic } from '../../../core/adapters/elastic.ts';
import { elasticUrl } from './reach.ts';

/** A client, and a name before its indices that no other test has; they are gone when the test ends. */
export function openElastic() {
  const client = connectElastic({ nodes: elasticUrl.split(',') });
  const prefix = `test-${newId()}-`;
  onTestFinished(async () => {
    const found = await client.indices.get({ index: `${prefix}*` });
    for (const index of Object.keys(found)) await client.indices.delete({ index });
    await client.close();
  });
  return { client, prefix };
}
