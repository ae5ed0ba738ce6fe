import { NotFound } from '#core';
import type { SourceView } from '#contract';
import type { ServerDeps } from '../deps.ts';

/** A source as its page shows it. @throws {NotFound} */
export async function readSourceView(
  { sources }: Pick<ServerDeps, 'sources'>,
  sourceId: string,
): Promise<SourceView> {
  const found = await sources.findSource(sourceId);
  if (!found) throw new NotFound('信息源', sourceId);
  return found;
}
