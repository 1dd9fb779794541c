/**
 * Numbers in the order of their times: a binary heap in two typed arrays, which allocates only when it grows. Of equal times the one
 * that was added first comes first.
 */
export class EventQueue {
  #times = new Float64Array(1024);
  #events = new Float64Array(1024);
  #orders = new Float64Array(1024);
  #size = 0;
  #added = 0;

  get size(): number {
    return this.#size;
  }

  /** Time of the first event, infinite when there is none. */
  get time(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#times[0] as number);
  }

  add(time: number, event: number): void {
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    const orders = this.#orders;
    const order = this.#added++;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((times[parent] as number) <= time) break; // what was added before goes first
      this.#move(parent, at);
      at = parent;
    }
    times[at] = time;
    orders[at] = order;
    this.#events[at] = event;
  }

  /** Take the first event out. There must be one. */
  take(): number {
    const times = this.#times;
    const orders = this.#orders;
    const first = this.#events[0] as number;
    const last = --this.#size;
    const time = times[last] as number;
    const order = orders[last] as number;
    const event = this.#events[last] as number;
    let at = 0;
    for (let child = 1; child < last; child = 2 * at + 1) {
      if (child + 1 < last && this.#precedes(child + 1, child)) child++;
      const childTime = times[child] as number;
      if (time < childTime || (time === childTime && order < (orders[child] as number))) break;
      this.#move(child, at);
      at = child;
    }
    times[at] = time;
    orders[at] = order;
    this.#events[at] = event;
    return first;
  }

  #precedes(one: number, other: number): boolean {
    const time = this.#times[one] as number;
    const than = this.#times[other] as number;
    return time < than || (time === than && (this.#orders[one] as number) < (this.#orders[other] as number));
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] as number;
    this.#orders[to] = this.#orders[from] as number;
    this.#events[to] = this.#events[from] as number;
  }

  #grow(): void {
    const longer = (array: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(2 * array.length);
      grown.set(array);
      return grown;
    };
    this.#times = longer(this.#times);
    this.#events = longer(this.#events);
    this.#orders = longer(this.#orders);
  }
}
