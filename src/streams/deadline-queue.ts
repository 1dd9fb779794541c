import type { FrameRecords } from './frame-records.ts';
import type { KnownIdentities } from './known-identities.ts';

/**
 * Open entries in the order (deadline, position).
 *
 * The generations of identities are its calendar: an entry waits in its generation, and one that closes in between is left there. When a
 * generation is the first one, those of its entries that are still open are sorted.
 */
export class DeadlineQueue {
  private readonly records: FrameRecords;
  private readonly known: readonly [KnownIdentities, KnownIdentities];
  private readonly span: number;
  /** Deadlines before this time are in generations whose entries were sorted: what has one is to be put in. */
  end: number = Number.NEGATIVE_INFINITY;
  /** The sorted entries: those of generations up to that one. */
  private sortedEntry = new Int32Array(64);
  private sortedDeadline = new Float64Array(64);
  private sortedPosition = new Float64Array(64);
  private head = 0;
  private tail = 0;

  /** Generations of requests and responses of one number are for the same stretch of deadlines. */
  constructor(records: FrameRecords, known: readonly [KnownIdentities, KnownIdentities]) {
    this.records = records;
    this.known = known;
    this.span = known[0].span;
  }

  /** Take out the first entry if its deadline is before this time; −1 when there is none. The caller closes it. */
  take(before: number): number {
    for (;;) {
      while (this.head < this.tail) {
        const entry = this.sortedEntry[this.head] as number;
        if (this.records.position(entry) === this.sortedPosition[this.head]) {
          if (!((this.sortedDeadline[this.head] as number) < before)) return -1;
          this.head++;
          return entry;
        }
        this.head++; // closed since, or opened again elsewhere
      }
      this.head = 0;
      this.tail = 0;
      const next = Math.min(this.known[0].next, this.known[1].next);
      if (!(next * this.span < before) || next === Number.POSITIVE_INFINITY) return -1;
      this.load(next);
    }
  }

  /** Up to which watermark nothing can be taken out, and no more entries are sorted. */
  get due(): number {
    if (this.head < this.tail) return this.sortedDeadline[this.head] as number;
    return Math.min(this.known[0].next, this.known[1].next) * this.span;
  }

  /** Bytes of everything kept. */
  get memory(): number {
    return 20 * this.sortedEntry.length;
  }

  /** Sort the entries of the next generations that are still open. */
  private load(number: number): void {
    this.end = (number + 1) * this.span;
    for (const known of this.known) {
      known.pass(number);
      const generation = known.generations.get(number);
      if (generation === undefined) continue;
      for (const page of generation.pages) {
        for (let first = page; this.records.pageOf(first) === this.records.pageOf(page); first += 32) {
          let bits = this.records.openOf(first);
          for (; bits !== 0; bits &= bits - 1) {
            const entry = first + 31 - Math.clz32(bits & -bits);
            this.append(entry, this.records.time(entry) + known.delay);
          }
        }
      }
    }
    this.sort();
  }

  private append(entry: number, deadline: number): void {
    if (this.tail === this.sortedEntry.length) this.growSorted();
    this.setSorted(this.tail++, entry, deadline, this.records.position(entry));
  }

  /** Sort what was appended. Most is in order: so entries are put in their places one by one, as long as that takes few steps. */
  private sort(): void {
    let steps = 64 + 4 * this.tail;
    for (let at = 1; at < this.tail; at++) {
      const entry = this.sortedEntry[at] as number;
      const deadline = this.sortedDeadline[at] as number;
      const position = this.sortedPosition[at] as number;
      let to = at;
      for (; to > 0 && steps > 0 && this.isAfter(to - 1, deadline, position); to--, steps--) {
        this.setSorted(
          to,
          this.sortedEntry[to - 1] as number,
          this.sortedDeadline[to - 1] as number,
          this.sortedPosition[to - 1] as number,
        );
      }
      this.setSorted(to, entry, deadline, position);
    }
    if (steps === 0) this.sortMany();
  }

  private sortMany(): void {
    const order = Array.from(
      { length: this.tail },
      (_, at) =>
        [this.sortedDeadline[at] as number, this.sortedPosition[at] as number, this.sortedEntry[at] as number] as const,
    );
    order.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    for (const [at, [deadline, position, entry]] of order.entries()) this.setSorted(at, entry, deadline, position);
  }

  /** Put in an entry that was opened, or whose position changed, with a deadline before `end`. */
  insert(entry: number, deadline: number): void {
    const position = this.records.position(entry);
    if (this.tail === this.sortedEntry.length) {
      if (this.head > this.tail / 2) this.pack();
      else this.growSorted();
    }
    let low = this.head;
    let high = this.tail;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.isAfter(middle, deadline, position)) high = middle;
      else low = middle + 1;
    }
    this.sortedEntry.copyWithin(low + 1, low, this.tail);
    this.sortedDeadline.copyWithin(low + 1, low, this.tail);
    this.sortedPosition.copyWithin(low + 1, low, this.tail);
    this.tail++;
    this.setSorted(low, entry, deadline, position);
  }

  private isAfter(at: number, deadline: number, position: number): boolean {
    const difference = (this.sortedDeadline[at] as number) - deadline;
    return difference > 0 || (difference === 0 && (this.sortedPosition[at] as number) > position);
  }

  private setSorted(at: number, entry: number, deadline: number, position: number): void {
    this.sortedEntry[at] = entry;
    this.sortedDeadline[at] = deadline;
    this.sortedPosition[at] = position;
  }

  private pack(): void {
    for (const column of [this.sortedEntry, this.sortedDeadline, this.sortedPosition]) column.copyWithin(0, this.head);
    this.tail -= this.head;
    this.head = 0;
  }

  private growSorted(): void {
    this.sortedEntry = longer(this.sortedEntry);
    this.sortedDeadline = longer(this.sortedDeadline);
    this.sortedPosition = longer(this.sortedPosition);
  }
}

function longer<Column extends Int32Array | Float64Array>(column: Column): Column {
  const copy = new (column.constructor as new (length: number) => Column)(Math.max(16, column.length * 2));
  copy.set(column);
  return copy;
}
