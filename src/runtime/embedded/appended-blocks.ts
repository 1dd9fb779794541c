const leastRoom = 64; // blocks

/** The positions and lengths of blocks, from the oldest on: a queue of which the newest may be taken back. Numbers in one array, since there may be hundreds of thousands. */
export class AppendedBlocks {
  #values: Float64Array = new Float64Array(2 * leastRoom);
  #first = 0;
  #end = 0;

  get isEmpty(): boolean {
    return this.#first === this.#end;
  }

  /** The position of the newest, −1 when there is none. */
  get newest(): number {
    return this.isEmpty ? -1 : (this.#values[this.#end - 2] as number);
  }

  /** The position of the oldest, or of one behind it; −1 when there is none. */
  positionAt(index: number): number {
    const at = this.#first + 2 * index;
    return at < this.#end ? (this.#values[at] as number) : -1;
  }

  /** Bytes of the oldest, or of one behind it. */
  bytesAt(index: number): number {
    return this.#values[this.#first + 2 * index + 1] as number;
  }

  push(position: number, bytes: number): void {
    if (this.#end === this.#values.length) this.#makeRoom();
    this.#values[this.#end] = position;
    this.#values[this.#end + 1] = bytes;
    this.#end += 2;
  }

  /** Forget the newest. */
  pop(): void {
    this.#end -= 2;
  }

  /** Forget the oldest. */
  shift(): void {
    this.#first += 2;
  }

  clear(): void {
    this.#first = 0;
    this.#end = 0;
  }

  #makeRoom(): void {
    const kept = this.#values.subarray(this.#first, this.#end);
    const values = 2 * kept.length > this.#values.length ? new Float64Array(2 * this.#values.length) : this.#values;
    values.set(kept);
    this.#values = values;
    this.#end -= this.#first;
    this.#first = 0;
  }
}
