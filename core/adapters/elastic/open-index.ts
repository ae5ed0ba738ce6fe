import type { Client, estypes } from '@elastic/elasticsearch';
import { Refused } from '../../errors.ts';
import { digestOf } from '../../ids.ts';
import { statusOf, toOurs } from './connect.ts';

export type FieldType = 'keyword' | 'long';

/** Values that queries look for, beside the document; everything else is in the body and not looked at. */
export type Fields = Readonly<Record<string, FieldType>>;

/**
 * An index behind an alias, strictly mapped: a field we did not name is refused, not guessed.
 *
 * @throws {Refused} when an index of another shape is behind the alias
 */
export async function openIndex(client: Client, alias: string, fields: Fields): Promise<void> {
  const shape = digestOf(JSON.stringify(Object.entries(fields))).slice(0, 16);
  const properties: Record<string, estypes.MappingProperty> = {
    revision: { type: 'long', index: false, doc_values: false },
    orderNo: { type: 'long' },
    effectsNo: { type: 'long' },
    body: { type: 'object', enabled: false },
  };
  for (const [name, type] of Object.entries(fields)) properties[name] = { type };
  try {
    const found = await client.indices.getMapping({ index: alias }, { ignore: [404] });
    // With 404 ignored the answer is the refusal itself.
    const [mapped] = Object.values(found);
    const stored = mapped?.mappings?._meta?.['shape'];
    if (stored === shape) return;
    if (stored !== undefined) {
      throw new Refused('INDEX_DIFFERS', `索引 ${alias} 的结构与本版本不同，需要先迁移`);
    }
    await client.indices.create({
      index: `${alias}-v1`,
      aliases: { [alias]: { is_write_index: true } },
      settings: { number_of_shards: 1, auto_expand_replicas: '0-1', refresh_interval: '1s' },
      mappings: { dynamic: 'strict', _meta: { shape }, properties },
      wait_for_active_shards: 1,
    });
  } catch (error) {
    // Another instance was first.
    if (statusOf(error) === 400 && String(error).includes('resource_already_exists')) return;
    throw toOurs(error);
  }
}
