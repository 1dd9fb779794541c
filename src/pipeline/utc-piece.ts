import { type ByteText, putPiece, type TextPiece, textPiece } from '../bytes/byte-text.ts';
import { putDigits } from '../bytes/put-digits.ts';

const latest = 2 ** 47; // milliseconds since 1970 below which a year has four digits: that is in 6429
const minute = 60_000;
const minuteLength = 17; // 2026-03-01T12:30:
const known = 16; // minutes: requests and their responses go to and fro between a few

/** Bytes that a time takes at most. */
export const utcRoom = 32;

/** Writes event times as JSON, `"2026-03-01T12:30:00.123Z"`: those of one minute differ in five digits. */
export class UtcPiece {
  /** By the lowest digits of the minute. */
  readonly #minutes: Float64Array = new Float64Array(known).fill(Number.NaN);
  readonly #starts: TextPiece[] = Array.from(this.#minutes, () => textPiece(''));

  /** Write a time in milliseconds since 1970. */
  write(time: number, out: ByteText): void {
    out.reserve(utcRoom);
    const end = this.put(time, out.buffer, out.view, out.length);
    if (end >= 0) out.length = end;
    else out.text(JSON.stringify(new Date(time)));
  }

  /** Put a time where there is room for it; gives where it ends, −1 for a time that has other than four digits for its year. */
  put(time: number, buffer: Uint8Array, view: DataView, start: number): number {
    if (!(time >= 0 && time < latest)) return -1;
    const number = Math.floor(time / minute);
    const place = number % known;
    if (number !== this.#minutes[place]) {
      this.#minutes[place] = number;
      this.#starts[place] = textPiece(`"${new Date(number * minute).toISOString().slice(0, minuteLength)}`);
    }
    const at = putPiece(view, start, this.#starts[place] as TextPiece);
    const rest = (time - number * minute) | 0;
    const second = (rest / 1000) | 0;
    putDigits(buffer, at, 2, second, 0x30);
    buffer[at + 2] = 0x2e; // .
    putDigits(buffer, at + 3, 3, rest - 1000 * second, 0x30);
    buffer[at + 6] = 0x5a; // Z
    buffer[at + 7] = 0x22;
    return at + 8;
  }
}
