const width = 4; // integers of a slot, and of a place in the queue
const slot = { low: 0, high: 1, stamp: 2, time: 3 } as const;

/** The lower 32 bits of a request's key, which say nothing of the order. */
export function keyLow(request: number): number {
  return Math.imul(request, 0x9e37_79b1);
}

/** The upper 21 bits of a request's key. */
export function keyHigh(request: number): number {
  return Math.imul(request ^ 0x5bd1_e995, 0x85eb_ca6b) & 0x1f_ffff;
}

/**
 * Nothing but a hash table of typed arrays and a queue of requests in the order of their times: what this machine takes for a join at the
 * least. It finds no duplicates, no responses that come first and nothing in disorder, keeps neither sequences nor positions, tells
 * nobody what it found, and is made as large as it needs to be.
 *
 * Open addressing, linear probing, deletion that shifts the following slots back. A stamp is the number of the event plus one; 0: empty.
 */
export class BareTable {
  matched = 0;
  private readonly window: number;
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly queue: Int32Array;
  private readonly queueMask: number;
  private head = 0;
  private tail = 0;

  /** `window` is in milliseconds; `open` and `queued` are how many requests there may be without a response, and in the window. */
  constructor(window: number, open: number, queued: number) {
    this.window = window;
    this.mask = powerOfTwo(2.5 * open) - 1;
    this.slots = new Int32Array(width * (this.mask + 1));
    this.queueMask = powerOfTwo(queued + 1) - 1;
    this.queue = new Int32Array(width * (this.queueMask + 1));
  }

  /** Take in event `at`: a number of 0 or more is a request, its complement the response to it. */
  take(event: number, at: number, time: number): void {
    while (this.head < this.tail) {
      const first = width * (this.head & this.queueMask);
      if ((this.queue[first + slot.time] as number) + this.window >= time) break;
      this.expire(first);
      this.head++;
    }
    const request = event >= 0 ? event : ~event;
    const low = keyLow(request);
    const high = keyHigh(request);
    const found = this.find(low, high);
    if (event >= 0) {
      write(this.slots, width * found, low, high, at + 1, time);
      write(this.queue, width * (this.tail++ & this.queueMask), low, high, at + 1, time);
    } else if (this.slots[width * found + slot.stamp] !== 0) {
      this.matched++;
      this.delete(found);
    }
  }

  private expire(first: number): void {
    const { queue, slots } = this;
    const found = this.find(queue[first] as number, queue[first + slot.high] as number);
    if (slots[width * found + slot.stamp] === queue[first + slot.stamp]) this.delete(found);
  }

  /** The slot of a key, or the empty one where it would be. */
  private find(low: number, high: number): number {
    const { slots, mask } = this;
    let at = hash(low, high) & mask;
    while (slots[width * at + slot.stamp] !== 0) {
      if (slots[width * at] === low && slots[width * at + slot.high] === high) break;
      at = (at + 1) & mask;
    }
    return at;
  }

  private delete(found: number): void {
    const { slots, mask } = this;
    let hole = found;
    for (let at = (hole + 1) & mask; slots[width * at + slot.stamp] !== 0; at = (at + 1) & mask) {
      const home = hash(slots[width * at] as number, slots[width * at + slot.high] as number) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      for (let part = 0; part < width; part++) slots[width * hole + part] = slots[width * at + part] as number;
      hole = at;
    }
    slots[width * hole + slot.stamp] = 0;
  }
}

function write(to: Int32Array, at: number, low: number, high: number, stamp: number, time: number): void {
  to[at] = low;
  to[at + slot.high] = high;
  to[at + slot.stamp] = stamp;
  to[at + slot.time] = time;
}

function hash(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  return mixed ^ (mixed >>> 15);
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast));
}
