/** Transfers as they are kept: `sent`, `received`, `ahead`. */
export type SavedTransfers = readonly [readonly number[], readonly number[], readonly (readonly number[])[]];

/** Numbers of the grants that went to each partition, and of those that came from each. */
export class Transfers {
  /** By partition: grants sent. */
  readonly sent: number[];
  /** By partition: all grants up to this number have come. */
  readonly received: number[];
  /** By partition: grants beyond it that came already. */
  readonly ahead: Set<number>[];

  constructor(partitions: number) {
    this.sent = new Array<number>(partitions).fill(0);
    this.received = new Array<number>(partitions).fill(0);
    this.ahead = Array.from({ length: partitions }, () => new Set());
  }

  /** The number of the next grant to a partition, from 1. */
  next(to: number): number {
    const number = (this.sent[to] ?? 0) + 1;
    this.sent[to] = number;
    return number;
  }

  /** Take a grant note of; whether it is the first time. */
  take(from: number, number: number): boolean {
    const ahead = this.ahead[from];
    let received = this.received[from];
    if (ahead === undefined || received === undefined || number <= received || ahead.has(number)) return false;
    ahead.add(number);
    while (ahead.delete(received + 1)) received++;
    this.received[from] = received;
    return true;
  }

  save(): SavedTransfers {
    return [this.sent, this.received, this.ahead.map((numbers) => [...numbers])];
  }

  restore([sent, received, ahead]: SavedTransfers): void {
    for (const [at, number] of sent.entries()) this.sent[at] = number;
    for (const [at, number] of received.entries()) this.received[at] = number;
    for (const [at, numbers] of ahead.entries()) this.ahead[at] = new Set(numbers);
  }
}
