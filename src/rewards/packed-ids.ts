import { textHash } from './text-hash.ts';

const width = 6; // words of an id
const mostCharacters = 23; // of an id that fits into them; the last byte is its length
const elsewhere = 0xff; // as a length: the id is too long, or has characters beyond Latin-1
const lengthShift = 24;
const segmentBits = 16;
const segmentPlaces = 1 << segmentBits; // 1.5 MiB
const inSegment = segmentPlaces - 1;
const [quote, backslash, space, tilde] = [34, 92, 32, 126];

/**
 * Ids of bets or coupons by their places: characters in words, so that the collector of garbage has no millions of strings to look at. The few that are too
 * long for it are kept as strings.
 *
 * The words lie in segments, so that nothing is copied when there are to be more of them: of millions of ids that would be a pause.
 */
export class PackedIds {
  #segments: readonly Int32Array[];
  #places: number;
  #others: Map<number, string> = new Map();
  /** The id at hand. */
  readonly #own = new Int32Array(width);
  #text = '';
  /** Ids that were put aside. */
  #kept = new Int32Array(0);
  readonly #keptTexts: string[] = [];
  readonly #seed: number;

  /** `seed`: nobody who does not know it chooses ids whose hashes are alike. */
  constructor(places: number, seed: number) {
    this.#segments = madeSegments(places);
    this.#places = places;
    this.#seed = seed;
  }

  /** Take an id in hand; returns its hash, 32 bits: that of MurmurHash3 (A. Appleby) over its words. */
  take(id: string): number {
    const { length } = id;
    this.#text = id;
    if (length > mostCharacters) return this.#takeOther(id);
    const own = this.#own;
    let hash = this.#seed;
    let beyond = 0;
    for (let word = 0, at = 0; word < width; word++) {
      let bits = word === width - 1 ? length << lengthShift : 0;
      for (let shift = 0; shift < 32 && at < length; shift += 8) {
        const code = id.charCodeAt(at++);
        beyond |= code;
        bits |= code << shift;
      }
      own[word] = bits;
      hash = mixed(hash, bits);
    }
    return beyond > 0xff ? this.#takeOther(id) : finished(hash);
  }

  /** Put the id at hand aside, under a number from 0 on. */
  keep(number: number): void {
    const start = number * width;
    if (start + width > this.#kept.length) {
      const kept = new Int32Array(2 * (start + width));
      kept.set(this.#kept);
      this.#kept = kept;
    }
    for (let at = 0; at < width; at++) this.#kept[start + at] = this.#own[at] as number;
    this.#keptTexts[number] = this.#text;
  }

  /** Take an id in hand that was put aside. */
  recall(number: number): void {
    const start = number * width;
    for (let at = 0; at < width; at++) this.#own[at] = this.#kept[start + at] as number;
    this.#text = this.#keptTexts[number] as string;
  }

  /** Whether the id at hand is that at a place. */
  isAt(place: number): boolean {
    const own = this.#own;
    const words = this.#segments[place >>> segmentBits] as Int32Array;
    const start = (place & inSegment) * width;
    for (let at = width - 1; at >= 0; at--) if (words[start + at] !== own[at]) return false;
    return (own[width - 1] as number) >>> lengthShift !== elsewhere || this.#others.get(place) === this.#text;
  }

  /** Put the id at hand at a place. */
  put(place: number): void {
    const own = this.#own;
    const words = this.#segments[place >>> segmentBits] as Int32Array;
    const start = (place & inSegment) * width;
    for (let at = 0; at < width; at++) words[start + at] = own[at] as number;
    if ((own[width - 1] as number) >>> lengthShift === elsewhere) this.#others.set(place, this.#text);
  }

  /** Let a place have none. */
  clear(place: number): void {
    const words = this.#segments[place >>> segmentBits] as Int32Array;
    const last = (place & inSegment) * width + width - 1;
    if ((words[last] as number) >>> lengthShift === elsewhere) this.#others.delete(place);
    words[last] = 0;
  }

  /** The id at a place. */
  text(place: number): string {
    const length = this.#lengthAt(place);
    if (length === elsewhere) return this.#others.get(place) ?? '';
    const words = this.#segments[place >>> segmentBits] as Int32Array;
    const start = (place & inSegment) * width;
    let text = '';
    for (let at = 0; at < length; at += 4) text += textOf(words[start + (at >>> 2)] as number, length - at);
    return text;
  }

  /** Read for the cache the id at a place; returns anything. */
  fetch(place: number): number {
    return this.#lengthAt(place);
  }

  /** Make room for so many places, a power of two, in a ring that holds what is numbered from one number up to another without it. */
  grow(places: number, first: number, end: number): void {
    const from = this.#places;
    const others = this.#others;
    // What is behind the place of the first number is of its lap around the ring, what is in front of it of the next one.
    const split = first & (from - 1);
    const lap = first - split;
    const numberAt = (place: number): number => lap + place + (place < split ? from : 0);
    const old = this.#segments;
    this.#segments = from < segmentPlaces ? copied(old, places, from, numberAt) : moved(old, places, split, numberAt);
    this.#places = places;
    this.#others = new Map();
    for (const [place, text] of others) {
      if (numberAt(place) < end) this.#others.set(numberAt(place) & (places - 1), text);
    }
  }

  /** Bytes that `write` takes at most for an id. */
  bytesAt(place: number): number {
    const length = this.#lengthAt(place);
    return 2 + 6 * (length === elsewhere ? (this.#others.get(place) ?? '').length : length);
  }

  /** Write the id at a place in JSON; returns the end. */
  write(place: number, to: Buffer, start: number): number {
    const length = this.#lengthAt(place);
    const bytes = this.#bytesOf(place);
    const first = (place & inSegment) * width * 4;
    let end = start;
    to[end++] = quote;
    for (let at = 0; at < length; at++) {
      const code = length === elsewhere ? 0 : (bytes[first + at] as number);
      if (code < space || code > tilde || code === quote || code === backslash) {
        return start + to.write(JSON.stringify(this.text(place)), start);
      }
      to[end++] = code;
    }
    to[end++] = quote;
    return end;
  }

  #takeOther(id: string): number {
    this.#own.fill(0);
    this.#own[width - 1] = elsewhere << lengthShift;
    return textHash(id, this.#seed);
  }

  #lengthAt(place: number): number {
    const words = this.#segments[place >>> segmentBits] as Int32Array;
    return (words[(place & inSegment) * width + width - 1] as number) >>> lengthShift;
  }

  /** The words of a segment as bytes, low byte first. */
  #bytesOf(place: number): Buffer {
    return Buffer.from((this.#segments[place >>> segmentBits] as Int32Array).buffer);
  }
}

/** The characters of a word, so many as there are; to make them of bytes takes several times as long. */
function textOf(word: number, length: number): string {
  const [first, second, third] = [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff];
  if (length >= 4) return String.fromCharCode(first, second, third, word >>> 24);
  if (length === 3) return String.fromCharCode(first, second, third);
  return length === 2 ? String.fromCharCode(first, second) : String.fromCharCode(first);
}

/** Mix a word into a hash. */
function mixed(hash: number, bits: number): number {
  let word = Math.imul(bits, 0xcc9e_2d51);
  word = Math.imul((word << 15) | (word >>> 17), 0x1b87_3593);
  const both = hash ^ word;
  return (Math.imul((both << 13) | (both >>> 19), 5) + 0xe654_6b64) | 0;
}

function finished(words: number): number {
  let hash = Math.imul(words ^ (words >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}

function madeSegments(places: number): Int32Array[] {
  const length = width * Math.min(places, segmentPlaces);
  return Array.from({ length: Math.ceil(places / segmentPlaces) }, () => new Int32Array(length));
}

/** A ring of so many places with what is in one of less than a segment. */
function copied(
  [old]: readonly Int32Array[],
  places: number,
  from: number,
  numberAt: (place: number) => number,
): readonly Int32Array[] {
  const segments = madeSegments(places);
  for (let place = 0; place < from; place++) {
    const to = numberAt(place) & (places - 1);
    const words = old?.subarray(place * width, (place + 1) * width) ?? [];
    segments[to >>> segmentBits]?.set(words, (to & inSegment) * width);
  }
  return segments;
}

/** The same of whole segments, which are what they were, but for that where one lap ends. */
function moved(
  old: readonly Int32Array[],
  places: number,
  split: number,
  numberAt: (place: number) => number,
): readonly Int32Array[] {
  const segments: (Int32Array | undefined)[] = new Array(places >>> segmentBits);
  const segmentOf = (place: number): number => (numberAt(place) & (places - 1)) >>> segmentBits;
  for (const [index, words] of old.entries()) {
    const start = index << segmentBits;
    const last = start + segmentPlaces - 1;
    segments[segmentOf(start)] = words;
    if (start < split && split <= last) segments[segmentOf(last)] = words.slice();
  }
  return Array.from(segments, (words) => words ?? new Int32Array(width * segmentPlaces));
}
