import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CACHE } from './downloads.ts';

const FILE = join(CACHE, 'running.json');

const StateSchema = z.object({
  kafkaUrl: z.string(),
  elasticUrl: z.string(),
  /** Process that owns the servers. */
  keeper: z.int().positive(),
  /** Process groups of the servers. */
  groups: z.array(z.int()),
  folder: z.string(),
});
type State = Readonly<z.infer<typeof StateSchema>>;
export type Servers = Pick<State, 'kafkaUrl' | 'elasticUrl'>;

/** What was started on this machine; undefined when nothing was, or it went away without a word. */
export function readState(): State | undefined {
  if (!existsSync(FILE)) return undefined;
  const state = StateSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')));
  return state;
}

export function saveState(state: State): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(state));
}

export function forgetState(): void {
  rmSync(FILE, { force: true });
}

/** Whether a process is there and, where that can be seen, works with this folder: pids are given out again. */
export function isOurs(pid: number, word: string): boolean {
  try {
    process.kill(pid, 0);
    const line = `/proc/${pid}/cmdline`;
    return !existsSync(line) || readFileSync(line, 'utf8').includes(word);
  } catch {
    return false;
  }
}
