import { JsonArray } from './json-array.ts';
import { JsonLines } from './json-lines.ts';
import type { JsonPiece } from './json-piece.ts';

const patience = 64 * 1024; // bytes: who puts more blanks before a [ has no array
const byteOrderMark = [0xef, 0xbb, 0xbf];
const bracket = 0x5b;

/**
 * Cuts an input into the texts of records: its lines or, when it starts with `[`, the elements of that array.
 *
 * Gives the texts that each chunk completes, blank lines too.
 */
export class JsonRecords {
  #cutter: JsonLines | JsonArray | null = null;
  #start: Uint8Array = new Uint8Array(0);

  push(chunk: Uint8Array): JsonPiece[] {
    if (this.#cutter !== null) return this.#cutter.push(chunk);
    this.#start = this.#start.length === 0 ? chunk : Buffer.concat([this.#start, chunk]);
    const first = this.#start.findIndex((byte) => !isBlank(byte) && !byteOrderMark.includes(byte));
    return first < 0 && this.#start.length < patience ? [] : this.#decide(this.#start[first]);
  }

  end(): JsonPiece[] {
    const texts = this.#cutter === null ? this.#decide(undefined) : [];
    return [...texts, ...(this.#cutter?.end() ?? [])];
  }

  #decide(first: number | undefined): JsonPiece[] {
    const marked = byteOrderMark.every((byte, at) => this.#start[at] === byte);
    const bytes = marked ? this.#start.subarray(byteOrderMark.length) : this.#start;
    this.#start = new Uint8Array(0);
    this.#cutter = first === bracket ? new JsonArray() : new JsonLines();
    return this.#cutter.push(bytes);
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
