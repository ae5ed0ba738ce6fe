import { MACHINE, Refused } from '#core';
import { ModelKindSchema, type ModelKind } from '#analyze';
import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { EXIT } from './exit-codes.ts';
import { readPacks } from './packs.ts';
import { createModelDesk, type VersionRow } from './proposal-desk.ts';
import type { Settings } from './settings.ts';
import { toLexicon } from './to-lexicon.ts';
import { withBackend } from './with-backend.ts';

const KIND_WORDS: Readonly<Record<ModelKind, string>> = {
  topic: '诉求类别',
  sentiment: '情感',
  contentClass: '内容类别',
};

type Print = (text: string) => void;
type Desk = ReturnType<typeof createModelDesk>;

/** Opens the office's models for one command, while the product is stopped. @throws {StoreInUse} */
async function withModels<T>(settings: Settings, work: (desk: Desk) => Promise<T>): Promise<T> {
  const packs = readPacks(settings);
  const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
  const now = (): Date => new Date();
  return await withBackend(
    settings,
    async (backend) => await work(createModelDesk({ ...backend, packs, segmenter, now })),
  );
}

/** `huiying model list`: every version with what its run scored; `*` is in force. */
export async function listModels(settings: Settings, print: Print): Promise<number> {
  return await withModels(settings, async (desk) => {
    for (const kind of ModelKindSchema.options) {
      print(KIND_WORDS[kind]);
      for (const row of await desk.list(kind)) print(inWords(row));
    }
    return EXIT.ok;
  });
}

/** `huiying model train KIND`: a new version from every correction so far; not yet in force. */
export async function trainModel(settings: Settings, kind: string, print: Print): Promise<number> {
  return await withModels(settings, async (desk) => {
    const { id, run } = await desk.train(kindOf(kind), MACHINE);
    print(`已训练 ${id}，尚未启用。`);
    print(`  自带样本（交叉验证）宏 F1 ${run.shippedF1}`);
    print(
      `  本单位更正 ${run.corrections} 条：新 ${run.officeF1}（交叉验证），${run.before} ${run.officeF1Before}`,
    );
    print(`启用：huiying model use ${id}`);
    return EXIT.ok;
  });
}

/** `huiying model use VERSION`: puts a version in force, an earlier one too. */
export async function putModelInForce(
  settings: Settings,
  version: string,
  print: Print,
): Promise<number> {
  const [kind = '', number = ''] = version.split('@');
  return await withModels(settings, async (desk) => {
    const { id } = await desk.use(kindOf(kind), Number(number));
    print(`已启用 ${id}，下次启动起生效。`);
    return EXIT.ok;
  });
}

function kindOf(word: string): ModelKind {
  const kind = ModelKindSchema.safeParse(word).data;
  if (kind) return kind;
  const known = ModelKindSchema.options.join('、');
  throw new Refused('MODEL_KIND_UNKNOWN', `没有这种模型：${word}；有 ${known}`, 'invalid');
}

function inWords({ id, isInForce, madeBy, madeAt, run }: VersionRow): string {
  const office =
    run.officeF1 === undefined ? '' : `，本单位更正 ${run.corrections} 条 ${run.officeF1}`;
  const made = madeAt ? `，${madeBy} ${madeAt.toISOString()}` : '，自带';
  return `${isInForce ? '*' : ' '} ${id}${made}：宏 F1 自带样本 ${run.shippedF1}${office}`;
}
