const firstBytes = 1024;
const fewBytes = 32; // one by one they are copied sooner than all at once

/** Collects bytes in the encodings of the WebAssembly binary format (core specification, chapter 5). */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(firstBytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  bytes(values: ArrayLike<number>): void {
    const { length } = values;
    if (this.#length + length > this.#bytes.length) this.#grow(length);
    if (length > fewBytes) {
      this.#bytes.set(values, this.#length);
      this.#length += length;
    } else {
      for (let index = 0; index < length; index++) this.#bytes[this.#length++] = values[index] ?? 0;
    }
  }

  /** A byte, and an unsigned integer below 2³² in LEB128. */
  unsignedBehind(first: number, value: number): void {
    this.byte(first);
    // Most are small, and what is written for the first time is slow with every call.
    if (value < 0x80) this.byte(value);
    else this.unsigned(value);
  }

  /** An unsigned integer below 2³² in LEB128. */
  unsigned(value: number): void {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** A signed 32-bit integer in LEB128. */
  signed(value: number): void {
    let rest = value | 0;
    while (rest < -0x40 || rest >= 0x40) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    this.byte(rest & 0x7f);
  }

  /** A signed 64-bit integer in LEB128. */
  signedLong(value: bigint): void {
    this.signedHalves(Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n)));
  }

  /** A signed 64-bit integer in LEB128, in two halves of 32 bits: every step on a bigint makes another. */
  signedHalves(lowHalf: number, highHalf: number): void {
    let low = lowHalf;
    let high = highHalf;
    while (high !== low >> 31 || low < -0x40 || low >= 0x40) {
      this.byte((low & 0x7f) | 0x80);
      low = (low >>> 7) | (high << 25);
      high >>= 7;
    }
    this.byte(low & 0x7f);
  }

  /** A name: its length, then UTF-8. */
  name(text: string): void {
    this.sized(Buffer.from(text, 'utf8'));
  }

  /** A length and so many bytes. */
  sized(values: ArrayLike<number>): void {
    this.unsigned(values.length);
    this.bytes(values);
  }

  /** Bytes that were written before, once more. */
  again(from: number, to: number): void {
    if (this.#length + to - from > this.#bytes.length) this.#grow(to - from);
    this.#bytes.copyWithin(this.#length, from, to);
    this.#length += to - from;
  }

  /** What was written so far; a view that further writing may leave behind. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(more: number): void {
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.view());
    this.#bytes = grown;
  }
}
