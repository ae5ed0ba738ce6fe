import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Where the built browser app lies. */
export const WEB_FOLDER = here('../dist/web');
/** The settings that ship; they show every default. */
export const DEFAULT_SETTINGS = here('./settings.yaml');

/** A pack by the name it ships under, or an office's own by its path. */
export function packPath(name: string): string {
  const shipped = here(`./packs/${name}.yaml`);
  return existsSync(shipped) ? shipped : name;
}

/** The settings file to use: given, from the environment, ./settings.yaml, or the shipped one. */
export function settingsPath(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  if (given) return given;
  const named = environment['HUIYING_SETTINGS'];
  if (named) return named;
  return existsSync('settings.yaml') ? 'settings.yaml' : DEFAULT_SETTINGS;
}
