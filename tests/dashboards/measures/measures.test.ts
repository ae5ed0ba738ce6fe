import { expect, test } from 'vitest';
import { buildMeasures, type Measure, type MeasureRecords } from '#measures';
import { judgingPack } from '../../support/judging.ts';
import { at, theMonth } from '../../support/measured-month.ts';
import { reviewPack } from '../../support/releases.ts';
import { answerOf, KNOWN } from './known-answers.ts';

const rules = { limits: { leastForShare: 10 }, review: reviewPack, judging: judgingPack };
const measuresOf = (records: MeasureRecords): ReadonlyMap<string, Measure> =>
  new Map(buildMeasures(records, rules).map((one) => [one.code, one]));
const month = measuresOf(theMonth());
const answer = (code: string): object => {
  const found = month.get(code);
  if (!found) throw new Error(`no measure ${code}`);
  return answerOf(found);
};

test.for(Object.keys(KNOWN))('%s of the month is what was counted by hand', (code) => {
  expect(answer(code)).toMatchObject(KNOWN[code] ?? {});
});
