import { readFileSync } from 'node:fs';
import {
  createPlaceResolver,
  parseGazetteer,
  type Gazetteer,
  type PlacesPack,
  type ResolvePlaces,
} from '#analyze';

let gazetteer: Gazetteer | undefined;

/** The country's divisions that ship; read when first asked for, and once. */
export function openGazetteer(): Gazetteer {
  gazetteer ??= parseGazetteer(
    readFileSync(new URL('./packs/regions.csv', import.meta.url), 'utf8'),
  );
  return gazetteer;
}

/** Resolves place names; the divisions are read at the first text, so that a start waits for none of it. */
export function openPlaceResolver(pack: PlacesPack): ResolvePlaces {
  let resolve: ResolvePlaces | undefined;
  return (text, hints) => {
    resolve ??= createPlaceResolver(openGazetteer(), pack);
    return resolve(text, hints);
  };
}
