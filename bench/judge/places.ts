/*
 * The set: 33 address parses of the JioNLP project, with province, city and county as they were called when it was
 * made; old names (襄樊, 柳州地区) are beyond a table of today's divisions. Reported, not held to a number.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createPlaceResolver, normaliseText, type Gazetteer } from '#analyze';
import { openGazetteer } from '../../config/gazetteer.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import type { Judge } from './part.ts';

const NAME = '地名对区划';
const ExpectedSchema = z.object({
  province: z.string().nullable(),
  city: z.string().nullable(),
  county: z.string().nullable(),
});
const RowsSchema = z.array(
  z
    .tuple([z.string(), z.unknown(), z.unknown(), ExpectedSchema])
    .transform(([text, , , place]) => ({
      text,
      place,
    })),
);
type Chain = z.infer<typeof ExpectedSchema>;

export const judgePlaces: Judge = async (folder) => {
  if (!folder) return [{ name: NAME, skipped: '未设 HUIYING_DATA' }];
  const rows = RowsSchema.parse(
    JSON.parse(readFileSync(join(folder, 'text/jionlp/location-expectations.json'), 'utf8')),
  );
  const { places: pack } = readPacks(SettingsSchema.parse({}));
  const gazetteer = openGazetteer();
  const resolve = createPlaceResolver(gazetteer, pack);
  const chains = rows.map(({ text, place }) => {
    const { places } = resolve(normaliseText(text), { officeRegions: [] });
    return {
      text,
      place,
      got: chainOf(places.find(({ isPrimary }) => isPrimary)?.regionCode, gazetteer),
    };
  });
  const share = (isRight: (row: (typeof chains)[number]) => boolean): string =>
    `${((chains.filter(isRight).length / chains.length) * 100).toFixed(1)} %`;
  const isSame = ({ place, got }: (typeof chains)[number]): boolean =>
    (['province', 'city', 'county'] as const).every((level) => place[level] === got[level]);
  return [
    {
      name: NAME,
      data: `JioNLP 地址 ${rows.length} 条`,
      measures: [
        { what: '省对', measured: share(({ place, got }) => place.province === got.province) },
        { what: '市对', measured: share(({ place, got }) => place.city === got.city) },
        { what: '县区对', measured: share(({ place, got }) => place.county === got.county) },
        { what: '三级全对', measured: share(isSame) },
      ],
      failures: chains
        .filter((row) => !isSame(row))
        .map(({ text, place, got }) => ({ expected: say(place), got: say(got), text })),
    },
  ];
};

const say = ({ province, city, county }: Chain): string => [province, city, county].join('/');

/** A municipality is its own city, as addresses write it. */
function chainOf(code: string | undefined, { divisions }: Gazetteer): Chain {
  const nameOf = (short: string): string | null =>
    divisions.find((division) => division.code === short)?.name ?? null;
  if (!code) return { province: null, city: null, county: null };
  const province = nameOf(code.slice(0, 2));
  const isBelowProvince = !code.endsWith('0000');
  const city = isBelowProvince ? (nameOf(code.slice(0, 4)) ?? province) : cityItself(province);
  return { province, city, county: nameOf(code.slice(0, 6)) };
}

const cityItself = (province: string | null): string | null =>
  province?.endsWith('市') ? province : null;
