import { type JsonPiece, jsonPiece, longestJson, tooLongJson } from './json-piece.ts';

const lineFeed = 0x0a;

/** Cuts an input into its lines. A line of more than 128 MiB is a problem, not memory. */
export class JsonLines {
  #parts: Uint8Array[] = [];
  #size = 0;
  #line = 1;

  push(bytes: Uint8Array): JsonPiece[] {
    const texts: JsonPiece[] = [];
    let from = 0;
    for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, from)) {
      this.#keep(bytes.subarray(from, at));
      texts.push(this.#take());
      from = at + 1;
    }
    this.#keep(bytes.subarray(from));
    return texts;
  }

  end(): JsonPiece[] {
    return this.#size === 0 ? [] : [this.#take()];
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#size += bytes.length;
    if (this.#size > longestJson) this.#parts = [];
    else this.#parts.push(bytes);
  }

  #take(): JsonPiece {
    const line = this.#line;
    const text =
      this.#size > longestJson ? { text: '', line, column: 1, problem: tooLongJson } : jsonPiece(this.#parts, line, 1);
    this.#line += 1;
    this.#parts = [];
    this.#size = 0;
    return text;
  }
}
