import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseRobots } from '../../ingest/polling/robots.ts';
import { noOpenData, openDataText, shortfall, skipNote } from '../support/open-data.ts';

const CasesSchema = z.array(
  z.object({
    test: z.string(),
    robotsTxt: z.string(),
    userAgent: z.string(),
    url: z.string(),
    allowed: z.boolean(),
  }),
);

/** The file lost the one character beyond ASCII that upstream's robots_test.cc has (ツ), and shows `?` for it. */
const repaired = (text: string, name: string): string =>
  name === 'ID_Encoding' ? text.replace(/\/foo\/bar\/\?(?=\n|$)/, '/foo/bar/ツ') : text;

describe.skipIf(noOpenData)(`robots.txt by the expectations of RFC 9309${skipNote}`, () => {
  test('every one is decided as expected', () => {
    const cases = CasesSchema.parse(JSON.parse(openDataText('robots/expectations.json')));
    expect(cases).toHaveLength(142);
    const wrong = cases.filter(({ test: name, robotsTxt, userAgent, url, allowed }) => {
      const robots = parseRobots(repaired(robotsTxt, name));
      return robots.isAllowed(repaired(url, name), userAgent) !== allowed;
    });
    const lines = wrong.map((one) => JSON.stringify(one));
    expect(shortfall(cases.length - wrong.length, lines, 1)).toBeUndefined();
  });
});
