/** `done`, or the code with which an act was refused. */
export function outcomeOf(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}
