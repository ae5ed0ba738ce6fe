import { afterRelease } from './after-release.ts';
import { clarifying } from './clarifying.ts';
import { concealment } from './concealment.ts';
import { discovering } from './discovering.ts';
import { handling } from './handling.ts';
import type { Measure } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { NOT_RECORDED } from './not-recorded.ts';
import type { MeasureRecords } from './records.ts';
import { reporting } from './reporting.ts';
import { responding } from './responding.ts';

/** Every measure of a period, in the order in which a reader asks: found, reported, answered, and after. */
export function buildMeasures(records: MeasureRecords, rules: MeasureRules): readonly Measure[] {
  const isOwn = (one: { readonly isDrill: boolean }): boolean => one.isDrill === records.isDrill;
  const told: MeasureRecords = {
    ...records,
    events: records.events.filter(({ event }) => isOwn(event)),
    supervisions: records.supervisions.filter(isOwn),
    outsideNotices: records.outsideNotices.filter(isOwn),
    rumors: records.rumors.filter(isOwn),
    sentReports: records.sentReports.filter(isOwn),
  };
  const all = [
    ...discovering(told, rules),
    ...reporting(told, rules),
    ...responding(told, rules),
    clarifying(told, rules),
    ...afterRelease(told, rules),
    ...handling(told, rules),
    ...concealment(told, rules),
    ...NOT_RECORDED,
  ];
  return records.isCutOff ? all.map(withCutOff) : all;
}

const withCutOff = (measure: Measure): Measure => ({
  ...measure,
  notes: [...measure.notes, '事件太多，更早的没有读入，数字不全。'],
});
