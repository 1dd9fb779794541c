/** Bytes before every captured frame: its length, and the capture time in microseconds since 1970. */
export const prefixLength = 12;

/** Capture records that are collected until they are worth writing. */
export class CaptureBlock {
  bytes: Uint8Array;
  /** Bytes that are filled. */
  used = 0;
  /** Bytes of the capture before this block. */
  before = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size + 65_536);
  }

  /** Make room for a record, and give the place of its frame. */
  reserve(length: number): number {
    const needed = this.used + prefixLength + length;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(2 * needed);
      grown.set(this.bytes.subarray(0, this.used));
      this.bytes = grown;
    }
    return this.used + prefixLength;
  }

  /** End the record whose frame stands where `reserve` said; returns the frame's offset in the capture. */
  commit(length: number, time: number): number {
    const { bytes, used } = this;
    const high = Math.floor(time / 0x100000000);
    putWord(bytes, used, length);
    putWord(bytes, used + 4, high);
    putWord(bytes, used + 8, time - high * 0x100000000);
    this.used = used + prefixLength + length;
    return this.before + used + prefixLength;
  }

  /** Give the records and start over: they are there until the next one is written. */
  take(): Uint8Array {
    const filled = this.bytes.subarray(0, this.used);
    this.before += this.used;
    this.used = 0;
    return filled;
  }
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}
