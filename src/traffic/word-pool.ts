import { jsonText } from '../codec/json-text.ts';
import type { CodePage } from '../ebcdic/code-page.ts';
import { codePage } from '../ebcdic/open-code-page.ts';

const transient = 4096; // texts that are forgotten again: more than the longest frame has fields

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
  readonly #known = new Map<string, number>();
  #next = 0;

  constructor(codepage: string) {
    this.#page = codePage(codepage);
    this.blank = this.#page.blank;
    this.#bytes = Array.from({ length: transient }, () => new Uint8Array(0));
    this.#texts = Array.from({ length: transient }, () => '');
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

  /** The text as a field of `length` bytes gives it back. */
  json(word: number, length: number, left: boolean): string {
    const text = (this.#texts[word] ?? '').slice(0, length);
    return jsonText(left ? text.replace(/^ +/, '') : text.replace(/ +$/, ''));
  }

  #set(id: number, text: string): void {
    const encoded = this.#page.encode(text);
    if ('unmappable' in encoded) {
      this.#set(id, text.slice(0, encoded.unmappable) + text.slice(encoded.unmappable + 1));
    } else {
      this.#texts[id] = text;
      this.#bytes[id] = encoded.bytes;
    }
  }
}
