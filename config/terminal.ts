/** Sentences for the person at the terminal; the log goes to stdout, these to stderr. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Later signals change nothing: npm and the launcher pass on a Ctrl-C that the terminal sent here too. */
export async function firstSignal(): Promise<(typeof END_SIGNALS)[number]> {
  return await new Promise((resolve) => {
    for (const name of END_SIGNALS) process.on(name, () => resolve(name));
  });
}
