import { beijingMinute, durationInWords } from '#core';
import { clarificationMs, clarifiedAt, RUMOR_STATE_NAMES, type RumorCase } from '#respond';
import { durationsOf, type Measure, type MeasureItem } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, type MeasureRecords } from './records.ts';

/** How long the public waited to hear that a claim was not so. */
export function clarifying(records: MeasureRecords, { limits }: MeasureRules): Measure {
  const items = records.rumors.flatMap((rumor) => itemOf(rumor, records));
  const waiting = items.filter(({ standing }) => standing === 'open').length;
  return {
    code: 'rumourClarification',
    group: '回应',
    name: '不实信息澄清用时',
    counting:
      '认定不实或者部分不实的说法，从本单位首次发现到发布澄清；按澄清发布的时间归入本期，撤回的澄清不算。本期认定、还没有澄清的列在名单里，不进用时。',
    notes: waiting > 0 ? [`另有 ${waiting} 种说法本期认定不实或者部分不实，还没有澄清。`] : [],
    measured: durationsOf(items, limits),
  };
}

function itemOf(rumor: RumorCase, { period }: MeasureRecords): MeasureItem[] {
  const { id, eventId, claimText, firstSeenAt, state } = rumor;
  const verdict = rumor.verdicts.at(-1);
  // What turned out to be true was no rumour, whatever was published of it.
  if (verdict?.verdict !== 'false' && verdict?.verdict !== 'misleading') return [];
  const at = clarifiedAt(rumor);
  const ms = clarificationMs(rumor);
  if (!isIn(period, at ?? verdict.at)) return [];
  const seen = `“${claimText}”${beijingMinute(firstSeenAt)} 首次发现`;
  const head = { cite: `rumor:${id}`, eventId };
  if (!at || ms === undefined) {
    const words = `${seen}，${RUMOR_STATE_NAMES[state]}，还没有发布澄清`;
    return [{ ...head, words, standing: 'open' }];
  }
  const words = `${seen}，${beijingMinute(at)} 发布澄清，用时${durationInWords(ms)}`;
  return [{ ...head, words, standing: 'in', ms }];
}
