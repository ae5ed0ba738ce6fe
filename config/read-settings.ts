import { readYaml } from './read-yaml.ts';
import { SettingsSchema, type Settings } from './settings.ts';

export { parseYaml, readYaml, SettingsWrong } from './read-yaml.ts';

/** @throws {SettingsWrong} when the file is missing, no YAML, or not what the schema says */
export function readSettings(path: string): Settings {
  return readYaml(path, SettingsSchema);
}
