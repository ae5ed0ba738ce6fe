/** A moment as the contract carries it. */
export function iso(at: Date): string;
export function iso(at: Date | undefined): string | undefined;
export function iso(at: Date | undefined): string | undefined {
  return at?.toISOString();
}
