import { TerminalList } from './terminal-list.ts';
import { mostDigits, type TerminalNames } from './terminal-names.ts';

const wordsAtOnce = 16_384; // between two yields: half a millisecond
const encoder = new TextEncoder();
const digit = { least: 48, most: 57 };
const [line, feed, space, quote, comma, closing] = [10, 13, 32, 34, 44, 93];

/**
 * Reads lists of terminals that are written in brackets, in JSON or in words of YAML that mean the same. Files of campaigns are
 * lists of terminals for the most part: each character is looked at once, and a terminal that is known makes no string.
 */
export class PlainTerminals {
  readonly #names: TerminalNames;
  readonly #lists: ReadonlyMap<string, TerminalList>;
  /** By terminal the list that it was last put into. */
  #last = new Int32Array(1024);
  #list = 0;
  #found = new Int32Array(1024);
  #count = 0;
  #text = '';
  /** The text as bytes, of which all are read quickly, however the text came about. */
  #bytes: Uint8Array = new Uint8Array(1024);
  #at = 0;
  #words = 0;
  #named: TerminalList | null = null;

  /** `lists` are those that a word may stand for. */
  constructor(names: TerminalNames, lists: ReadonlyMap<string, TerminalList>) {
    this.#names = names;
    this.#lists = lists;
  }

  /**
   * Read a list from bracket to bracket. It yields now and then. `null`: something is wrong with it, or may be. A list of nothing but another
   * one is that itself.
   */
  *read(text: string): Generator<void, TerminalList | null> {
    if (!text.endsWith(']')) return null; // where each of the loops below ends
    this.#text = text;
    if (this.#bytes.length < text.length) this.#bytes = new Uint8Array(2 * text.length);
    const { read, written } = encoder.encodeInto(text, this.#bytes);
    if (read < text.length || written > text.length) return null; // it has other than ASCII characters
    this.#at = 1;
    this.#count = 0;
    this.#words = 0;
    this.#named = null;
    this.#list += 1;
    let state = this.#readSome();
    while (state === 'more') {
      yield;
      state = this.#readSome();
    }
    if (state === 'wrong') return null;
    if (this.#named !== null && this.#words === 1) return this.#named;
    return new TerminalList(this.#names, this.#found.slice(0, this.#count));
  }

  #readSome(): 'more' | 'whole' | 'wrong' {
    const [bytes, names, list, end] = [this.#bytes, this.#names, this.#list, this.#text.length];
    let [last, found, count, at] = [this.#last, this.#found, this.#count, this.#at];
    for (const most = this.#words + wordsAtOnce; this.#words < most; at++) {
      while (isSpace(bytes[at] as number)) at += 1;
      const isQuoted = bytes[at] === quote;
      if (isQuoted) at += 1;
      const start = at;
      let digits = 1; // in front of them, so that zeros in front count
      let byte = bytes[at] as number;
      while (byte >= digit.least && byte <= digit.most && at - start <= mostDigits) {
        digits = 10 * digits + byte - digit.least;
        byte = bytes[++at] as number;
      }
      const isShort = at > start && at - start <= mostDigits && (isQuoted ? byte === quote : isBehindWord(byte));
      const number = isShort ? names.ofDigits(digits) : -1;
      if (number >= 0 && number < last.length && count < found.length) {
        if (last[number] !== list) {
          last[number] = list;
          found[count++] = number;
        }
      } else {
        while (isOfWord(bytes[at] as number)) at += 1;
        this.#count = count;
        if ((isQuoted && bytes[at] !== quote) || !this.#addWord(this.#text.slice(start, at))) return 'wrong';
        [last, found, count] = [this.#last, this.#found, this.#count];
      }
      this.#words += 1;
      if (isQuoted) at += 1;
      while (isSpace(bytes[at] as number)) at += 1;
      byte = bytes[at] as number;
      if (byte !== comma) {
        this.#count = count;
        return byte === closing && at === end - 1 ? 'whole' : 'wrong';
      }
    }
    this.#count = count;
    this.#at = at;
    return 'more';
  }

  /** Add the terminals that a word stands for; `false`: it is none of them. */
  #addWord(word: string): boolean {
    if (isTerminal(word)) {
      this.#add(this.#names.add(word));
      return true;
    }
    const list = this.#lists.get(word);
    if (list === undefined) return false;
    for (const number of list.numbers) this.#add(number);
    this.#named = list;
    return true;
  }

  #add(number: number): void {
    if (number >= this.#last.length) this.#last = grown(this.#last, this.#names.words.length);
    if (this.#last[number] === this.#list) return;
    this.#last[number] = this.#list;
    if (this.#count === this.#found.length) this.#found = grown(this.#found, this.#count + 1);
    this.#found[this.#count++] = number;
  }
}

/** Whether a word is a terminal: digits and capital letters. Names of lists start with a small letter, and are none. */
export function isTerminal(word: string): boolean {
  return /^[0-9A-Z]{1,20}$/.test(word);
}

/** Whether something is a letter, digit, full stop, underscore or hyphen. */
function isOfWord(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122) ||
    (byte >= 45 && byte <= 46) ||
    byte === 95
  );
}

function isBehindWord(byte: number): boolean {
  return byte === comma || byte === closing || isSpace(byte);
}

function isSpace(byte: number): boolean {
  return byte === space || byte === line || byte === feed;
}

function grown(numbers: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * least);
  larger.set(numbers);
  return larger;
}
