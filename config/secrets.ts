import { readFileSync } from 'node:fs';
import { SettingsWrong } from './read-yaml.ts';

/**
 * The secret behind a reference.
 *
 * @param reference `env:NAME` or `file:/path`
 * @throws {SettingsWrong} when it is not there; the message never holds the secret
 */
export function readSecret(reference: string, environment: NodeJS.ProcessEnv): string {
  const [kind, ...rest] = reference.split(':');
  const name = rest.join(':');
  const value = kind === 'env' ? environment[name] : readFile(name);
  if (!value) throw new SettingsWrong([`${reference} 是空的或不存在`]);
  return value;
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
