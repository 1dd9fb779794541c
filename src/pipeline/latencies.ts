const exact = 1024; // milliseconds that are counted one by one; beyond that 512 buckets for each power of two
const perPower = 512;
const mostRecent = 128; // values that are saved by themselves

/** Counts whole milliseconds, also negative ones, so that quantiles can be told to within 0.2 %. */
export class Latencies {
  #total = 0;
  #positive = new Float64Array(exact);
  #negative = new Float64Array(0);
  /** What was added since all of it was saved; `null`: too much to be saved by itself. */
  #recent: number[] | null = null;

  get total(): number {
    return this.#total;
  }

  add(milliseconds: number): void {
    const bucket = bucketOf(Math.abs(milliseconds));
    if (milliseconds < 0) {
      if (bucket >= this.#negative.length) this.#negative = longer(this.#negative, bucket);
      this.#negative[bucket] = (this.#negative[bucket] ?? 0) + 1;
    } else {
      if (bucket >= this.#positive.length) this.#positive = longer(this.#positive, bucket);
      this.#positive[bucket] = (this.#positive[bucket] ?? 0) + 1;
    }
    this.#total++;
    if (this.#recent === null) return;
    if (this.#recent.length < mostRecent) this.#recent.push(milliseconds);
    else this.#recent = null;
  }

  /** The smallest value that a share of all values does not exceed; `null` when there are none. */
  quantile(share: number): number | null {
    if (this.#total === 0) return null;
    let left = Math.max(1, Math.ceil(share * this.#total));
    for (let bucket = this.#negative.length - 1; bucket >= 0; bucket--) {
      left -= this.#negative[bucket] ?? 0;
      if (left <= 0) return -leastOf(bucket);
    }
    for (let bucket = 0; bucket < this.#positive.length; bucket++) {
      left -= this.#positive[bucket] ?? 0;
      if (left <= 0) return leastOf(bucket);
    }
    return null;
  }

  /** Let what is added from now on be what `saveRecent` gives. */
  beginRecent(): void {
    this.#recent = [];
  }

  /** What was added since `beginRecent`, as doubles; `null` when there was no such call, or too much came: all of it is to be saved. */
  saveRecent(): Uint8Array | null {
    return this.#recent === null ? null : new Uint8Array(Float64Array.from(this.#recent).buffer);
  }

  /** Add what `saveRecent` gave. */
  restoreRecent(bytes: Uint8Array): void {
    for (const milliseconds of new Float64Array(new Uint8Array(bytes).buffer)) this.add(milliseconds);
  }

  /** All of it as doubles: how many buckets of negative values follow, these, and those of the others. */
  save(): Uint8Array {
    const saved = new Float64Array(1 + this.#negative.length + this.#positive.length);
    saved[0] = this.#negative.length;
    saved.set(this.#negative, 1);
    saved.set(this.#positive, 1 + this.#negative.length);
    return new Uint8Array(saved.buffer);
  }

  /** Add what `save` gave. */
  restore(bytes: Uint8Array): void {
    const saved = new Float64Array(Uint8Array.from(bytes).buffer);
    const negative = saved[0] ?? 0;
    this.#negative = sum(this.#negative, saved.subarray(1, 1 + negative));
    this.#positive = sum(this.#positive, saved.subarray(1 + negative));
    this.#total += saved.subarray(1).reduce((total, count) => total + count, 0);
  }
}

function bucketOf(value: number): number {
  if (value < exact) return Math.floor(value);
  const power = Math.floor(Math.log2(value)) - 9;
  return exact + (power - 1) * perPower + Math.floor(value / 2 ** power) - perPower;
}

/** The smallest value of a bucket. */
function leastOf(bucket: number): number {
  if (bucket < exact) return bucket;
  const power = Math.floor((bucket - exact) / perPower) + 1;
  return (((bucket - exact) % perPower) + perPower) * 2 ** power;
}

function longer(counts: Float64Array<ArrayBuffer>, bucket: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(Math.max(bucket + 1, counts.length + perPower));
  copy.set(counts);
  return copy;
}

function sum(one: Float64Array<ArrayBuffer>, other: Float64Array): Float64Array<ArrayBuffer> {
  const both = new Float64Array(Math.max(one.length, other.length));
  both.set(one);
  for (let bucket = 0; bucket < other.length; bucket++) both[bucket] = (both[bucket] ?? 0) + (other[bucket] ?? 0);
  return both;
}
