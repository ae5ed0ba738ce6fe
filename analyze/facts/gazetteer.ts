import { z } from 'zod';

const Words = z.array(z.string().min(1));

/** How names in a text are matched to division codes. */
export const PlacesPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  source: z.string(),
  /** Cut from a full name to get its short form, longest first. */
  suffixes: Words,
  peoples: Words,
  /** Short forms that are common words too. */
  traps: Words,
  /** Behind a short form these make it the name of a road or a shop. */
  notPlaceAfter: Words,
});
export type PlacesPack = Readonly<z.infer<typeof PlacesPackSchema>>;

/** A province (2 digits), city (4) or county (6) with its full name. */
export interface Division {
  readonly code: string;
  readonly name: string;
}

/** The country's divisions; townships are kept folded until their county is met. */
export interface Gazetteer {
  readonly divisions: readonly Division[];
  /** Townships and streets, 9 digits each, of a county or of a city without counties. */
  townshipsOf(code: string): readonly Division[];
}

/**
 * The gazetteer of config/packs/regions.csv.
 *
 * @param csv lines of code,name,townships…; `#` begins a comment; a row without a name only holds townships
 */
export function parseGazetteer(csv: string): Gazetteer {
  const divisions: Division[] = [];
  const folded = new Map<string, string>();
  for (const line of csv.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [code = '', name = ''] = line.split(',', 2);
    if (name !== '') divisions.push({ code, name });
    const rest = line.slice(code.length + name.length + 2);
    if (rest !== '') folded.set(code, rest);
  }
  return {
    divisions,
    townshipsOf: (code) =>
      (folded.get(code)?.split(',') ?? []).map((one) => ({
        code: code + one.slice(0, 3),
        name: one.slice(3),
      })),
  };
}

/** 湘西土家族苗族自治州 is 湘西, 杭州市 is 杭州; undefined where nothing or one character is left. */
export function shortFormOf(name: string, pack: PlacesPack): string | undefined {
  const suffix = pack.suffixes.find((one) => name.endsWith(one));
  if (!suffix) return undefined;
  let short = name.slice(0, -suffix.length);
  if (suffix.startsWith('自治')) {
    for (let people: string | undefined = ''; people !== undefined;) {
      const rest = short;
      people = pack.peoples.find((one) => rest.endsWith(one));
      if (people) short = short.slice(0, -people.length);
    }
  }
  return short.length >= 2 ? short : undefined;
}
