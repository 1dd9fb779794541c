/**
 * Stands for keys by numbers: whole numbers from 0 to 2^53 stand for themselves, all other keys get a negative number for as long as
 * something holds them.
 */
export class KeyTable {
  private readonly numbers = new Map<string | number, number>();
  private readonly values = new Map<number, string | number>();
  private readonly holders = new Map<number, number>();
  private readonly unheld = new Set<number>();
  private last = 0;

  /** The number of a key. It may be another one after `settle` when nothing holds it. */
  numberOf(key: string | number): number {
    if (typeof key === 'number' && key >= 0 && Number.isSafeInteger(key)) return key + 0; // −0 becomes 0
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = --this.last;
      this.numbers.set(key, number);
      this.values.set(number, key);
      this.holders.set(number, 0);
      this.unheld.add(number);
    }
    return number;
  }

  keyOf(number: number): string | number {
    return number >= 0 ? number : (this.values.get(number) ?? Number.NaN);
  }

  /** For negative numbers only, as is `release`. */
  hold(number: number): void {
    this.holders.set(number, (this.holders.get(number) ?? 0) + 1);
  }

  release(number: number): void {
    const left = (this.holders.get(number) ?? 0) - 1;
    this.holders.set(number, left);
    if (left === 0) this.unheld.add(number);
  }

  /** Forget the keys that nothing holds. Outcomes that name them must have been read before. */
  settle(): void {
    if (this.unheld.size === 0) return;
    for (const number of this.unheld) {
      if (this.holders.get(number) !== 0) continue;
      const key = this.values.get(number);
      if (key !== undefined) this.numbers.delete(key);
      this.values.delete(number);
      this.holders.delete(number);
    }
    this.unheld.clear();
  }
}
