/** What the command line answers to the shell; documented in docs/commands.md. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  settings: 3,
  unreachable: 4,
  partly: 5,
  /** The watchdog found the product in trouble and somebody was told. */
  troubled: 6,
  /** The watchdog has something to tell and reached nobody. */
  untold: 7,
  /** A record that only grows was changed past the product. */
  tampered: 8,
} as const;
