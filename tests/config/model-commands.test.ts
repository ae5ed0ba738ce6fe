import { expect, test } from 'vitest';
import { SqliteCorrectionStore } from '../../analyze/adapters/sqlite-correction-store.ts';
import { openDatabase } from '#core/sqlite';
import { join } from 'node:path';
import { listModels, putModelInForce, trainModel } from '../../config/model-commands.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { aCorrection } from '../support/corrections.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('an operator trains a version, sees both side by side, uses it and goes back', async () => {
  const folder = tempFolder();
  const settings = SettingsSchema.parse({ storage: { folder } });
  const said: string[] = [];
  const print = (text: string): void => void said.push(text);
  await listModels(settings, print);
  expect(said.filter((line) => line.startsWith('* '))).toHaveLength(3);

  const database = openDatabase(join(folder, 'records.db'));
  await new SqliteCorrectionStore(database).create(aCorrection());
  database.close();

  said.length = 0;
  await trainModel(settings, 'topic', print);
  expect(said.join('\n')).toMatch(
    /已训练 topic@2，尚未启用[^]*更正 1 条：新 [\d.]+.*topic@1 [\d.]+/,
  );
  await putModelInForce(settings, 'topic@2', print);
  said.length = 0;
  await listModels(settings, print);
  expect(said.find((line) => line.startsWith('* topic'))).toMatch(/topic@2.*本单位更正 1 条/);
  await putModelInForce(settings, 'topic@1', print);
  said.length = 0;
  await listModels(settings, print);
  expect(said.find((line) => line.startsWith('* topic'))).toMatch(/topic@1.*自带/);
}, 60_000);

test('a kind or a version that does not exist is refused in words', async () => {
  const settings = SettingsSchema.parse({ storage: { folder: tempFolder() } });
  const print = (): void => undefined;
  await expect(trainModel(settings, 'weather', print)).rejects.toThrow('没有这种模型：weather');
  await expect(putModelInForce(settings, 'topic@9', print)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
