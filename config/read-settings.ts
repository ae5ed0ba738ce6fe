import { readYaml, SettingsWrong } from './read-yaml.ts';
import { SettingsSchema, type Settings } from './settings.ts';

export { parseYaml, readYaml, SettingsWrong } from './read-yaml.ts';

/** @throws {SettingsWrong} when the file is missing, no YAML, not what the schema says, or asks for what is not there */
export function readSettings(path: string): Settings {
  const settings = readSettingsAsWritten(path);
  if (settings.storage.kind === 'cluster') throw new SettingsWrong([`${path}: ${NO_CLUSTER_YET}`]);
  return settings;
}

/** Half of an office on a cluster would be an office that loses half. */
export const NO_CLUSTER_YET =
  'storage.kind 还不能是 cluster：记录流和文档能存，其余的库还不能存到 Kafka 与 Elasticsearch；请写 embedded';

/** Also settings that the product cannot run on yet. @throws {SettingsWrong} */
export function readSettingsAsWritten(path: string): Settings {
  return readYaml(path, SettingsSchema);
}
