import { type JsonPiece, jsonPiece, longestJson, tooLongJson } from './json-piece.ts';

const lineFeed = 0x0a;
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
const bracket = 0x5b;
const closingBracket = 0x5d;
const brace = 0x7b;
const closingBrace = 0x7d;

/** Cuts a JSON array into its elements by brackets, braces and quotes; what is in them is for whoever parses them. */
export class JsonArray {
  #parts: Uint8Array[] = []; // of the element that has started
  #size = 0;
  #start: { readonly line: number; readonly column: number } | null = null;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #line = 1;
  #column = 1;
  /** Behind the array, or where nothing can be told any more. */
  #over = false;
  #problem: JsonPiece | null = null;

  push(bytes: Uint8Array): JsonPiece[] {
    const texts: JsonPiece[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length && this.#problem === null; at += 1) {
      const byte = bytes[at] ?? 0;
      if (!this.#inText && this.#depth === 1 && (byte === comma || byte === closingBracket)) {
        if (this.#start !== null) {
          this.#keep(bytes.subarray(from, at));
          texts.push(this.#take());
        }
        if (byte === closingBracket) {
          this.#depth = 0;
          this.#over = true;
        }
      } else if (!isBlank(byte) && this.#depth === 0 && (this.#over || byte !== bracket)) {
        this.#giveUp('nothing behind the array');
      } else {
        if (this.#start === null && this.#depth > 0 && !isBlank(byte)) {
          this.#start = { line: this.#line, column: this.#column };
          from = at;
        }
        this.#step(byte);
      }
      this.#move(byte);
    }
    if (this.#start !== null) this.#keep(bytes.subarray(from));
    return texts;
  }

  end(): JsonPiece[] {
    if (this.#problem === null && this.#depth > 0) this.#giveUp('a ] at the end of the array');
    return this.#problem === null ? [] : [this.#problem];
  }

  #step(byte: number): void {
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === backslash) this.#escaped = true;
      else if (byte === quote) this.#inText = false;
    } else if (byte === quote) {
      this.#inText = true;
    } else if (byte === bracket || byte === brace) {
      this.#depth += 1;
    } else if (byte === closingBracket || byte === closingBrace) {
      this.#depth -= 1;
      if (this.#depth === 0) this.#giveUp('a ] at the end of the array');
    }
  }

  #move(byte: number): void {
    if (byte === lineFeed) {
      this.#line += 1;
      this.#column = 1;
    } else if ((byte & 0xc0) !== 0x80) {
      this.#column += 1; // of UTF-8, only first bytes are characters
    }
  }

  #keep(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size > longestJson) this.#giveUp(tooLongJson);
    else if (this.#problem === null) this.#parts.push(bytes);
  }

  #take(): JsonPiece {
    const { line, column } = this.#start ?? { line: this.#line, column: this.#column };
    const text = jsonPiece(this.#parts, line, column);
    this.#parts = [];
    this.#size = 0;
    this.#start = null;
    return text;
  }

  #giveUp(problem: string): void {
    const { line, column } = this.#start ?? { line: this.#line, column: this.#column };
    this.#problem ??= { text: '', line, column, problem };
    this.#parts = [];
    this.#start = null;
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
