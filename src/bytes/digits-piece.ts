import type { TextPiece } from './byte-text.ts';
import { putDigits } from './put-digits.ts';

const mostDigits = 16;

/** A whole number of up to 15 digits as a piece of text with leading zeros, for what writes it several times. */
export class DigitsPiece implements TextPiece {
  /** How many digits it has. */
  readonly length: number;
  readonly words: Float64Array;
  readonly #bytes = new Uint8Array(mostDigits);
  readonly #view = new DataView(this.#bytes.buffer);

  constructor(digits: number) {
    this.length = digits;
    this.words = new Float64Array(Math.ceil(digits / 8));
  }

  set(value: number): void {
    putDigits(this.#bytes, 0, this.length, value, 0x30);
    for (let index = 0; index < this.words.length; index++) {
      this.words[index] = this.#view.getFloat64(8 * index, true);
    }
  }
}
