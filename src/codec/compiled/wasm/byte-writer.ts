const firstBytes = 1024;
const wideBytes = 5;
const fewBytes = 32; // one by one they are copied sooner than all at once

/** Collects bytes in the encodings of the WebAssembly binary format (core specification, chapter 5). */
export class ByteWriter {
  private buffer: Uint8Array = new Uint8Array(firstBytes);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): void {
    if (this.used === this.buffer.length) this.grow(1);
    this.buffer[this.used++] = value;
  }

  bytes(values: ArrayLike<number>): void {
    const { length } = values;
    if (this.used + length > this.buffer.length) this.grow(length);
    if (length > fewBytes) {
      this.buffer.set(values, this.used);
      this.used += length;
    } else {
      for (let index = 0; index < length; index++) this.buffer[this.used++] = values[index] ?? 0;
    }
  }

  /** A byte, and an unsigned integer below 2³² in LEB128. */
  unsignedBehind(first: number, value: number): void {
    // Most are small, and what is written for the first time is slow with every call.
    if (value >= 0x80 || this.used + 2 > this.buffer.length) {
      this.byte(first);
      this.unsigned(value);
      return;
    }
    this.buffer[this.used++] = first;
    this.buffer[this.used++] = value;
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

  /** An integer below 2³¹ in LEB128, signed or not, in as many bytes as any of them: one that `wideAt` may replace. */
  wide(value: number): void {
    if (this.used + wideBytes > this.buffer.length) this.grow(wideBytes);
    this.wideAt(this.used, value);
    this.used += wideBytes;
  }

  /** Replace an integer that was written by `wide`. */
  wideAt(at: number, value: number): void {
    const bytes = this.buffer;
    let rest = value;
    const last = at + wideBytes - 1;
    for (let index = at; index < last; index++) {
      bytes[index] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[last] = rest;
  }

  /** A byte for each character of a text. */
  latin1(text: string): void {
    const { length } = text;
    if (this.used + length > this.buffer.length) this.grow(length);
    for (let at = 0; at < length; at++) this.buffer[this.used++] = text.charCodeAt(at);
  }

  /** A name: its length, then UTF-8. */
  name(text: string): void {
    this.sized(Buffer.from(text));
  }

  /** A length and so many bytes. */
  sized(values: ArrayLike<number>): void {
    this.unsigned(values.length);
    this.bytes(values);
  }

  /** Bytes that were written before, once more. */
  again(from: number, to: number): void {
    if (this.used + to - from > this.buffer.length) this.grow(to - from);
    this.buffer.copyWithin(this.used, from, to);
    this.used += to - from;
  }

  /** What was written so far; a view that further writing may leave behind. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  private grow(more: number): void {
    const grown = new Uint8Array(Math.max(2 * this.buffer.length, this.used + more));
    grown.set(this.view());
    this.buffer = grown;
  }
}
