import { putBytes } from '../bytes/put-json.ts';
import { jsonText } from '../codec/json-text.ts';
import type { CodePage } from '../ebcdic/code-page.ts';
import { codePage } from '../ebcdic/open-code-page.ts';

const encoder = new TextEncoder();
const transient = 4096; // texts that are forgotten again: more than the longest frame has fields

/** Bytes that a text of a length takes as JSON at most: all escaped, in quotes. */
export function jsonRoomOfText(length: number): number {
  return 6 * length + 2;
}

/**
 * Texts as numbers, so that a text field takes a number like all others. A text's bytes and its JSON are made once.
 *
 * Word 0 is the empty text. A character that the code page does not have is left out.
 */
export class WordPool {
  readonly blank: number;
  readonly #page: CodePage;
  readonly #bytes: Uint8Array[];
  readonly #texts: string[];
  /** The text without blanks at its end as JSON has it, once it was asked for. */
  readonly #json: (Uint8Array | null)[];
  readonly #known = new Map<string, number>();
  #next = 0;

  constructor(codepage: string) {
    this.#page = codePage(codepage);
    this.blank = this.#page.blank;
    this.#bytes = new Array<Uint8Array>(transient).fill(new Uint8Array(0));
    this.#texts = new Array<string>(transient).fill('');
    this.#json = new Array<Uint8Array | null>(transient).fill(null);
  }

  /** The number of a text that is kept. */
  word(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const id = text === '' ? 0 : this.#texts.length;
    this.#set(id, text);
    this.#known.set(text, id);
    return id;
  }

  /** The number of a text that is used at once: it is forgotten after some thousand others. */
  once(text: string): number {
    this.#next = (this.#next % (transient - 1)) + 1;
    this.#set(this.#next, text);
    return this.#next;
  }

  /** Write a text into a field that is filled up with blanks, on the left when it is JUSTIFIED. Longer texts are cut. */
  put(out: Uint8Array, at: number, length: number, word: number, left: boolean): void {
    const bytes = this.#bytes[word] as Uint8Array;
    const count = bytes.length < length ? bytes.length : length;
    const start = left ? at + length - count : at;
    for (let index = 0; index < count; index++) out[start + index] = bytes[index] as number;
    const { blank } = this;
    if (left) for (let index = at; index < start; index++) out[index] = blank;
    else for (let index = at + count; index < at + length; index++) out[index] = blank;
  }

  /** Write the text as a field of `length` bytes gives it back, as JSON in UTF-8; returns where that ends. */
  putJson(out: Uint8Array, at: number, length: number, word: number, left: boolean): number {
    const text = this.#texts[word] as string;
    if (left || text.length > length) {
      const kept = text.slice(0, length);
      return putBytes(out, at, encoder.encode(jsonText(left ? kept.replace(/^ +/, '') : kept.replace(/ +$/, ''))));
    }
    let json = this.#json[word] ?? null;
    if (json === null) {
      json = encoder.encode(jsonText(text.replace(/ +$/, '')));
      this.#json[word] = json;
    }
    return putBytes(out, at, json);
  }

  #set(id: number, text: string): void {
    const encoded = this.#page.encode(text);
    if ('unmappable' in encoded) {
      this.#set(id, text.slice(0, encoded.unmappable) + text.slice(encoded.unmappable + 1));
    } else {
      this.#texts[id] = text;
      this.#json[id] = null;
      this.#bytes[id] = encoded.bytes;
    }
  }
}
