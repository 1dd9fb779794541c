import { UtcText } from '../traffic/utc-text.ts';

const fewCharacters = 64; // that are written one by one sooner than by a buffer
const timeLength = 32; // bytes that a time takes at most

/** Puts a line of JSON together from texts, times and JSON that is there as bytes. It is used again and again. */
export class LineBuffer {
  readonly #utc = new UtcText();
  #buffer = Buffer.alloc(64 * 1024);
  #length = 0;

  /** The line so far; holds until the next one is begun. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  begin(): this {
    this.#length = 0;
    return this;
  }

  text(text: string): this {
    const { length } = text;
    this.#reserve(3 * length);
    const buffer = this.#buffer;
    const start = this.#length;
    if (length < fewCharacters) {
      let at = 0;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code > 0x7f) break;
        buffer[start + at] = code;
      }
      if (at === length) {
        this.#length = start + length;
        return this;
      }
    }
    this.#length = start + buffer.write(text, start);
    return this;
  }

  json(source: Buffer, from: number, to: number): this {
    this.#reserve(to - from);
    source.copy(this.#buffer, this.#length, from, to);
    this.#length += to - from;
    return this;
  }

  /** A time in milliseconds since 1970 as a text in quotation marks. */
  time(time: number): this {
    if (!(time >= 0 && time < 2 ** 47)) return this.text(JSON.stringify(new Date(time)));
    this.#reserve(timeLength);
    this.#buffer[this.#length++] = 0x22;
    this.#length = this.#utc.put(this.#buffer, this.#length, time);
    this.#buffer[this.#length++] = 0x22;
    return this;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#buffer.length) return;
    const longer = Buffer.alloc(Math.max(2 * this.#buffer.length, this.#length + more));
    longer.set(this.#buffer);
    this.#buffer = longer;
  }
}
