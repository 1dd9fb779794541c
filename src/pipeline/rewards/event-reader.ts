import type { EventMembers } from './event-members.ts';
import { readLine, readObject } from './read-line.ts';

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const colon = 0x3a;
const backslash = 0x5c;
const closing = 0x7d;
const letterN = 0x6e;
const nullWord = 0x6c6c_756e; // `null`, low byte first
const highHalves = 0xf0f0_f0f0 | 0;
const digitHalves = 0x3030_3030; // of bytes from 30 to 3F
const idHead = '{"id":"';
const firstRoom = 4096; // bytes
const margin = 64; // bytes behind a record
const mostDigits = 15; // that a double holds
const longest = 200; // bytes of an id, and of the name of a member
const fewBytes = 4; // texts up to there are kept, as they are few
const mostTexts = 4096;
const mostPlaces = 1024;
const nobody = -1;
const powers = Array.from({ length: mostDigits + 1 }, (_none, digits) => 10 ** digits);

/** The name of an event, or of a member where it stands in lines: behind it the same few follow each time. */
interface Place {
  /** `{"id":"NAME:`, or `,"NAME":`, as words with their low byte first, and what counts of the last one. */
  readonly words: Int32Array;
  readonly last: number;
  /** Bytes. */
  readonly length: number;
  readonly name: string;
  /** Index of the member among those that are asked for; -1: nobody asks for it. */
  readonly index: number;
  readonly next: Place[];
}

/** What makes a text of bytes: `toString` without what stands around it. */
type LatinSlice = (this: Uint8Array, from: number, to: number) => string;

const { latin1Slice } = Buffer.prototype as unknown as { readonly latin1Slice: LatinSlice };

/**
 * Reads lines of events as the flow writes them: `{"id":"NAME:…","MEMBER":VALUE,…}`, nearly all of which hold plain ASCII, and numbers of up to 15
 * digits. They are read straight from the bytes, but for what nobody asks for; others by `JSON.parse`, with the same result.
 */
export class EventReader {
  readonly #members: EventMembers;
  /** A copy of the record at hand, with some zeros behind it: it is looked at by words. */
  #bytes = new Uint8Array(firstRoom);
  #view = new DataView(this.#bytes.buffer);
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #events: Place[] = [];
  #places = 0;
  /** Short texts by their bytes. */
  readonly #texts = new Map<number, string>();
  /** The value that was read last. */
  #value: unknown = null;
  /** The longer text that was read last, and where it stands: a bet is often its ticket, too. */
  #text = '';
  #textAt = 0;

  constructor(members: EventMembers) {
    this.#members = members;
    this.#indexes = new Map(members.names.map((name, index) => [name, index]));
  }

  /** Read the line of an event. Throws REWARD_ENTRY for what is no JSON object. */
  read(line: Uint8Array): EventMembers {
    const members = this.#members;
    this.#copy(line);
    if (!this.#isPlain(0, line.length)) members.take(readLine(line));
    return members;
  }

  /** Read `[CAPTURED,{EVENT}]`, as a router writes it. Throws REWARD_ENTRY for an event that is no JSON object. */
  readCaptured(record: Uint8Array): EventMembers {
    const members = this.#members;
    const { length } = record;
    this.#copy(record);
    const end = this.#read(1, length, false);
    const captured = this.#value;
    if (end > 0 && this.#isPlain(end + 1, length - 1)) members.captured = captured as number | null;
    else {
      const [time, event] = JSON.parse(Buffer.from(record).toString()) as readonly [number | null, unknown];
      members.take(readObject(event));
      members.captured = time;
    }
    return members;
  }

  #copy(record: Uint8Array): void {
    const { length } = record;
    if (length + margin > this.#bytes.length) {
      this.#bytes = new Uint8Array(2 * (length + margin));
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(record);
    this.#bytes[length] = 0; // words of the former record behind it end no text of this one
  }

  /** Read a line as far as it is plain; whether that is all of it. */
  #isPlain(from: number, to: number): boolean {
    const { values } = this.#members;
    const bytes = this.#bytes;
    for (let index = 0; index < values.length; index++) values[index] = undefined;
    this.#text = '';
    let place = this.#find(this.#events, from) ?? this.#learnEvent(from, to);
    if (place === null) return false;
    this.#members.name = place.name;
    let at = this.#skipText(from + place.length, Math.min(to, from + longest));
    while (at > 0 && bytes[at] === comma) {
      place = this.#find(place.next, at) ?? this.#learnMember(place, at, to);
      if (place === null) return false;
      const { index, length } = place;
      at = this.#read(at + length, to, index !== nobody);
      if (index !== nobody) values[index] = this.#value;
    }
    return at === to - 1 && bytes[at] === closing;
  }

  /** Read a value; where it ends, -1: it is not plain. */
  #read(from: number, to: number, isWanted: boolean): number {
    const byte = this.#bytes[from] as number;
    if (byte === quote) {
      const end = this.#skipText(from + 1, to);
      if (end > 0 && isWanted) this.#value = this.#textOf(from + 1, end - 1);
      return end;
    }
    if (byte !== letterN) return this.#number(from, to);
    this.#value = null;
    return this.#view.getInt32(from, true) === nullWord ? from + 4 : -1;
  }

  /** Read digits, and decimals: whole numbers divided by powers of ten are what `Number` gives. */
  #number(start: number, to: number): number {
    const bytes = this.#bytes;
    const from = bytes[start] === minus ? start + 1 : start;
    let value = 0;
    let digits = 0;
    let at = from;
    let behindPoint = -1;
    for (; at < to; at++) {
      const digit = (bytes[at] as number) - zero;
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
        digits++;
      } else if (digit === point - zero && behindPoint < 0 && at > from) behindPoint = at + 1;
      else break;
    }
    const decimals = behindPoint < 0 ? 0 : at - behindPoint;
    if (digits === 0 || digits > mostDigits || behindPoint === at) return -1;
    if (digits - decimals > 1 && bytes[from] === zero) return -1;
    if (decimals > 0) value /= powers[decimals] as number;
    this.#value = from === start ? value : -value;
    return at;
  }

  /** A text without escapes. */
  #textOf(from: number, to: number): string {
    const bytes = this.#bytes;
    const length = to - from;
    if (length > fewBytes) {
      if (this.#text.length === length && this.#isSame(this.#textAt, from, length)) return this.#text;
      this.#textAt = from;
      this.#text = latin1Slice.call(bytes, from, to);
      return this.#text;
    }
    let packed = 0;
    for (let at = from; at < to; at++) packed = (packed << 8) | (bytes[at] as number);
    let text = this.#texts.get(packed);
    if (text === undefined) {
      text = latin1Slice.call(bytes, from, to);
      if (this.#texts.size < mostTexts) this.#texts.set(packed, text);
    }
    return text;
  }

  /** Where a text without escapes ends, behind its quotation mark; -1: it has some, or characters beyond ASCII. */
  #skipText(from: number, to: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    let at = from;
    for (; at < to; at++) {
      while (at < to && (view.getInt32(at, true) & highHalves) === digitHalves) at += 4; // digits and colons
      const byte = bytes[at] as number;
      if (byte === quote) break;
      if (byte < 0x20 || byte > 0x7e || byte === backslash) return -1;
    }
    return at < to ? at + 1 : -1;
  }

  /** The place whose head stands there; `null`: none of them. */
  #find(places: readonly Place[], from: number): Place | null {
    const view = this.#view;
    for (let index = 0; index < places.length; index++) {
      const place = places[index] as Place;
      const { words, last } = place;
      const end = words.length - 1;
      let at = 0;
      while (at < end && view.getInt32(from + 4 * at, true) === words[at]) at++;
      if (at === end && (view.getInt32(from + 4 * at, true) & last) === words[at]) return place;
    }
    return null;
  }

  #isSame(one: number, other: number, length: number): boolean {
    const bytes = this.#bytes;
    for (let index = 0; index < length; index++) if (bytes[one + index] !== bytes[other + index]) return false;
    return true;
  }

  /** Learn how a line begins; `null`: that is not plain. */
  #learnEvent(from: number, to: number): Place | null {
    const start = from + idHead.length;
    if (latin1Slice.call(this.#bytes, from, start) !== idHead) return null;
    const end = this.#skipText(start, Math.min(to, start + longest)) - 1;
    const behind = end < 0 ? -1 : this.#bytes.indexOf(colon, start);
    if (behind < 0 || behind > end) return null;
    return this.#learn(this.#events, from, behind + 1, latin1Slice.call(this.#bytes, start, behind), nobody);
  }

  /** Learn which member follows at a place. */
  #learnMember({ next }: Place, from: number, to: number): Place | null {
    if (this.#bytes[from + 1] !== quote) return null;
    const end = this.#skipText(from + 2, Math.min(to, from + longest));
    if (end < 0 || this.#bytes[end] !== colon) return null;
    const name = latin1Slice.call(this.#bytes, from + 2, end - 1);
    if (name === 'id') return null; // there is one already
    return this.#learn(next, from, end + 1, name, this.#indexes.get(name) ?? nobody);
  }

  #learn(places: Place[], from: number, to: number, name: string, index: number): Place | null {
    if (this.#places === mostPlaces) return null;
    this.#places++;
    const length = to - from;
    const words = new Int32Array(Math.ceil(length / 4));
    for (let at = 0; at < words.length; at++) words[at] = this.#view.getInt32(from + 4 * at, true);
    const over = 4 * words.length - length; // bytes
    const last = -1 >>> (8 * over);
    words[words.length - 1] = (words[words.length - 1] as number) & last;
    const place: Place = { words, last: last | 0, length, name, index, next: [] };
    places.push(place);
    return place;
  }
}
