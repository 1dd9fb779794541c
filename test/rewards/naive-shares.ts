import type { ShareMessage } from '../../src/rewards/share-message.ts';

/** How a partition stands with others about something. */
export interface NaiveShare {
  received: number;
  given: number;
  waits: boolean;
  need: number;
  next: number;
  refused: number;
  rest: number;
  had: number;
}

/** What the naive engine knows of shares, by the names that messages have for them. */
export class NaiveShares {
  private readonly shares = new Map<string, NaiveShare>();
  private readonly partition: number;
  private readonly partitions: number;
  private readonly engine: {
    readonly left: (resource: string) => number;
    readonly send: (message: ShareMessage) => void;
  };

  constructor(partition: number, partitions: number, engine: NaiveShares['engine']) {
    this.partition = partition;
    this.partitions = partitions;
    this.engine = engine;
  }

  of(resource: string): NaiveShare {
    let share = this.shares.get(resource);
    if (share === undefined) {
      const had = Number.POSITIVE_INFINITY;
      share = { received: 0, given: 0, waits: false, need: 1, next: 1, refused: 0, rest: 0, had };
      this.shares.set(resource, share);
    }
    return share;
  }

  refused(resource: string, need = 1): void {
    const share = this.of(resource);
    if (this.partitions === 1 || share.waits) return;
    if (share.rest > 0) share.rest--;
    if (share.rest === 0) this.ask(resource, need);
  }

  used(resource: string, need = 1): void {
    const left = this.engine.left(resource);
    const share = this.of(resource);
    if (this.partitions === 1 || left === Number.POSITIVE_INFINITY || share.waits || share.rest > 0) return;
    if (share.had === Number.POSITIVE_INFINITY) share.had = left;
    if (4 * left < share.had) this.ask(resource, need);
  }

  usedCoupon(pool: string): void {
    const left = this.engine.left(`coupons:${pool}`);
    const share = this.of(`coupons:${pool}`);
    if (left > share.had || share.had === Number.POSITIVE_INFINITY) share.had = left;
    this.used(`coupons:${pool}`);
  }

  credit(resource: string, from: number, amount: number, came: boolean): void {
    const share = this.of(resource);
    share.received += amount;
    if (came) Object.assign(share, { refused: 0, had: this.engine.left(resource) });
    if (!share.waits || (this.partition + share.next) % this.partitions !== from) return;
    share.waits = false;
    share.next = (share.next % (this.partitions - 1)) + 1;
    if (came) return;
    share.refused++;
    if (share.refused < this.partitions - 1) this.ask(resource, share.need);
    else Object.assign(share, { refused: 0, rest: 64 });
  }

  private ask(resource: string, need: number): void {
    const share = this.of(resource);
    Object.assign(share, { waits: true, need });
    const to = (this.partition + share.next) % this.partitions;
    this.engine.send({ kind: 'ask', from: this.partition, to, resource, amount: need });
  }
}
