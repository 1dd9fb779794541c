import { putDigits } from '../bytes/put-digits.ts';
import { putAscii, putBytes } from '../bytes/put-json.ts';

const second = 1000;
const secondLength = 20; // 2026-03-01T12:30:00.

/** Event times as truth lines have them, `2026-03-01T12:30:00.123Z`: those of one second differ in three digits. */
export class UtcText {
  readonly #start = new Uint8Array(secondLength);
  #second = Number.NaN;

  /** Write a time in milliseconds since 1970; returns where it ends. */
  put(out: Uint8Array, at: number, time: number): number {
    const of = Math.floor(time / second);
    if (of !== this.#second) {
      this.#second = of;
      putAscii(this.#start, 0, new Date(of * second).toISOString().slice(0, secondLength));
    }
    const end = putBytes(out, at, this.#start);
    putDigits(out, end, 3, time - of * second, 0x30);
    out[end + 3] = 0x5a; // Z
    return end + 4;
  }
}
