import { type ByteText, type TextPiece, textPiece } from '../bytes/byte-text.ts';
import { putDigits } from '../bytes/put-digits.ts';

const latest = 2 ** 47; // milliseconds since 1970 below which a year has four digits: that is in 6429
const secondLength = 20; // 2026-03-01T12:30:00.

const known = 16; // seconds: requests and their responses go to and fro between a few

/** Writes event times as JSON, `"2026-03-01T12:30:00.123Z"`: those of one second differ in three digits. */
export class UtcPiece {
  /** By the lowest digits of the second. */
  readonly #seconds: Float64Array = new Float64Array(known).fill(Number.NaN);
  readonly #starts: TextPiece[] = Array.from(this.#seconds, () => textPiece(''));

  /** Write a time in milliseconds since 1970. */
  write(time: number, out: ByteText): void {
    if (!(time >= 0 && time < latest)) {
      out.text(JSON.stringify(new Date(time)));
      return;
    }
    const second = Math.floor(time / 1000);
    const place = second % known;
    if (second !== this.#seconds[place]) {
      this.#seconds[place] = second;
      this.#starts[place] = textPiece(`"${new Date(second * 1000).toISOString().slice(0, secondLength)}`);
    }
    out.piece(this.#starts[place] as TextPiece);
    const { buffer, length } = out; // there is room behind a piece
    putDigits(buffer, length, 3, time - second * 1000, 0x30);
    buffer[length + 3] = 0x5a; // Z
    buffer[length + 4] = 0x22;
    out.length = length + 5;
  }
}
