const fewest = 8; // slots: most races and terminals see few campaigns
const nobody = 0;

/**
 * What campaigns have given of something, found by the numbers of the campaigns.
 *
 * It is small, as there is one for every terminal and race: open addressing in two lists that are made with the first entry.
 */
export class CampaignUses<Use> {
  size = 0;
  /** Numbers of campaigns + 1; at most half of the slots are taken. */
  #numbers: number[] | null = null;
  #uses: (Use | undefined)[] = [];

  get(campaign: number): Use | undefined {
    const numbers = this.#numbers;
    if (numbers === null) return undefined;
    const mask = numbers.length - 1;
    for (let slot = homeOf(campaign, mask); ; slot = (slot + 1) & mask) {
      const number = numbers[slot] as number;
      if (number === campaign + 1) return this.#uses[slot];
      if (number === nobody) return undefined;
    }
  }

  /** Add what is not there. */
  add(campaign: number, use: Use): void {
    if (2 * this.size >= (this.#numbers?.length ?? 0)) this.#grow();
    this.#put(campaign, use);
    this.size += 1;
  }

  delete(campaign: number): void {
    const numbers = this.#numbers;
    if (numbers === null) return;
    const uses = this.#uses;
    const mask = numbers.length - 1;
    let hole = homeOf(campaign, mask);
    while (numbers[hole] !== campaign + 1) {
      if (numbers[hole] === nobody) return;
      hole = (hole + 1) & mask;
    }
    // Move up those behind it that would not be found any more.
    for (let at = (hole + 1) & mask; numbers[at] !== nobody; at = (at + 1) & mask) {
      const home = homeOf((numbers[at] as number) - 1, mask);
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      numbers[hole] = numbers[at] as number;
      uses[hole] = uses[at];
      hole = at;
    }
    numbers[hole] = nobody;
    uses[hole] = undefined;
    this.size -= 1;
  }

  /** All of them, as they are now. */
  values(): readonly Use[] {
    return this.#uses.filter((use) => use !== undefined);
  }

  #grow(): void {
    const numbers = this.#numbers ?? [];
    const uses = this.#uses;
    const length = Math.max(fewest, 2 * numbers.length);
    this.#numbers = new Array<number>(length).fill(nobody);
    this.#uses = new Array<Use | undefined>(length).fill(undefined);
    for (let slot = 0; slot < numbers.length; slot++) {
      const use = uses[slot];
      if (use !== undefined) this.#put((numbers[slot] as number) - 1, use);
    }
  }

  #put(campaign: number, use: Use): void {
    const numbers = this.#numbers as number[];
    const mask = numbers.length - 1;
    let slot = homeOf(campaign, mask);
    while (numbers[slot] !== nobody) slot = (slot + 1) & mask;
    numbers[slot] = campaign + 1;
    this.#uses[slot] = use;
  }
}

function homeOf(campaign: number, mask: number): number {
  const spread = Math.imul(campaign, 0x9e37_79b1);
  return (spread ^ (spread >>> 15)) & mask;
}
