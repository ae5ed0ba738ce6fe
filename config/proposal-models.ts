import { readFileSync } from 'node:fs';
import { Unreadable } from '#core';
import {
  ExampleSchema,
  inForce,
  ModelFileSchema,
  openModel,
  versionId,
  type Example,
  type ModelFile,
  type ModelKind,
  type ModelStore,
  type OpenModel,
  type OpenModels,
} from '#analyze';

const MODELS = new URL('./packs/models/', import.meta.url);

/** The model of a kind that ships. @throws {Unreadable} when the file does not keep the schema */
export function shippedModel(kind: ModelKind): ModelFile {
  const path = new URL(`${kind}.json`, MODELS);
  const parsed = ModelFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Unreadable(`自带模型 ${kind}`, parsed.error);
  return parsed.data;
}

/** The labelled texts the shipped model was trained on. */
export function shippedExamples(kind: ModelKind): Example[] {
  const text = readFileSync(new URL(`${kind}.examples.jsonl`, MODELS), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => ExampleSchema.parse(JSON.parse(line)));
}

/** Opens the version in force of each kind: the office's own, or the one that ships; that one without a store. */
export async function openModels(store?: ModelStore): Promise<OpenModels> {
  const openOne = async (kind: ModelKind): Promise<OpenModel> => {
    const version = store && inForce(await store.listByKind(kind));
    return version
      ? openModel(version.id, version.model)
      : openModel(versionId(kind, 1), shippedModel(kind).model);
  };
  return {
    topic: await openOne('topic'),
    sentiment: await openOne('sentiment'),
    contentClass: await openOne('contentClass'),
  };
}
