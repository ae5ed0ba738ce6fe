import { isDeepStrictEqual } from 'node:util';
import { auditEffect, MACHINE } from '#core';
import type { Source } from '../source.ts';
import type { SourceState } from '../source-state.ts';
import { waiverInForce, waiverInWords } from '../tls-waiver.ts';

/**
 * The source with a record of the waiver under which it is read next. The settings say who answers for it; the machine
 * only uses it.
 *
 * @returns undefined when it was read under the same one, or none, before
 */
export function recordWaiver(
  state: SourceState,
  source: Source,
  at: Date,
): SourceState | undefined {
  const waiver = waiverInForce(source.tlsWaiver, at);
  if (isDeepStrictEqual(waiver, state.tlsWaiver)) return undefined;
  const { tlsWaiver: before, ...rest } = state;
  const act = before === undefined ? '启用' : waiver === undefined ? '停用' : '更改';
  const audit = auditEffect({
    at,
    actor: MACHINE,
    act: `${act}证书例外`,
    target: `source:${source.id}`,
    detail: waiverInWords(waiver ?? before!),
  });
  const effects = [...state.effects, audit];
  return waiver ? { ...rest, effects, tlsWaiver: waiver } : { ...rest, effects };
}
