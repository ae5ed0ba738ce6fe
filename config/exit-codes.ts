/** What the command line answers to the shell; documented in docs/commands.md. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  settings: 3,
  unreachable: 4,
  partly: 5,
} as const;
