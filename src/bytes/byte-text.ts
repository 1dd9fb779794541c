import { putAscii, putWhole } from './put-json.ts';

const smallest = 16_384; // bytes
const margin = 64; // bytes behind what is asked for: pieces are written by words
const exact = 1e15; // numbers below have up to 15 digits
const fewCharacters = 32; // that are written one by one sooner than by a buffer
const fewBytes = 16; // that are copied one by one sooner than by `set`

/**
 * A text that is written again and again, ready to be copied by words.
 *
 * Eight bytes of UTF-8 are never a NaN, whose bits may change: no byte is FF, and none from F0 on stands before a 7F.
 */
export interface TextPiece {
  /** Bytes. */
  readonly length: number;
  /** Little-endian. */
  readonly words: Float64Array;
}

/** Make a piece of a text. */
export function textPiece(text: string): TextPiece {
  const { length } = Buffer.from(text);
  const bytes = Buffer.alloc(length + 8);
  bytes.write(text);
  const words = Float64Array.from({ length: Math.ceil(length / 8) }, (_, index) => bytes.readDoubleLE(8 * index));
  return { length, words };
}

/** Copy a piece to where there is room for it and 8 bytes more; gives where it ends. */
export function putPiece(out: DataView, at: number, { length, words }: TextPiece): number {
  let place = at;
  for (let index = 0; index < words.length; index++, place += 8) out.setFloat64(place, words[index] as number, true);
  return at + length;
}

/** Copy text in UTF-8, the bytes `from` to `to` of `source`, to where there is room for it; gives where it ends. */
export function putText(out: DataView, at: number, source: DataView, from: number, to: number): number {
  const end = at + to - from;
  if (to - from < 8) {
    for (let place = from; place < to; place++) out.setUint8(at + place - from, source.getUint8(place));
    return end;
  }
  let place = at;
  const last = to - 8;
  for (let next = from; next < last; next += 8, place += 8) out.setFloat64(place, source.getFloat64(next, true), true);
  out.setFloat64(end - 8, source.getFloat64(last, true), true);
  return end;
}

/** Bytes that `putNumber` writes at most. */
export const numberRoom = 24;

/** Write a number as JSON has it; gives where it ends. */
export function putNumber(out: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value < exact && Math.floor(value) === value) return putWhole(out, at, value);
  return putAscii(out, at, String(value));
}

/** A text in UTF-8 that grows at its end, in a buffer that is used again and again. */
export class ByteText {
  #buffer: Buffer = Buffer.allocUnsafeSlow(smallest);
  #view: DataView = viewOf(this.#buffer);
  length = 0;

  /** What was written, and room for more; good until something is written that has no room. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  /** The same, for what writes by words. */
  get view(): DataView {
    return this.#view;
  }

  /** What was written; good until the next change. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  /** Let there be room in the buffer for so many bytes more, and for 64 beyond them. */
  reserve(more: number): void {
    if (this.length + more + margin > this.#buffer.length) this.#grow(more);
  }

  piece(piece: TextPiece): this {
    this.reserve(piece.length);
    this.length = putPiece(this.#view, this.length, piece);
    return this;
  }

  /** A number as JSON has it. */
  number(value: number): this {
    this.reserve(0); // the margin has room for it
    this.length = putNumber(this.#buffer, this.length, value);
    return this;
  }

  text(text: string): this {
    const { length } = text;
    this.reserve(3 * length);
    const buffer = this.#buffer;
    const start = this.length;
    if (length < fewCharacters) {
      let at = 0;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (code > 0x7f) break;
        buffer[start + at] = code;
      }
      if (at === length) {
        this.length = start + length;
        return this;
      }
    }
    this.length = start + buffer.write(text, start);
    return this;
  }

  copy(source: Uint8Array, from = 0, to: number = source.length): this {
    const length = to - from;
    this.reserve(length);
    const buffer = this.#buffer;
    const start = this.length;
    this.length = start + length;
    if (length > fewBytes) {
      const isAll = length === source.length;
      buffer.set(isAll ? source : new Uint8Array(source.buffer, source.byteOffset + from, length), start);
    } else for (let at = 0; at < length; at++) buffer[start + at] = source[from + at] as number;
    return this;
  }

  #grow(more: number): void {
    const longer = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.length + more + margin));
    longer.set(this.bytes);
    this.#buffer = longer;
    this.#view = viewOf(longer);
  }
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}
