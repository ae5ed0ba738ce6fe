/**
 * Terms as small numbers, so that comparing is arithmetic on arrays. A number lives as long as somebody holds it;
 * after that another term may get it.
 */
export class TermNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #holders: number[] = [];
  readonly #free: number[] = [];

  /** Above every number that was ever given. */
  get end(): number {
    return this.#terms.length;
  }

  /** Undefined for a term that nobody holds. */
  find(term: string): number | undefined {
    return this.#numbers.get(term);
  }

  termOf(number: number): string {
    return this.#terms[number] ?? '';
  }

  /** The number of a term, for one more holder. */
  hold(term: string): number {
    const known = this.#numbers.get(term);
    const number = known ?? this.#free.pop() ?? this.#terms.length;
    if (known === undefined) {
      this.#numbers.set(term, number);
      this.#terms[number] = term;
      this.#holders[number] = 0;
    }
    this.#holders[number] = (this.#holders[number] ?? 0) + 1;
    return number;
  }

  release(number: number): void {
    const left = (this.#holders[number] ?? 0) - 1;
    this.#holders[number] = left;
    if (left > 0) return;
    this.#numbers.delete(this.termOf(number));
    this.#free.push(number);
  }
}
