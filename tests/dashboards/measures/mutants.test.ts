import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import * as measures from '#measures';
import { judgingPack } from '../../support/judging.ts';
import { theMonth } from '../../support/measured-month.ts';
import { at } from '../../support/measured-story.ts';
import { reviewPack } from '../../support/releases.ts';
import { answerOf } from './known-answers.ts';
import { MUTANTS } from './mutants.ts';

const FOLDER = fileURLToPath(new URL('../../../dashboards/measures/', import.meta.url));
/** Inside the project, where its own names for its folders hold. */
const BUILT = join(FOLDER, '../../dist');
mkdirSync(BUILT, { recursive: true });
const home = mkdtempSync(join(BUILT, 'mutants-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const rules = { limits: { leastForShare: 10 }, review: reviewPack, judging: judgingPack };
/** The month, a day in it, and two periods that meet at the very moment at which a transfer falls due. */
const records = theMonth();
const DUE = at('02-10 00:00');
const PERIODS = [
  records.period,
  { from: at('02-04 00:00'), to: at('02-05 00:00') },
  { from: at('02-09 00:00'), to: DUE },
  { from: DUE, to: at('02-10 12:00') },
];
const answersOf = ({ buildMeasures }: Pick<typeof measures, 'buildMeasures'>) => {
  const all = PERIODS.flatMap((period) => buildMeasures({ ...records, period }, rules));
  return new Map(
    [...Map.groupBy(all, ({ code }) => code)].map(([code, found]) => [
      code,
      JSON.stringify(found.map(answerOf)),
    ]),
  );
};
const right = answersOf(measures);

test('a duty that falls due as one period ends belongs to the next', () => {
  const due = records.events.flatMap(({ countdowns }) => countdowns);
  expect(due.some((one) => +one.statutoryDueAt === +DUE)).toBe(true);
  const counts = PERIODS.slice(2).map((period) => {
    const found = measures.buildMeasures({ ...records, period }, rules);
    const transfers = found.find(({ code }) => code === 'transferOnTime')?.measured;
    return transfers?.kind === 'share' ? transfers.denominator : undefined;
  });
  expect(counts).toEqual([0, 1]);
});

test.for(MUTANTS.map((one, number) => ({ ...one, number })))(
  '$changes is told wrong when $file has “$to” for “$from”',
  async ({ file, from, to, changes, number }) => {
    const folder = join(home, String(number));
    cpSync(FOLDER, folder, { recursive: true });
    const path = join(folder, `${file}.ts`);
    const source = readFileSync(path, 'utf8');
    expect(source, 'the formula is written so').toContain(from);
    writeFileSync(
      path,
      source.replace(from, () => to),
    );
    const mutant = (await import(
      /* @vite-ignore */ pathToFileURL(join(folder, 'index.ts')).href
    )) as typeof measures;
    expect(answersOf(mutant).get(changes)).not.toBe(right.get(changes));
  },
);
