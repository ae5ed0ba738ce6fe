import { z } from 'zod';
import { Unreadable } from '#core';
import { featureAt, FEATURE_PLACES, hashFeatures } from './hash-features.ts';

/** A model as a file: a row of int8 weights for each place that has any, and the step each weight counts. */
export const LinearModelFileSchema = z.strictObject({
  labels: z.array(z.string()).min(2),
  bias: z.array(z.number()),
  /** What one unit of a weight is worth. */
  step: z.number().positive(),
  /** Places in rising order, three bytes each, base64. */
  places: z.base64(),
  /** `labels.length` signed bytes for each place, base64. */
  weights: z.base64(),
});
export type LinearModelFile = Readonly<z.infer<typeof LinearModelFileSchema>>;

/** Words and the places of their features. */
export interface HashedText {
  readonly tokens: readonly string[];
  readonly places: Uint32Array;
}

/** A feature of the text and what it added to a label's score. */
export interface Because {
  readonly words: string;
  readonly weight: number;
}

/** A file of a model stays small enough to be read beside the rules: 120 KB for both parts in base64. */
const FILE_BYTES = 84_000;

/** Scores tokens per label; small enough that every weight can be shown. */
export class LinearModel {
  readonly labels: readonly string[];
  readonly #bias: readonly number[];
  readonly #step: number;
  /** Places that have weights, rising. */
  readonly #places: Uint32Array;
  /** `labels.length` weights for each row; row 0 is for every place without any. */
  readonly #weights: Int8Array;
  readonly #rowOf = new Uint16Array(FEATURE_PLACES);

  private constructor(
    labels: readonly string[],
    bias: readonly number[],
    step: number,
    rows: { readonly places: Uint32Array; readonly weights: Int8Array },
  ) {
    this.labels = labels;
    this.#bias = bias;
    this.#step = step;
    this.#places = rows.places;
    this.#weights = new Int8Array(rows.weights.length + labels.length);
    this.#weights.set(rows.weights, labels.length);
    for (const [number, place] of rows.places.entries()) this.#rowOf[place] = number + 1;
  }

  /** Rounds weights to int8 and keeps the heaviest places, as many as a file may hold. */
  static quantised(
    labels: readonly string[],
    bias: Float32Array,
    weights: Float32Array,
  ): LinearModel {
    const width = labels.length;
    const heaviest = new Float32Array(FEATURE_PLACES);
    let most = 0;
    for (let at = 0; at < weights.length; at += 1) {
      const size = Math.abs(weights[at] ?? 0);
      if (size === 0) continue;
      const place = Math.floor(at / width);
      if (size > (heaviest[place] ?? 0)) heaviest[place] = size;
      if (size > most) most = size;
    }
    const step = most / 127 || 1;
    const used = heaviest.filter((size) => size >= step / 2).sort();
    const least = Math.max(step / 2, used.at(-Math.floor(FILE_BYTES / (width + 3))) ?? 0);
    const kept: number[] = [];
    for (let place = 0; place < FEATURE_PLACES; place += 1) {
      if ((heaviest[place] ?? 0) >= least) kept.push(place);
    }
    const small = new Int8Array(kept.length * width);
    for (const [row, place] of kept.entries()) {
      for (let label = 0; label < width; label += 1) {
        small[row * width + label] = Math.round((weights[place * width + label] ?? 0) / step);
      }
    }
    return new LinearModel(labels, [...bias], step, {
      places: Uint32Array.from(kept),
      weights: small,
    });
  }

  /** @throws {Unreadable} when the parts do not fit together */
  static read({ labels, bias, step, ...file }: LinearModelFile): LinearModel {
    const bytes = Buffer.from(file.places, 'base64');
    const weights = new Int8Array(Buffer.from(file.weights, 'base64'));
    const count = bytes.length / 3;
    const places = Uint32Array.from({ length: count }, (_, row) => bytes.readUIntBE(row * 3, 3));
    const fits = bias.length === labels.length && weights.length === count * labels.length;
    if (!fits || places.some((place) => place >= FEATURE_PLACES)) {
      throw new Unreadable('线性模型', undefined);
    }
    return new LinearModel(labels, bias, step, { places, weights });
  }

  toFile(): LinearModelFile {
    const places = Buffer.alloc(this.#places.length * 3);
    for (const [row, place] of this.#places.entries()) places.writeUIntBE(place, row * 3, 3);
    const weights = Buffer.from(this.#weights.slice(this.labels.length));
    return {
      labels: [...this.labels],
      bias: [...this.#bias],
      step: this.#step,
      places: places.toString('base64'),
      weights: weights.toString('base64'),
    };
  }

  /** A score per label, in the order of `labels`; no unit, higher is likelier. */
  score(tokens: readonly string[]): Float64Array {
    return this.scorePlaces(hashFeatures(tokens));
  }

  /** The same of features hashed already: several models read one text. */
  scorePlaces(places: Uint32Array): Float64Array {
    const width = this.labels.length;
    const weights = this.#weights;
    const rowOf = this.#rowOf;
    const scores = new Float64Array(width);
    for (let index = 0; index < places.length; index += 1) {
      const row = rowOf[places[index] as number] as number;
      if (row === 0) continue;
      const at = row * width;
      for (let label = 0; label < width; label += 1) {
        scores[label] = (scores[label] as number) + (weights[at + label] as number);
      }
    }
    const unit = this.#step / Math.sqrt(Math.max(1, places.length));
    for (let label = 0; label < width; label += 1) {
      scores[label] = (scores[label] ?? 0) * unit + (this.#bias[label] ?? 0);
    }
    return scores;
  }

  /** The features that spoke loudest for a label, heaviest first; words said twice are added up. */
  because({ tokens, places }: HashedText, label: string, most: number): Because[] {
    const width = this.labels.length;
    const column = this.labels.indexOf(label);
    const unit = this.#step / Math.sqrt(Math.max(1, places.length));
    // Names cost more than sums: only the loudest get theirs.
    const loud = new Map<number, { position: number; weight: number }>();
    for (let position = 0; position < places.length; position += 1) {
      const place = places[position] as number;
      const weight = this.#weights[(this.#rowOf[place] as number) * width + column] as number;
      if (weight <= 0) continue;
      const heard = loud.get(place);
      if (heard) heard.weight += weight;
      else loud.set(place, { position, weight });
    }
    const found: Because[] = [];
    for (const { position, weight } of [...loud.values()].sort((a, b) => b.weight - a.weight)) {
      if (found.length === most) break;
      const words = featureAt(tokens, position);
      if (!/[\p{L}\p{N}]/u.test(words)) continue;
      const same = found.some((one) => one.words === words);
      if (!same) found.push({ words, weight: Math.round(weight * unit * 1000) / 1000 });
    }
    return found;
  }
}
