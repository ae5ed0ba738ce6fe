import { Converter } from 'opencc-js/t2cn';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toSimplified } from '../../analyze/text/to-simplified.ts';
import { noOpenData, openDataText, shortfall, skipNote } from '../support/open-data.ts';

const CasesSchema = z.object({
  cases: z.array(z.object({ input: z.string(), expected: z.record(z.string(), z.string()) })),
});
type Convert = (text: string) => string;

/** Comments on their own lines and commas before a closing bracket are what makes it JSONC. */
const cases = () =>
  CasesSchema.parse(
    JSON.parse(
      openDataText('text/opencc/testcases.jsonc')
        .replaceAll(/^\s*\/\/.*$/gm, '')
        .replaceAll(/,(?=\s*[}\]])/g, ''),
    ),
  ).cases;

/** What each configuration makes of the cases that name it: how many are right, and a line for each that is not. */
function compare(configurations: Readonly<Record<string, Convert>>) {
  const wrong: string[] = [];
  let right = 0;
  for (const { input, expected } of cases()) {
    for (const [name, convert] of Object.entries(configurations)) {
      const wanted = expected[name];
      if (wanted === undefined) continue;
      if (convert(input) === wanted) right += 1;
      else wrong.push(`${name}: ${input} is ${convert(input)}, not ${wanted}`);
    }
  }
  return { right, wrong };
}

describe.skipIf(noOpenData)(`traditional Chinese of OpenCC’s cases${skipNote}`, () => {
  test('the tables we use are right in 98 of 100 cases, each under its own configuration', () => {
    const tables = {
      t2s: toSimplified,
      tw2s: Converter({ from: 'tw', to: 'cn' }),
      tw2sp: Converter({ from: 'twp', to: 'cn' }),
      hk2s: Converter({ from: 'hk', to: 'cn' }),
    };
    const { right, wrong } = compare(tables);
    expect(right).toBeGreaterThan(150);
    expect(shortfall(right, wrong, 0.98)).toBeUndefined();
  });

  // A post does not say where its traditional Chinese comes from. tw2sp is left out: it changes words, not characters.
  test('our one conversion is right in 94 of 100 cases, wherever they come from', () => {
    const { right, wrong } = compare({ t2s: toSimplified, tw2s: toSimplified, hk2s: toSimplified });
    expect(right).toBeGreaterThan(100);
    expect(shortfall(right, wrong, 0.94)).toBeUndefined();
  });
});
